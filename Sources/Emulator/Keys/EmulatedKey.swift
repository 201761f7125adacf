/// A key of KMS. There is no secret in it: nothing is encrypted here.
///
/// https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
struct EmulatedKey: Hashable, Sendable {
    enum State: Hashable, Sendable {
        case enabled
        case disabled
        /// Until then, in milliseconds since 1970; afterwards the key is gone.
        case pendingDeletion(until: Int64)
    }

    enum Owner: String, Encodable, Sendable {
        case aws = "AWS"
        case customer = "CUSTOMER"
    }

    let id: String
    let account: String
    let region: String
    let description: String
    let owner: Owner
    /// Milliseconds since 1970.
    let made: Int64
    var state = State.enabled

    var arn: String { Self.arn(id: id, account: account, region: region) }

    static func arn(id: String, account: String, region: String) -> String {
        "arn:aws:kms:\(region):\(account):key/\(id)"
    }

    /// Whether it is gone for good.
    func isDeleted(at now: Int64) -> Bool {
        if case .pendingDeletion(let until) = state { until <= now } else { false }
    }
}

/// How a call names a key.
///
/// https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
enum KeyName: Hashable, Sendable {
    /// The ARN that a key's id or ARN makes.
    case key(arn: String)
    /// AWS's own key for Kinesis in this account and Region, which exists from the moment that it is first named.
    case kinesis(account: String, region: String)
    /// No other alias can be made here.
    case unknownAlias(arn: String)
    /// A Region sees its own keys only. This is the Region that the ARN names.
    case elsewhere(region: String)

    static let kinesisAlias = "alias/aws/kinesis"

    /// `nil` when `text` begins as an ARN and is none of KMS's.
    init?(_ text: String, account: String, region: String) {
        guard text.hasPrefix("arn:") else {
            self =
                text.hasPrefix("alias/")
                ? .init(alias: text, account: account, region: region)
                : .key(arn: EmulatedKey.arn(id: text, account: account, region: region))
            return
        }
        guard let arn = ResourceName(text), arn.service == "kms", AccountBook.isAccount(arn.account) else { return nil }
        if arn.region != region {
            self = .elsewhere(region: arn.region)
        } else if arn.resource.hasPrefix("alias/") {
            self.init(alias: arn.resource, account: arn.account, region: arn.region)
        } else if arn.name(after: "key/") != nil {
            self = .key(arn: text)
        } else {
            return nil
        }
    }

    private init(alias: String, account: String, region: String) {
        self =
            alias == Self.kinesisAlias
            ? .kinesis(account: account, region: region)
            : .unknownAlias(arn: "arn:aws:kms:\(region):\(account):\(alias)")
    }
}
