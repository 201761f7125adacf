import Core

/// Judges what the decoder makes of any bytes as a text, and as a part of one.
package struct JSONJudge: ~Copyable {
    private static let textBytesMax = 1 << 20

    /// One for all inputs, so that what one leaves behind meets the next.
    private let decoder = RecordDecoder(pool: TextPool(retainedBytesMax: 1 << 20))

    package init() {}

    /// Returns what is wrong, or `nil`.
    package func fault(_ bytes: UnsafeRawBufferPointer) -> String? {
        let bytes = Array(bytes)
        for (name, before, after) in Self.places {
            let text = Array(before.utf8) + bytes + Array(after.utf8)
            if let fault = fault(in: text) { return "\(name): \(fault)" }
        }
        return nil
    }

    private static let event =
        #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[{"timestamp":1,"#
    private static let next = #"},{"message":"next","timestamp":2}]}"#

    private static let places: [(name: String, before: String, after: String)] = [
        ("the text", "", ""),
        ("a message", event + #""message":""#, "\"" + next),
        ("members of an event", event, next),
        ("extractedFields", event + #""message":"m","extractedFields":{"x":"#, "}" + next),
    ]

    private func fault(in text: [UInt8]) -> String? {
        let payload = StrictPayload.isPlain(text) ? text : Gzip(level: 0).member(text)
        let outcome = payload.withUnsafeBytes {
            decoder.decode($0, allowance: Self.textBytesMax, maxRecord: Self.textBytesMax)
        }
        if let difference = Judgement(outcome).difference(to: Judgement(strictly: text)) { return difference }
        guard case .decoded(let record) = outcome else { return nil }
        return record.brokenInvariant(payloadBytes: payload.count)
    }
}
