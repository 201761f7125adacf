import Core

/// Judges what the decoder makes of any bytes as a record's payload.
package struct RecordJudge: ~Copyable {
    /// Texts are judged the slow way too, so they are kept short.
    private static let textBytesMax = 1 << 18

    /// One for all inputs, so that what one leaves behind meets the next.
    private let decoder = RecordDecoder(pool: TextPool(retainedBytesMax: 1 << 20))

    package init() {}

    /// Returns what is wrong, or `nil`.
    package func fault(_ payload: UnsafeRawBufferPointer) -> String? {
        let outcome = decode(payload)
        let judgement = Judgement(outcome)
        // The first is still held, so the second stands in other memory.
        if let difference = Judgement(decode(payload)).difference(to: judgement) {
            return "decoded again: \(difference)"
        }
        let strict = StrictPayload(Array(payload), textBytesMax: Self.textBytesMax)
        if let difference = strict.difference(to: judgement) { return difference }
        guard case .decoded(let record) = outcome else { return nil }
        return fault(in: record, judgement, payload)
    }

    private func decode(
        _ payload: UnsafeRawBufferPointer, allowance: Int = textBytesMax, maxRecord: Int = textBytesMax
    ) -> DecodeOutcome {
        decoder.decode(payload, allowance: allowance, maxRecord: maxRecord)
    }

    private func fault(
        in record: DecodedRecord, _ judgement: Judgement, _ payload: UnsafeRawBufferPointer
    ) -> String? {
        if let broken = record.brokenInvariant(payloadBytes: payload.count) { return broken }
        let text = Array(record.text.bytes)
        guard Judgement(decode(payload, allowance: text.count)) == judgement else { return "just enough is not enough" }
        guard Judgement(decode(payload, allowance: text.count - 1)) == .needsMore else {
            return "one byte less is enough"
        }
        guard Judgement(decode(payload, maxRecord: text.count - 1)) == .refused(.tooLarge) else {
            return "not too large"
        }
        guard Array(record.text.bytes) == text, Judgement(.decoded(record)) == judgement else {
            return "it has changed"
        }
        return nil
    }
}
