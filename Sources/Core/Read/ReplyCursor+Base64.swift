private import CScan

extension ReplyCursor {
    /// Takes a base64 string, decodes it where it stands and says where the bytes are.
    ///
    /// Padding is required, as AWS pads; bits behind the last byte are ignored, as RFC 4648 allows.
    mutating func takeBase64() throws(BrokenReply) -> Range<Int> {
        guard try peek() == UInt8(ascii: "\"") else { throw broken("expected a string") }
        position += 1
        let start = position
        // What is written never reaches what is still to be read: three bytes take the place of four.
        let taken = cscan_base64_run(base + start, base + start, end - start)
        position += taken
        var write = start + taken / 4 * 3
        try decodeRest(to: &write)
        return start..<write
    }

    /// Decodes symbol by symbol up to the closing quote: the last few, or all after an escape (some write `/` as `\/`).
    private mutating func decodeRest(to write: inout Int) throws(BrokenReply) {
        var (bits, count, padding) = (UInt64(0), 0, 0)
        while position < end {
            let at = position
            let byte = base[position]
            if byte == UInt8(ascii: "\"") { break }
            let symbol = try takeSymbol()
            if symbol == UInt16(UInt8(ascii: "=")) {
                padding += 1
                continue
            }
            guard padding == 0, let value = UInt8(exactly: symbol).flatMap(Base64.value) else {
                throw BrokenReply(byte: at, detail: "Data is not base64")
            }
            bits = bits << 6 | UInt64(value)
            count += 1
            if count == 4 {
                store(bits, bytes: 3, at: &write)
                (bits, count) = (0, 0)
            }
        }
        guard position < end else { throw broken("ends early") }
        switch (count, padding) {
        case (0, 0): break
        case (2, 2): store(bits << 12, bytes: 1, at: &write)
        case (3, 1): store(bits << 6, bytes: 2, at: &write)
        default: throw broken("Data is not base64")
        }
        position += 1
    }

    private mutating func takeSymbol() throws(BrokenReply) -> UInt16 {
        if base[position] == UInt8(ascii: "\\") { return try takeEscape() }
        position += 1
        return UInt16(base[position - 1])
    }

    /// Stores the first `bytes` of the three that 24 bits make.
    private func store(_ bits: UInt64, bytes: Int, at write: inout Int) {
        for index in 0..<bytes { base[write + index] = UInt8(truncatingIfNeeded: bits >> (16 - 8 * UInt64(index))) }
        write += bytes
    }
}
