import Testing

@testable import AWS

extension SetupFault {
    /// Of the stream and its key.
    static let ofStreams: [SetupFault] = [
        SetupFault(
            name: "the stream is deleted",
            cause: { try await $0.recipient.deleteStream(AccountPair.stream) },
            check: .recipient,
            signs: [.fault("stream RecipientStream", "is not there (account ", "tailrace setup recipient creates it")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "records are kept less long than asked for",
            arrange: { $0.recipientOptions = ["--retention-hours", "48"] },
            cause: { try await $0.recipient.kinesis.decreaseRetention(of: .name(AccountPair.stream), toHours: 24) },
            check: .recipient,
            signs: [.fault("retention of stream RecipientStream", "for 24 h, not 48 h", "--retention-hours 48")],
            mend: .setup(.recipient, "--retention-hours 48")),
        SetupFault(
            name: "a stream that was made by hand keeps records less long than asked for",
            arrange: {
                try await $0.recipient.kinesis.createStream(name: AccountPair.stream, capacity: .provisioned(shards: 1))
            },
            cause: { $0.recipientOptions = ["--retention-hours", "48"] },
            check: .recipient,
            signs: [.fault("retention of stream RecipientStream", "for 24 h, not 48 h", "--retention-hours 48")],
            mend: .setup(.recipient, "--retention-hours 48 --adopt")),
        SetupFault(
            name: "the stream is on demand and ignores partition keys",
            arrange: { $0.recipientOptions = ["--on-demand"] },
            cause: { try await $0.distribute("AUTO") },
            check: .recipient,
            signs: [
                .warning(
                    "order in stream RecipientStream", "log streams lose their order",
                    "update-stream-record-distribution-strategy")
            ],
            mend: .byHand { try await $0.distribute("USER_PARTITION_KEY") }),
    ]

    static let ofKeys: [SetupFault] = [
        SetupFault(
            name: "the stream is encrypted with another key",
            arrange: { try await $0.encrypt() },
            cause: { try await $0.encryptStream(with: try await $0.recipient.createKey()) },
            check: .recipient,
            signs: [.fault("encryption of stream RecipientStream", "is by arn:aws:kms:", "--kms-key arn:aws:kms:")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the stream is no longer encrypted",
            arrange: { try await $0.encrypt() },
            cause: { accounts in
                let key = try accounts.key
                try await accounts.recipient.kinesis(
                    "StopStreamEncryption",
                    ["StreamName": AccountPair.stream, "EncryptionType": "KMS", "KeyId": key])
            },
            check: .recipient,
            signs: [.fault("encryption of stream RecipientStream", "is by no key, not arn:aws:kms:", "--kms-key")],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the same key by its id is no other key",
            arrange: { try await $0.encrypt() },
            cause: { try await $0.encryptStream(with: String(try $0.key.split(separator: "/")[1])) },
            check: .recipient, signs: [], mend: .nothing),
        SetupFault(
            name: "the key that is asked for is nowhere",
            cause: { $0.recipientOptions = ["--kms-key", "alias/misspelt"] },
            check: .recipient,
            signs: [
                .fault("encryption of stream RecipientStream", "key alias/misspelt is not there", "correct its name")
            ],
            mend: .byHand { $0.recipientOptions = [] }),
        SetupFault(
            name: "the role may not use the key",
            arrange: { try await $0.encrypt() },
            cause: {
                try await $0.recipient.iam.putRolePolicy(
                    SetupDocuments.allow("kinesis:PutRecord", on: $0.streamARN), named: AccountPair.rolePolicy,
                    on: AccountPair.role)
            },
            check: .recipient,
            signs: [
                .fault(
                    "permissions of role CWLtoKinesisRole", "no kms:GenerateDataKey on arn:aws:kms:",
                    "tailrace policies recipient-permissions")
            ],
            mend: .setup(.recipient)),
        SetupFault(
            name: "the key is disabled",
            arrange: { try await $0.encrypt() },
            cause: { try await $0.recipient.kms("DisableKey", key: $0.key) },
            check: .recipient,
            signs: [
                .fault(
                    "encryption of stream RecipientStream", "is Disabled", "aws kms enable-key --key-id arn:aws:kms:")
            ],
            mend: .byHand { try await $0.recipient.kms("EnableKey", key: $0.key) }),
        SetupFault(
            name: "the key is about to be deleted",
            arrange: { try await $0.encrypt() },
            cause: { try await $0.recipient.kms("ScheduleKeyDeletion", key: $0.key) },
            check: .recipient,
            signs: [
                .fault("encryption of stream RecipientStream", "is PendingDeletion", "aws kms cancel-key-deletion")
            ],
            mend: .byHand {
                try await $0.recipient.kms("CancelKeyDeletion", key: $0.key)
                try await $0.recipient.kms("EnableKey", key: $0.key)
            }),
    ]
}

extension AccountPair {
    /// The key that was asked for.
    fileprivate var key: String {
        get throws { try #require(recipientOptions.last) }
    }

    /// Asks for a key of the recipient's own.
    fileprivate mutating func encrypt() async throws {
        recipientOptions = ["--kms-key", try await recipient.createKey()]
    }

    fileprivate func encryptStream(with key: String) async throws {
        try await recipient.kinesis.startEncryption(of: .name(Self.stream), key: key)
    }

    fileprivate func distribute(_ strategy: String) async throws {
        try await recipient.kinesis(
            "UpdateStreamRecordDistributionStrategy",
            ["StreamARN": streamARN, "RecordDistributionStrategy": strategy])
    }
}
