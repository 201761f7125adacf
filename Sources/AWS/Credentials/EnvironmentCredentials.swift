import Signing

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, and AWS_CREDENTIAL_EXPIRATION.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html
enum EnvironmentCredentials {
    /// `nil` when the variables are unset; throws when they are set only in part, or unreadable.
    static func read(_ environment: ProcessEnvironment) throws(AWSSettingsError) -> Credentials? {
        let (keyName, secretName) = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")
        switch (environment[keyName], environment[secretName]) {
        case (nil, nil): return nil
        case (nil, .some): throw AWSSettingsError("\(secretName) is set, but \(keyName) is not")
        case (.some, nil): throw AWSSettingsError("\(keyName) is set, but \(secretName) is not")
        case (.some(let key), .some(let secret)):
            return Credentials(
                accessKeyID: key, secretAccessKey: secret, sessionToken: environment["AWS_SESSION_TOKEN"],
                expiration: try expiration(environment))
        }
    }

    private static func expiration(_ environment: ProcessEnvironment) throws(AWSSettingsError) -> UTCTime? {
        let name = "AWS_CREDENTIAL_EXPIRATION"
        guard let text = environment[name] else { return nil }
        guard let time = UTCTime(iso8601: text) else {
            throw AWSSettingsError("\(name) is \"\(text)\": expected a time like 2026-11-20T12:00:00Z")
        }
        return time
    }
}
