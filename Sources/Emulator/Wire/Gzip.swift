import CZlib

/// gzip as CloudWatch Logs writes it: a header of ten bytes that names nothing, not even the system, and level 6.
enum Gzip {
    private static let level: Int32 = 6
    /// A window of 32 KiB; 16 more asks zlib for gzip's header and trailer.
    private static let windowBits: Int32 = 15 + 16

    static func compress(_ bytes: [UInt8]) throws(ServiceFault) -> [UInt8] {
        var stream = z_stream()
        guard czlib_deflateInit2(&stream, level, windowBits) == Z_OK else { throw outOfMemory }
        defer { deflateEnd(&stream) }
        var header = gz_header()  // all zero: no name, no time, system 0
        return try withUnsafeMutablePointer(to: &header) { header throws(ServiceFault) in
            deflateSetHeader(&stream, header)
            let size = Int(deflateBound(&stream, UInt(bytes.count)))
            let packed = Array<UInt8>(unsafeUninitializedCapacity: size) { room, count in
                count = run(&stream, bytes, into: room)
            }
            guard !packed.isEmpty else { throw outOfMemory }
            return packed
        }
    }

    /// How many bytes were written, all at once; 0 when zlib failed, which it does only without memory.
    private static func run(
        _ stream: inout z_stream, _ bytes: [UInt8], into room: UnsafeMutableBufferPointer<UInt8>
    ) -> Int {
        bytes.withUnsafeBufferPointer { input in
            // zlib does not write to its input, but its header says so only when asked.
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(room.count)
            return deflate(&stream, Z_FINISH) == Z_STREAM_END ? Int(stream.total_out) : 0
        }
    }

    private static let outOfMemory = ServiceFault("ServiceUnavailableException", "out of memory", status: 500)
}
