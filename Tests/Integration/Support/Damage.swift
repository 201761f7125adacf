import Core

/// A payload that is damaged in one way, and the word for it.
struct Damage: Sendable {
    let name: String
    let payload: [UInt8]
    let reason: Undecodable.Reason

    /// One of each kind. Each is made from `good`, a payload as gzip, where it can be.
    static func all(of good: [UInt8], document: [UInt8]) -> [Damage] {
        var badChecksum = good
        badChecksum[good.count - 8] ^= 0xff
        return [
            Damage(name: "not gzip", payload: Array("this was never gzip".utf8), reason: .notGzip),
            Damage(name: "empty", payload: [], reason: .truncated),
            Damage(name: "cut in half", payload: Array(good.prefix(good.count / 2)), reason: .truncated),
            Damage(name: "bad CRC", payload: badChecksum, reason: .badChecksum),
            Damage(name: "gzip of no JSON", payload: packed("2026-11-25 hello"), reason: .notJSON),
            Damage(
                name: "gzip of half a document", payload: Gzip.compressed(Array(document.dropLast(2))), reason: .notJSON
            ),
            Damage(name: "an array", payload: packed("[]"), reason: .notASubscriptionMessage),
            Damage(
                name: "a number as owner",
                payload: packed(
                    #"{"messageType":"DATA_MESSAGE","owner":1,"logGroup":"g","logStream":"s","logEvents":[]}"#),
                reason: .notASubscriptionMessage),
            Damage(
                name: "a number as message",
                payload: packed(
                    #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","#
                        + #""logEvents":[{"id":"1","timestamp":1,"message":"good"},{"id":"2","timestamp":2,"message":3}]}"#
                ),
                reason: .notASubscriptionMessage),
            Damage(
                name: "not UTF-8", payload: Gzip.compressed(spoiled(document)), reason: .notUTF8),
            Damage(name: "10 MiB of 10 GiB", payload: bomb, reason: .tooLarge),
        ]
    }

    private static func packed(_ text: String) -> [UInt8] { Gzip.compressed(Array(text.utf8)) }

    /// A byte in the last message that is never in UTF-8.
    private static func spoiled(_ document: [UInt8]) -> [UInt8] {
        var spoiled = document
        spoiled[document.count - 10] = 0xff
        return spoiled
    }

    /// As large as a record may be: 160 members that hold 64 MiB of zeros each, and padding.
    private static let bomb: [UInt8] = {
        let member = Gzip.compressed([UInt8](repeating: 0, count: 64 << 20), level: 9)
        let members = [[UInt8]](repeating: member, count: 160).flatMap(\.self)
        return members + [UInt8](repeating: 0, count: (10 << 20) - members.count)
    }()
}
