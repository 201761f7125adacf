import CZlib

/// gzip as CloudWatch Logs writes it, at level 6 with a header that names nothing, not even the system; and as log
/// collectors send it.
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

    static func isGzip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1f, 0x8b]) }

    /// The text of one gzip member; `nil` when it is damaged, more follows it, or it is longer than `bytesMax`.
    static func expand(_ bytes: [UInt8], bytesMax: Int) -> [UInt8]? {
        var stream = z_stream()
        guard czlib_inflateInit2(&stream, windowBits) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var text: [UInt8] = []
        return bytes.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)  // zlib only reads it
            stream.avail_in = UInt32(input.count)
            while text.count < bytesMax {
                let (piece, status) = nextPiece(&stream, bytesMax: bytesMax - text.count)
                text += piece
                if status == Z_STREAM_END { return stream.avail_in == 0 ? text : nil }
                guard status == Z_OK, !piece.isEmpty else { return nil }
            }
            return nil
        }
    }

    private static func nextPiece(_ stream: inout z_stream, bytesMax: Int) -> (piece: [UInt8], status: Int32) {
        var status = Z_OK
        let piece = [UInt8](unsafeUninitializedCapacity: min(bytesMax, pieceBytes)) { room, count in
            stream.next_out = room.baseAddress
            stream.avail_out = UInt32(room.count)
            status = inflate(&stream, Z_NO_FLUSH)
            count = room.count - Int(stream.avail_out)
        }
        return (piece, status)
    }

    private static let pieceBytes = 256 << 10
    private static let outOfMemory = ServiceFault("ServiceUnavailableException", "out of memory", status: 500)
}
