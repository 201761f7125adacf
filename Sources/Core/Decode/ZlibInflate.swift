private import CZlib

/// Inflates raw deflate data with zlib, and says what is wrong with it and where.
final class ZlibInflate {
    /// The zlib that runs, which may be newer than the one that was built with.
    static var name: String { "zlib " + String(cString: zlibVersion()) }

    /// zlib's counters are 32 bits wide.
    private static let callBytesMax = 1 << 30
    private static let rawDeflate: Int32 = -15

    private let pool: TextPool
    /// At one address for life: zlib's state points back to it.
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

    /// Inflates the deflate data that begins at `start`. Returns where it ends, or `nil` when the text outgrew `limit`.
    func inflate(
        _ payload: UnsafeRawBufferPointer, from start: Int, to text: inout Inflater.Text, limit: Int
    ) throws(Undecodable) -> Int? {
        inflateReset(stream)
        var next = start
        while true {
            if text.room == 0 { text.grow(upTo: limit, from: pool) }
            let code = step(payload, from: &next, to: &text)
            guard text.count <= limit else { return nil }
            switch code {
            case Z_STREAM_END: return next
            case Z_OK, Z_BUF_ERROR:
                if next == payload.count, text.room > 0 { throw .truncated(payload, in: "the deflate data") }
            // Not the payload's fault, so nothing to dead-letter: ends as `TextPool` does, and the record is read again.
            case Z_MEM_ERROR: fatalError("out of memory: zlib has none for its window")
            default:
                let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(code)"
                throw Undecodable(.badDeflate, "byte \(next): \(reason)")
            }
        }
    }

    /// One call of zlib's. `Z_FINISH` lets it inflate straight into the text, without a window, when there is room.
    private func step(
        _ payload: UnsafeRawBufferPointer, from next: inout Int, to text: inout Inflater.Text
    ) -> Int32 {
        let input = UnsafeRawBufferPointer(rebasing: payload[next...].prefix(Self.callBytesMax))
        let output = text.room(Self.callBytesMax)
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
