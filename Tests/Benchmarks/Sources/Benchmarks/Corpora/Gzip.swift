private import CZlib

/// One gzip member, as CloudWatch Logs makes a payload.
enum Gzip {
    private static let level: Int32 = 6
    /// The most window bits, and 16 for gzip's header and trailer.
    private static let windowBits: Int32 = 15 + 16

    static func compress(_ text: [UInt8]) throws(BenchmarkFailure) -> [UInt8] {
        var stream = z_stream()
        guard czlib_deflateInit2(&stream, level, windowBits) == Z_OK else { throw BenchmarkFailure("zlib: no memory") }
        defer { deflateEnd(&stream) }
        var text = text
        let room = Int(deflateBound(&stream, UInt(text.count)))
        let ended = text.withUnsafeMutableBufferPointer { input in
            [UInt8](unsafeUninitializedCapacity: room) { output, count in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(room)
                count = deflate(&stream, Z_FINISH) == Z_STREAM_END ? room - Int(stream.avail_out) : 0
            }
        }
        guard !ended.isEmpty else { throw BenchmarkFailure("zlib cannot compress \(text.count) bytes") }
        return ended
    }
}
