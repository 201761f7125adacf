/// Turns payloads into log events: inflates each once into a pooled buffer and scans it once.
///
/// Keeps a zlib stream and scratch room between records. One per shard consumer: it is not `Sendable`, and its records are.
package final class RecordDecoder {
    /// `ByteRange` counts with 32 bits, so no text may be longer, whatever `max-record` says.
    package static let textBytesMax = Int(UInt32.max)
    /// A gzip trailer that tells of more is not believed: no deflate data expands further.
    private static let expansionMax = 1032
    /// What a payload is taken to expand to when its trailer cannot be believed.
    private static let expansionUsual = 8

    private let pool: TextPool
    private let release: @Sendable (TextBuffer.Memory) -> Void
    private let inflater: Inflater
    private var scanner = MessageScanner()

    /// - Parameter pool: Where texts come from and go back to. Decoders share it.
    package init(pool: TextPool) {
        self.pool = pool
        release = { pool.giveBack($0) }
        inflater = Inflater(pool: pool)
    }

    /// How long the payload's text probably is: what its gzip trailer says, when that is plausible, and not below
    /// `TextPool.bufferBytesMin` nor above `maxRecord`. Looks at a few bytes only.
    package static func expectedTextBytes(of payload: UnsafeRawBufferPointer, maxRecord: Int) -> Int {
        max(min(guess(payload), maxRecord), min(TextPool.bufferBytesMin, maxRecord))
    }

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
        do throws(Undecodable) {
            guard let text = try text(of: payload, limit: limit, maxRecord: maxRecord) else { return .needsMore }
            return .decoded(try scanner.scan(text))
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

    /// The payload's text, padded; `nil` when it is longer than `limit`, which is below `maxRecord`.
    private func text(
        of payload: UnsafeRawBufferPointer, limit: Int, maxRecord: Int
    ) throws(Undecodable) -> TextBuffer? {
        let outcome =
            switch PayloadForm(payload) {
            case .gzip:
                inflater.inflate(
                    payload, expecting: Self.expectedTextBytes(of: payload, maxRecord: maxRecord), limit: limit)
            case .plain: copy(payload, limit: limit)
            case .truncated: Inflater.Outcome.undecodable(.truncated(payload, in: "the gzip header"))
            case .other: Inflater.Outcome.undecodable(Undecodable(.notGzip, "byte 0: neither gzip nor a JSON object"))
            }
        switch outcome {
        case .inflated(let text): return buffer(text)
        case .undecodable(let undecodable): throw undecodable
        case .outgrown where limit < maxRecord: return nil
        case .outgrown: throw Undecodable(.tooLarge, "the text is longer than \(maxRecord) bytes")
        }
    }

    private func copy(_ payload: UnsafeRawBufferPointer, limit: Int) -> Inflater.Outcome {
        guard payload.count <= limit else { return .outgrown }
        let memory = pool.take(payload.count + TextPool.paddingBytes)
        memory.copyMemory(from: payload)
        return .inflated(Inflater.Text(memory: memory, count: payload.count))
    }

    private func buffer(_ text: Inflater.Text) -> TextBuffer {
        let padding = UnsafeMutableRawBufferPointer(rebasing: text.memory[text.count...].prefix(TextPool.paddingBytes))
        padding.initializeMemory(as: UInt8.self, repeating: 0)
        return TextBuffer(memory: text.memory, count: text.count, release: release)
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
