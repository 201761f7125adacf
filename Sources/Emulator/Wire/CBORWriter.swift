/// Writes CBOR by appending bytes: maps and arrays with indefinite lengths, as AWS writes them.
struct CBORWriter {
    private(set) var bytes: [UInt8] = []

    mutating func map(_ members: (inout CBORWriter) -> Void) {
        openMap()
        members(&self)
        close()
    }

    mutating func array(_ elements: (inout CBORWriter) -> Void) {
        openArray()
        elements(&self)
        close()
    }

    mutating func openMap() { bytes.append(0xBF) }
    mutating func openArray() { bytes.append(0x9F) }
    /// Ends what was opened last.
    mutating func close() { bytes.append(0xFF) }

    mutating func text(_ text: String) {
        head(major: 3, UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func blob(_ blob: [UInt8]) {
        head(major: 2, UInt64(blob.count))
        bytes.append(contentsOf: blob)
    }

    mutating func integer(_ value: Int64) {
        head(major: value < 0 ? 1 : 0, value < 0 ? UInt64(-1 - value) : UInt64(value))
    }

    mutating func float(_ value: Double) {
        bytes.append(0xFB)
        bigEndian(value.bitPattern, bytes: 8)
    }

    mutating func boolean(_ value: Bool) { bytes.append(value ? 0xF5 : 0xF4) }
    mutating func null() { bytes.append(0xF6) }

    /// An item that is CBOR already.
    mutating func encoded(_ item: [UInt8]) { bytes.append(contentsOf: item) }

    /// A moment in milliseconds since 1970, as AWS has it: under tag 1, which stands for seconds everywhere else.
    mutating func moment(_ milliseconds: Int64) {
        head(major: 6, 1)
        integer(milliseconds)
    }

    private mutating func head(major: UInt8, _ argument: UInt64) {
        let first = major << 5
        switch argument {
        case 0..<24: bytes.append(first | UInt8(argument))
        case 24..<1 << 8:
            bytes.append(first | 24)
            bigEndian(argument, bytes: 1)
        case 1 << 8..<1 << 16:
            bytes.append(first | 25)
            bigEndian(argument, bytes: 2)
        case 1 << 16..<1 << 32:
            bytes.append(first | 26)
            bigEndian(argument, bytes: 4)
        default:
            bytes.append(first | 27)
            bigEndian(argument, bytes: 8)
        }
    }

    private mutating func bigEndian(_ value: UInt64, bytes count: UInt64) {
        for place in (0..<count).reversed() { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * place))) }
    }
}
