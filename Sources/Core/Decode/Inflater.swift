private import CScan
private import CZlib

/// Inflates gzip payloads, one after another, with one zlib stream.
///
/// Deflate is inflated raw and the gzip wrapping is read here, so that each way to be wrong has its own reason.
final class Inflater {
    /// The text in pooled memory, with `TextPool.paddingBytes` of room behind it.
    struct Text {
        var memory: TextBuffer.Memory
        var count = 0

        /// How much may still be written before the room for the padding begins.
        var room: Int { memory.count - TextPool.paddingBytes - count }

        /// Puts the padding behind the text.
        func pad() {
            let padding = UnsafeMutableRawBufferPointer(rebasing: memory[count...].prefix(TextPool.paddingBytes))
            padding.initializeMemory(as: UInt8.self, repeating: 0)
        }
    }

    enum Outcome {
        case complete
        /// The text is longer than the limit.
        case outgrown
    }

    /// What one member came to, and where the next byte of the payload is.
    private enum MemberOutcome {
        case ended(next: Int)
        case outgrown
    }

    /// zlib's counters are 32 bits wide.
    private static let callBytesMax = 1 << 30
    private static let rawDeflate: Int32 = -15

    private let pool: TextPool
    private let stream: UnsafeMutablePointer<z_stream>

    init(pool: TextPool) {
        self.pool = pool
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let code = czlib_inflateInit2(stream, Self.rawDeflate)
        // Refused only without memory or with a zlib that is not the one we were built for.
        precondition(code == Z_OK, "zlib cannot start: code \(code)")
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates all members of `payload`, which begins with the gzip magic, into `text`, whatever memory that has.
    ///
    /// `expecting` is a guess at the text's length.
    func inflate(
        _ payload: UnsafeRawBufferPointer, to text: inout Text, expecting expected: Int, limit: Int
    ) throws(Undecodable) -> Outcome {
        text.memory = pool.exchange(text.memory, for: min(expected, limit) + Self.slackBytes)
        text.count = 0
        var next = 0
        repeat {
            switch try inflateMember(of: payload, from: next, to: &text, limit: limit) {
            case .ended(let end): next = end
            case .outgrown: return .outgrown
            }
        } while try hasMember(payload, at: next)
        return .complete
    }

    /// Beyond the expected text: the padding, one byte to notice that there is more, and the room without which zlib
    /// leaves its fast loop (258 bytes, the longest match).
    private static let slackBytes = TextPool.paddingBytes + 259

    /// Whether another member begins at `next`. Zeros up to the payload's end are padding.
    private func hasMember(_ payload: UnsafeRawBufferPointer, at next: Int) throws(Undecodable) -> Bool {
        let rest = payload[next...]
        if GzipHeader.isMagic(payload, at: next) { return true }
        if rest.elementsEqual(GzipHeader.magic.prefix(1)) { throw .truncated(payload, in: "the gzip header") }
        guard let other = rest.firstIndex(where: { $0 != 0 }) else { return false }
        throw Undecodable(.trailingBytes, "byte \(other): neither another gzip member nor zero padding")
    }

    private func inflateMember(
        of payload: UnsafeRawBufferPointer, from start: Int, to text: inout Text, limit: Int
    ) throws(Undecodable) -> MemberOutcome {
        let data = try GzipHeader.end(in: payload, from: start)
        let textStart = text.count
        guard let end = try inflateDeflate(of: payload, from: data, to: &text, limit: limit) else { return .outgrown }
        guard end + GzipHeader.trailerBytes <= payload.count else { throw .truncated(payload, in: "the gzip trailer") }
        let member = UnsafeRawBufferPointer(rebasing: text.memory[textStart..<text.count])
        let sum = cscan_crc32(0, member.baseAddress, member.count)
        guard sum == payload.littleEndian32(at: end) else {
            throw Undecodable(.badChecksum, "byte \(end): the CRC-32 does not match the text")
        }
        guard UInt32(truncatingIfNeeded: member.count) == payload.littleEndian32(at: end + 4) else {
            throw Undecodable(.badChecksum, "byte \(end + 4): the length does not match the text")
        }
        return .ended(next: end + GzipHeader.trailerBytes)
    }

    /// Inflates the deflate data that begins at `start`. Returns where it ends, or `nil` when the text outgrew `limit`.
    private func inflateDeflate(
        of payload: UnsafeRawBufferPointer, from start: Int, to text: inout Text, limit: Int
    ) throws(Undecodable) -> Int? {
        inflateReset(stream)
        var next = start
        while true {
            if text.room == 0 {
                text.memory = pool.resize(text.memory, to: min(text.count * 2, limit) + Self.slackBytes)
            }
            let code = step(payload, from: &next, to: &text)
            guard text.count <= limit else { return nil }
            switch code {
            case Z_STREAM_END: return next
            case Z_OK, Z_BUF_ERROR:
                if next == payload.count, text.room > 0 { throw .truncated(payload, in: "the deflate data") }
            case Z_MEM_ERROR: fatalError("out of memory: zlib has none for its window")
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(code)"
                throw Undecodable(.badDeflate, "byte \(next): \(reason)")
            }
        }
    }

    /// One call of zlib's. `Z_FINISH` lets it inflate straight into the text, without a window, when there is room.
    private func step(_ payload: UnsafeRawBufferPointer, from next: inout Int, to text: inout Text) -> Int32 {
        let input = UnsafeRawBufferPointer(rebasing: payload[next...].prefix(Self.callBytesMax))
        let output = UnsafeMutableRawBufferPointer(
            rebasing: text.memory[text.count..<text.count + min(text.room, Self.callBytesMax)])
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(output.count)
        let code = CZlib.inflate(stream, Z_FINISH)
        next += input.count - Int(stream.pointee.avail_in)
        text.count += output.count - Int(stream.pointee.avail_out)
        return code
    }
}
