extension ReplyCursor {
    /// Takes a base64 string, decodes it where it stands and says where the bytes are.
    ///
    /// Padding is required, as AWS pads; bits behind the last byte are ignored, as RFC 4648 allows.
    mutating func takeBase64() throws(BrokenReply) -> Range<Int> {
        guard try peek() == UInt8(ascii: "\"") else { throw broken("expected a string") }
        position += 1
        let start = position
        var write = start
        Self.symbols.withUnsafeBufferPointer { decodeEights(to: &write, symbols: $0) }
        try decodeRest(to: &write)
        return start..<write
    }

    /// Decodes eight symbols at a time for as long as nothing else is among them.
    ///
    /// What is written never reaches what is still to be read: six bytes (eight stored, two of them scratch) take the
    /// place of eight symbols that were read before.
    private mutating func decodeEights(to write: inout Int, symbols: UnsafeBufferPointer<UInt64>) {
        guard let symbols = symbols.baseAddress else { return }
        var (from, to) = (position, write)
        while from + 8 <= end {
            let high = Self.quad(base + from, symbols)
            let low = Self.quad(base + from + 4, symbols)
            guard (high | low) < Self.quadEnd else { break }
            UnsafeMutableRawPointer(base + to).storeBytes(of: (high << 40 | low << 16).bigEndian, as: UInt64.self)
            from += 8
            to += 6
        }
        (position, write) = (from, to)
    }

    /// The 24 bits of four symbols; `quadEnd` or more when a byte among them is no symbol.
    @inline(__always)
    private static func quad(_ read: UnsafePointer<UInt8>, _ symbols: UnsafePointer<UInt64>) -> UInt64 {
        symbols[Int(read[0])] << 18 | symbols[Int(read[1])] << 12 | symbols[Int(read[2])] << 6 | symbols[Int(read[3])]
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
            guard padding == 0, symbol < 128, Self.symbols[Int(symbol)] != Self.foreign else {
                throw BrokenReply(byte: at, detail: "Data is not base64")
            }
            bits = bits << 6 | Self.symbols[Int(symbol)]
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

    private static let quadEnd: UInt64 = 1 << 24

    /// What stands in `symbols` for a byte that is none: no shift within a quad brings it below `quadEnd`.
    private static let foreign: UInt64 = 1 << 40

    /// The six bits of each symbol of the standard alphabet.
    private static let symbols: [UInt64] = {
        var symbols = [UInt64](repeating: foreign, count: 256)
        let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        for (value, symbol) in alphabet.utf8.enumerated() { symbols[Int(symbol)] = UInt64(value) }
        return symbols
    }()
}
