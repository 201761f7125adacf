/// Turns payloads into log events: inflates each once into a pooled buffer and scans it once.
///
/// Keeps an inflater and scratch room between records. One per shard consumer: it is not `Sendable`, and its records are.
package final class RecordDecoder {
    /// `ByteRange` counts with 32 bits, so no text may be longer, whatever `max-record` says.
    package static let textBytesMax = Int(UInt32.max)
    /// The libraries that inflate, with their versions, for a person: `zlib 1.2.13` or `libdeflate 1.14, zlib 1.2.13`.
    package static var inflaterName: String { Inflater.name }
    /// A gzip trailer that tells of more is not believed: no deflate data expands further.
    private static let expansionMax = 1032
    /// What a payload is taken to expand to when its trailer cannot be believed.
    private static let expansionUsual = 8

    private let pool: TextPool
    private let inflater: Inflater
    private var scanner: MessageScanner
    private var spares: SpareRecords

    /// - Parameter pool: Where memory comes from and goes back to. Decoders share it.
    package init(pool: TextPool) {
        self.pool = pool
        inflater = Inflater(pool: pool)
        scanner = MessageScanner(pool: pool)
        spares = SpareRecords(pool: pool)
    }

    deinit {
        scanner.close()
        spares.close()
    }

    /// How long the payload's text probably is: what its gzip trailer says, when that is plausible, and not below
    /// `TextPool.bufferBytesMin` nor above `maxRecord`. Looks at a few bytes only.
    package static func expectedTextBytes(of payload: UnsafeRawBufferPointer, maxRecord: Int) -> Int {
        max(min(guess(payload), maxRecord), min(TextPool.bufferBytesMin, maxRecord))
    }

    /// What a record with a text as long as expected usually occupies, so that a reservation of it is enough: room of a
    /// buffer that is not filled, the index, and a few names.
    package static func usualMemoryBytes(ofText textBytes: Int) -> Int { textBytes + textBytes / 8 * 5 + 4096 }

    private static func guess(_ payload: UnsafeRawBufferPointer) -> Int {
        guard GzipHeader.isMagic(payload, at: 0) else { return payload.count }
        let deflated = payload.count - GzipHeader.bytesMin - GzipHeader.trailerBytes
        guard deflated > 0 else { return 0 }
        let told = Int(payload.littleEndian32(at: payload.count - 4))
        return (deflated / 2...deflated * expansionMax).contains(told) ? told : payload.count * expansionUsual
    }

    /// Decodes one payload whole or not at all.
    ///
    /// - Parameters:
    ///   - allowance: How many bytes of text may be held for it; below `maxRecord`, a longer text is `.needsMore`.
    ///   - maxRecord: How long a text may be at all; a longer one is undecodable, `too-large`.
    ///
    /// What the record then occupies, its index included, is its `memoryBytes`.
    package func decode(_ payload: UnsafeRawBufferPointer, allowance: Int, maxRecord: Int) -> DecodeOutcome {
        let maxRecord = min(maxRecord, Self.textBytesMax)
        let limit = min(allowance, maxRecord)
        var spare = spares.take()
        defer { spares.keep(spare) }
        do throws(Undecodable) {
            guard try fill(spare.text, with: payload, limit: limit, maxRecord: maxRecord) else { return .needsMore }
            let controlMessages = try scanner.scan(spare.text, messages: &spare.messages, events: spare.events)
            return .decoded(
                DecodedRecord(
                    text: spare.text, messages: spare.messages, events: spare.events, controlMessages: controlMessages))
        } catch {
            return .undecodable(error)
        }
    }

    /// Decodes the payload of one record of `page`.
    package func decode(_ record: Record, of page: RecordPage, allowance: Int, maxRecord: Int) -> DecodeOutcome {
        page.bytes.withUnsafeBytes { bytes in
            decode(UnsafeRawBufferPointer(rebasing: bytes[record.payload]), allowance: allowance, maxRecord: maxRecord)
        }
    }

    /// Makes `buffer` the payload's text, padded. False when it is longer than `limit`, which is below `maxRecord`.
    private func fill(
        _ buffer: TextBuffer, with payload: UnsafeRawBufferPointer, limit: Int, maxRecord: Int
    ) throws(Undecodable) -> Bool {
        var text = Inflater.Text(memory: buffer.vacate())
        // Whatever comes of it, the buffer has its memory again.
        defer { buffer.hold(text.memory, count: text.count) }
        switch try write(payload, to: &text, limit: limit, maxRecord: maxRecord) {
        case .complete:
            text.pad()
            return true
        case .outgrown where limit < maxRecord: return false
        case .outgrown: throw Undecodable(.tooLarge, "the text is longer than \(maxRecord) bytes")
        }
    }

    private func write(
        _ payload: UnsafeRawBufferPointer, to text: inout Inflater.Text, limit: Int, maxRecord: Int
    ) throws(Undecodable) -> Inflater.Outcome {
        switch PayloadForm(payload) {
        case .gzip:
            let expected = Self.expectedTextBytes(of: payload, maxRecord: maxRecord)
            return try inflater.inflate(payload, to: &text, expecting: expected, limit: limit)
        case .plain:
            guard payload.count <= limit else { return .outgrown }
            text.memory = pool.exchange(text.memory, for: payload.count + TextPool.paddingBytes)
            text.memory.copyMemory(from: payload)
            text.count = payload.count
            return .complete
        case .truncated: throw .truncated(payload, in: "the gzip header")
        case .other: throw Undecodable(.notGzip, "byte 0: neither gzip nor a JSON object")
        }
    }
}

/// What a payload is by its first bytes.
///
/// A proper beginning of gzip's magic, nothing at all included, is a gzip that was cut off.
private enum PayloadForm {
    case gzip, plain, truncated, other

    init(_ payload: UnsafeRawBufferPointer) {
        if GzipHeader.isMagic(payload, at: 0) {
            self = .gzip
        } else if payload.isEmpty || payload.elementsEqual(GzipHeader.magic.prefix(1)) {
            self = .truncated
        } else {
            // A byte order mark begins text too, which is then refused for it.
            let start = payload.first { !JSONCursor.isSpace($0) }
            self = start == UInt8(ascii: "{") || payload.starts(with: JSONCursor.byteOrderMark) ? .plain : .other
        }
    }
}
