internal import Locking

/// Keys derived before: four HMACs saved at every request of a day.
///
/// A key is looked up by access key id and scope, and taken only if the secret is still the same.
final class SigningKeyCache: Sendable {
    /// Far more than the services, Regions and accounts one process signs for in a day. When full it is emptied.
    static let entriesMax = 64

    private struct Owner: Hashable {
        let accessKeyID: String
        let scope: CredentialScope
    }

    private struct Entry {
        let secret: String
        let key: [UInt8]
    }

    private let entries = Locked<[Owner: Entry]>([:])

    func key(accessKeyID: String, secret: String, scope: CredentialScope) -> [UInt8] {
        let owner = Owner(accessKeyID: accessKeyID, scope: scope)
        if let entry = entries.withLock({ $0[owner] }), entry.secret == secret { return entry.key }
        let key = Self.derive(secret: secret, scope: scope)
        entries.withLock { entries in
            if entries.count >= Self.entriesMax { entries.removeAll(keepingCapacity: true) }
            entries[owner] = Entry(secret: secret, key: key)
        }
        return key
    }

    private static func derive(secret: String, scope: CredentialScope) -> [UInt8] {
        [scope.date, scope.region, scope.service, CredentialScope.terminator]
            .reduce(Array("AWS4\(secret)".utf8)) { key, part in Digest.hmac(key: key, part) }
    }
}
