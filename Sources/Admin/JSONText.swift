private import FoundationEssentials

/// JSON as `/health` and `/status` answer it: keys sorted, so that the same is always written the same.
package enum JSONText {
    package static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            return try Array(encoder.encode(value)) + [UInt8(ascii: "\n")]
        } catch {
            preconditionFailure("texts and finite numbers always encode: \(error)")
        }
    }
}
