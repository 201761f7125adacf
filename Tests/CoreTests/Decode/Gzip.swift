import CZlib

/// Gzip made by hand around zlib's deflate, so that a test can put anything into any place.
struct Gzip {
    var flags: UInt8 = 0
    /// The optional fields as they stand between the fixed header and the deflate data.
    var fields: [UInt8] = []
    var level: Int32 = 6

    func member(_ text: some Collection<UInt8>) -> [UInt8] {
        let text = Array(text)
        return header + deflated(text, level: level) + littleEndian(checksum(text), bytes: 4)
            + littleEndian(text.count, bytes: 4)
    }

    var header: [UInt8] { [0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 0, 0] + fields }

    /// The header with its own checksum behind the fields (FHCRC).
    func checkingHeader() -> Gzip {
        var gzip = self
        gzip.flags |= 0x02
        gzip.fields += littleEndian(checksum(gzip.header) & 0xFFFF, bytes: 2)
        return gzip
    }
}

func gzip(_ text: some Collection<UInt8>) -> [UInt8] { Gzip().member(text) }
func gzip(_ text: String) -> [UInt8] { Gzip().member(text.utf8) }

func checksum(_ bytes: [UInt8]) -> Int { Int(crc32_z(0, bytes, bytes.count)) }

func littleEndian(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func deflated(_ text: [UInt8], level: Int32 = 6) -> [UInt8] {
    var text = text
    var stream = z_stream()
    precondition(czlib_deflateInit2(&stream, level, -15) == Z_OK)
    defer { deflateEnd(&stream) }
    var out = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(text.count))))
    let count = text.withUnsafeMutableBufferPointer { input in
        out.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
            return output.count - Int(stream.avail_out)
        }
    }
    return Array(out[..<count])
}
