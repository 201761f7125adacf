/// An access key that the emulator knows.
package struct EmulatedAccessKey: Hashable, Sendable {
    package let accessKeyID: String
    package let secretAccessKey: String
    /// What X-Amz-Security-Token must hold; `nil` for a key that is used without one.
    package let sessionToken: String?
    /// Twelve digits.
    package let account: String

    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil, account: String) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.account = account
    }

    /// The key that every account has without being told: `AKIAEMUL` and the account's twelve digits, its secret
    /// `secret-` and the same digits.
    package static func ofAccount(_ account: String) -> EmulatedAccessKey {
        EmulatedAccessKey(
            accessKeyID: prefix + account, secretAccessKey: "secret-" + account, account: account)
    }

    static let prefix = "AKIAEMUL"
}

/// Which access key belongs to whom.
struct AccountBook: Sendable {
    private let keys: [String: EmulatedAccessKey]

    /// `keys` come on top of those that `EmulatedAccessKey.ofAccount` makes; of two with one id the last counts.
    init(_ keys: [EmulatedAccessKey]) {
        self.keys = Dictionary(keys.map { ($0.accessKeyID, $0) }) { $1 }
    }

    subscript(accessKeyID: String) -> EmulatedAccessKey? {
        if let key = keys[accessKeyID] { return key }
        guard accessKeyID.hasPrefix(EmulatedAccessKey.prefix) else { return nil }
        let account = String(accessKeyID.dropFirst(EmulatedAccessKey.prefix.count))
        return Self.isAccount(account) ? .ofAccount(account) : nil
    }

    static func isAccount(_ text: String) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
