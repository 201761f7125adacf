/// A gzip member whose text is stored rather than compressed, so that a test needs no library.
func gzip(_ text: String) -> [UInt8] {
    let text = Array(text.utf8)
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    return header + stored(text) + littleEndian(Int(checksum(text)), bytes: 4) + littleEndian(text.count, bytes: 4)
}

/// Deflate's stored blocks, the last one marked (RFC 1951, 3.2.4).
private func stored(_ text: [UInt8]) -> [UInt8] {
    let blockBytesMax = 0xFFFF
    var out: [UInt8] = []
    var at = 0
    repeat {
        let block = text[at..<min(at + blockBytesMax, text.count)]
        at += block.count
        out.append(at == text.count ? 1 : 0)
        out += littleEndian(block.count, bytes: 2) + littleEndian(~block.count & 0xFFFF, bytes: 2) + block
    } while at < text.count
    return out
}

/// CRC-32 bit by bit.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var sum = ~UInt32(0)
    for byte in bytes {
        sum ^= UInt32(byte)
        for _ in 0..<8 { sum = sum >> 1 ^ (sum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return ~sum
}

private func littleEndian(_ value: Int, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}
