private import CZlib

/// Stock zlib and nothing else: one stream for all payloads, room for each text exactly, the gzip wrapping checked by
/// zlib itself, and nothing done with the text.
final class InflateAlone {
    private static let windowBits: Int32 = 15 + 16

    /// At one address for life: zlib's state points back to it.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter textBytesMax: The longest text's length.
    init(textBytesMax: Int) throws(BenchmarkFailure) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(capacity: textBytesMax)
        output.initialize(repeating: 0)
        guard czlib_inflateInit2(stream, Self.windowBits) == Z_OK else { throw BenchmarkFailure("zlib: no memory") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// Whether the payload is one gzip member with exactly this much text.
    func inflates(_ payload: UnsafeRawBufferPointer, textBytes: Int) -> Bool {
        inflateReset(stream)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: payload.assumingMemoryBound(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(payload.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(textBytes)
        let end = inflate(stream, Z_FINISH)
        return end == Z_STREAM_END && stream.pointee.avail_out == 0 && stream.pointee.avail_in == 0
    }
}
