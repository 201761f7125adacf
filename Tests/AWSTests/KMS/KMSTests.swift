import AWS
import Testing

@Suite struct Keys {
    private static func reply(state: String, manager: String) -> ScriptedSender.Step {
        .ok(
            #"{"KeyMetadata":{"AWSAccountId":"999999999999","KeyId":"k","Arn":"arn:k","Enabled":false,"#
                + #""CreationDate":1.7E9,"KeyState":"\#(state)","KeyManager":"\#(manager)"}}"#)
    }

    @Test func areDescribed() async throws {
        let bench = try Bench(
            .kms, Self.reply(state: "PendingDeletion", manager: "CUSTOMER"),
            Self.reply(state: "Enabled", manager: "AWS"))
        let kms = KMSClient(bench.service)
        let own = try await kms.key("alias/stream")
        #expect(own == KMSKey(arn: "arn:k", state: "PendingDeletion", managedByAWS: false))
        #expect(try await kms.key("alias/aws/kinesis").managedByAWS)
        #expect(await bench.sender.header("X-Amz-Target", ofRequest: 0) == "TrentService.DescribeKey")
        #expect(await bench.sender.body(ofRequest: 0) == #"{"KeyId":"alias/stream"}"#)
    }

    @Test func thatAreNotThereAreAnError() async throws {
        let bench = try Bench(.kms, .refuse("NotFoundException"))
        let error = await #expect(throws: AWSError.self) { try await KMSClient(bench.service).key("k") }
        #expect(error?.isNotFound == true)
    }
}
