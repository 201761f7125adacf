import FoundationEssentials

/// An access key, and on whose behalf it speaks until when.
struct KnownKey: Sendable {
    let key: EmulatedAccessKey
    let principal: Principal
    /// Milliseconds since 1970, by the clock that signatures are judged by; `nil` for ever.
    let expires: Int64?
}

/// The temporary access keys that STS has given out.
actor SessionBook {
    /// Past that many, the oldest are forgotten: an unknown key is refused as an expired one is.
    static let keysMax = 10_000

    private var keys: [String: KnownKey] = [:]
    private var ids: [String] = []

    /// A new key for `session`.
    func issue(_ session: RoleSession, account: String, expires: Int64) -> EmulatedAccessKey {
        let key = EmulatedAccessKey(
            accessKeyID: "ASIA" + Self.letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            secretAccessKey: Self.letters(Self.base64, 40),
            sessionToken: Data((0..<Self.tokenBytes).map { _ in UInt8.random(in: .min ... .max) })
                .base64EncodedString(),
            account: account)
        keys[key.accessKeyID] = KnownKey(key: key, principal: .session(session), expires: expires)
        ids.append(key.accessKeyID)
        if ids.count > Self.keysMax { keys[ids.removeFirst()] = nil }
        return key
    }

    subscript(accessKeyID: String) -> KnownKey? { keys[accessKeyID] }

    private static let tokenBytes = 258
    private static let base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    private static func letters(_ alphabet: String, _ count: Int) -> String {
        String((0..<count).compactMap { _ in alphabet.randomElement() })
    }
}
