// What each operation takes and answers, by AWS's names with a small first letter.
// https://docs.aws.amazon.com/kms/latest/APIReference/API_Operations.html

struct CreateKeyRequest: Decodable, Sendable {
    let description: String?
    let keyUsage: String?
    let keySpec: String?
    let customerMasterKeySpec: String?
    let origin: String?
    let multiRegion: Bool?
}

/// DescribeKey, DisableKey, EnableKey and CancelKeyDeletion.
struct OneKeyRequest: Decodable, Sendable {
    let keyId: String
}

struct ScheduleKeyDeletionRequest: Decodable, Sendable {
    let keyId: String
    let pendingWindowInDays: Int?
}

struct KeyReply: Encodable, Sendable {
    struct Metadata: Encodable, Sendable {
        let aWSAccountId: String
        let keyId: String
        let arn: String
        /// Seconds since 1970, as is the other date.
        let creationDate: Double
        let enabled: Bool
        let description: String
        let keyUsage = "ENCRYPT_DECRYPT"
        let keyState: String
        let deletionDate: Double?
        let origin = "AWS_KMS"
        let keyManager: EmulatedKey.Owner
        let customerMasterKeySpec = "SYMMETRIC_DEFAULT"
        let keySpec = "SYMMETRIC_DEFAULT"
        let encryptionAlgorithms = ["SYMMETRIC_DEFAULT"]
        let multiRegion = false
    }

    let keyMetadata: Metadata

    init(_ key: EmulatedKey) {
        keyMetadata = Metadata(
            aWSAccountId: key.account, keyId: key.id, arn: key.arn, creationDate: Double(key.made) / 1000,
            enabled: key.state == .enabled, description: key.description, keyState: key.state.name,
            deletionDate: key.state.end.map { Double($0) / 1000 }, keyManager: key.owner)
    }
}

struct ScheduleKeyDeletionReply: Encodable, Sendable {
    let keyId: String
    /// Seconds since 1970.
    let deletionDate: Double
    let keyState = "PendingDeletion"
    let pendingWindowInDays: Int
}

struct CancelKeyDeletionReply: Encodable, Sendable {
    let keyId: String
}

extension EmulatedKey.State {
    /// As AWS says it.
    var name: String {
        switch self {
        case .enabled: "Enabled"
        case .disabled: "Disabled"
        case .pendingDeletion: "PendingDeletion"
        }
    }

    fileprivate var end: Int64? {
        switch self {
        case .enabled, .disabled: nil
        case .pendingDeletion(let until): until
        }
    }
}
