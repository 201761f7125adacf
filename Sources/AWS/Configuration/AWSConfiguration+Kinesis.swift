extension AWSConfiguration {
    /// How to speak to Kinesis: `setting`, unless the environment turns CBOR off as it does for AWS's Java SDKs, by
    /// AWS_CBOR_DISABLED or AWS_CBOR_DISABLE (version 1) being true, or CBOR_ENABLED (version 2) being false.
    ///
    /// https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/migration-client-changes.html
    package func kinesisProtocol(setting: KinesisProtocol) throws(AWSSettingsError) -> KinesisProtocol {
        for (variable, disables) in [("AWS_CBOR_DISABLED", true), ("AWS_CBOR_DISABLE", true), ("CBOR_ENABLED", false)] {
            if try switched(variable) == disables { return .json }
        }
        return setting
    }

    /// Java's variables are set to 1 and 0 as often as to true and false.
    private func switched(_ variable: String) throws(AWSSettingsError) -> Bool? {
        switch environment[variable] {
        case "1": true
        case "0": false
        default: try environment.flag(variable)
        }
    }
}
