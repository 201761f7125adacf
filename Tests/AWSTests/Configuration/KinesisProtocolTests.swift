import AWS
import Testing

@Suite struct ProtocolOfKinesis {
    @Test(arguments: [
        ([:], KinesisProtocol.cbor), (["AWS_CBOR_DISABLED": "true"], .json), (["AWS_CBOR_DISABLED": "1"], .json),
        (["AWS_CBOR_DISABLED": "TRUE"], .json), (["AWS_CBOR_DISABLED": "false"], .cbor),
        (["AWS_CBOR_DISABLED": "0"], .cbor),
        (["AWS_CBOR_DISABLED": ""], .cbor), (["AWS_CBOR_DISABLE": "1"], .json), (["CBOR_ENABLED": "false"], .json),
        (["CBOR_ENABLED": "true"], .cbor), (["CBOR_ENABLED": "true", "AWS_CBOR_DISABLED": "true"], .json),
    ])
    func isTurnedOffByTheVariablesOfTheJavaSDKs(variables: [String: String], wanted: KinesisProtocol) throws {
        let configuration = try configuration(variables)
        #expect(try configuration.kinesisProtocol(setting: .cbor) == wanted)
        #expect(try configuration.kinesisProtocol(setting: .json) == .json)
    }

    @Test func cannotBeReadFromAnythingElse() throws {
        let configuration = try configuration(["AWS_CBOR_DISABLED": "yes"])
        #expect(throws: AWSSettingsError.self) { try configuration.kinesisProtocol(setting: .cbor) }
    }
}
