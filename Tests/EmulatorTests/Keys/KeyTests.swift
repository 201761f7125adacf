import Foundation
import Testing

@testable import Emulator

@Suite struct KeysOfKMS {
    private let bench = KinesisBench()
    private let other = Caller(account: "222222222222", region: "us-east-1", accessKeyID: "")

    @discardableResult
    private func call(
        _ operation: String, _ key: String, as caller: Caller? = nil
    ) async throws -> KinesisBench.Object {
        try await bench.call(bench.keys, operation, ["KeyId": key], as: caller)
    }

    private func metadata(_ key: String, as caller: Caller? = nil) async throws -> KinesisBench.Object {
        try #require(try await call("DescribeKey", key, as: caller)["KeyMetadata"] as? KinesisBench.Object)
    }

    private func makeKey() async throws -> KinesisBench.Object {
        let reply = try await bench.call(bench.keys, "CreateKey", ["Description": "for logs", "Tags": [[:]]])
        return try #require(reply["KeyMetadata"] as? KinesisBench.Object)
    }

    private func refusal(_ operation: String, _ key: String, as caller: Caller? = nil) async throws -> String? {
        do {
            try await call(operation, key, as: caller)
            return nil
        } catch let fault as ServiceFault {
            return "\(fault.code): \(fault.message)"
        }
    }

    @Test func aKeyIsDescribedAsItWasMade() async throws {
        let made = try await makeKey()
        let id = try #require(made["KeyId"] as? String)
        let arn = "arn:aws:kms:us-east-1:111111111111:key/\(id)"
        #expect(UUID(uuidString: id) != nil)
        #expect(made["Arn"] as? String == arn)
        #expect(made["AWSAccountId"] as? String == "111111111111")
        #expect(made["CreationDate"] as? Double == Double(ManualClock.start) / 1000)
        #expect(made["KeyManager"] as? String == "CUSTOMER")
        #expect(made["KeyState"] as? String == "Enabled" && made["Enabled"] as? Bool == true)
        for name in [id, arn] { #expect(try await metadata(name) as NSDictionary == made as NSDictionary) }
        #expect(try await metadata(arn, as: other)["KeyId"] as? String == id)
    }

    @Test func kinesisHasAKeyInEachAccountFromTheStart() async throws {
        let key = try await metadata("alias/aws/kinesis")
        let arn = try #require(key["Arn"] as? String)
        #expect(key["KeyManager"] as? String == "AWS")
        #expect(try await metadata("arn:aws:kms:us-east-1:111111111111:alias/aws/kinesis")["Arn"] as? String == arn)
        #expect(try await metadata("alias/aws/kinesis", as: other)["Arn"] as? String != arn)
        let refusal = try await refusal("DisableKey", arn)
        #expect(refusal?.hasPrefix("AccessDeniedException: ") == true)
    }

    @Test func itsStateChangesAsItIsTold() async throws {
        let arn = try #require(try await makeKey()["Arn"] as? String)
        func state() async throws -> String? { try await metadata(arn)["KeyState"] as? String }
        try await call("DisableKey", arn)
        #expect(try await state() == "Disabled")
        #expect(
            try await refusal("CancelKeyDeletion", arn) == "KMSInvalidStateException: \(arn) is not pending deletion.")
        let scheduled = try await bench.call(
            bench.keys, "ScheduleKeyDeletion", ["KeyId": arn, "PendingWindowInDays": 7])
        let end = Double(ManualClock.start + 7 * 86_400_000) / 1000
        #expect(scheduled["DeletionDate"] as? Double == end && scheduled["KeyId"] as? String == arn)
        #expect(try await state() == "PendingDeletion")
        #expect(try await metadata(arn)["DeletionDate"] as? Double == end)
        for operation in ["EnableKey", "DisableKey", "ScheduleKeyDeletion"] {
            #expect(try await refusal(operation, arn) == "KMSInvalidStateException: \(arn) is pending deletion.")
        }
        #expect(try await call("CancelKeyDeletion", arn)["KeyId"] as? String == arn)
        #expect(try await state() == "Disabled")
        try await call("EnableKey", arn)
        #expect(try await state() == "Enabled")
    }

    @Test func itIsGoneWhenItsTimeIsUp() async throws {
        let arn = try #require(try await makeKey()["Arn"] as? String)
        try await call("ScheduleKeyDeletion", arn)
        bench.clock.advance(seconds: 30 * 86_400)
        #expect(try await refusal("DescribeKey", arn) == "NotFoundException: Key '\(arn)' does not exist")
        #expect(await bench.keys.key(arn, account: "111111111111", region: "us-east-1") == nil)
    }

    @Test(arguments: [
        ("alias/mine", "NotFoundException: Alias arn:aws:kms:us-east-1:111111111111:alias/mine is not found."),
        ("1", "NotFoundException: Key 'arn:aws:kms:us-east-1:111111111111:key/1' does not exist"),
        ("arn:aws:kms:eu-west-1:111111111111:key/1", "NotFoundException: Invalid arn eu-west-1"),
        ("arn:aws:s3:::bucket", "InvalidArnException: Invalid arn arn:aws:s3:::bucket"),
    ])
    func unknownNames(name: String, refusal text: String) async throws {
        #expect(try await refusal("DescribeKey", name) == text)
    }

    @Test func onlyItsAccountChangesIt() async throws {
        let arn = try #require(try await makeKey()["Arn"] as? String)
        #expect(try await refusal("DisableKey", arn, as: other)?.hasPrefix("AccessDeniedException: ") == true)
    }

    @Test func windowsAndSpecsAreLimited() async throws {
        let arn = try #require(try await makeKey()["Arn"] as? String)
        for days in [6, 31] {
            await #expect(throws: ServiceFault.self) {
                try await bench.call(bench.keys, "ScheduleKeyDeletion", ["KeyId": arn, "PendingWindowInDays": days])
            }
        }
        await #expect(throws: ServiceFault.self) {
            try await bench.call(bench.keys, "CreateKey", ["KeySpec": "RSA_2048", "KeyUsage": "SIGN_VERIFY"])
        }
    }
}
