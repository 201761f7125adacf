/// Writes the small CBOR of requests: a map of texts and whole numbers (RFC 8949, definite lengths).
struct WireCBOR: Sendable {
    private(set) var bytes: [UInt8]

    init(members: Int) {
        bytes = []
        append(major: 5, UInt64(members))
    }

    mutating func member(_ name: String, _ text: String) {
        append(name)
        append(text)
    }

    mutating func member(_ name: String, _ number: Int) {
        append(name)
        append(major: number < 0 ? 1 : 0, number < 0 ? UInt64(-1 - number) : UInt64(number))
    }

    private mutating func append(_ text: String) {
        append(major: 3, UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    /// An item's head in its shortest form. https://www.rfc-editor.org/rfc/rfc8949.html#section-3
    private mutating func append(major: UInt8, _ argument: UInt64) {
        let width: Int
        switch argument {
        case 0..<24: return bytes.append(major << 5 | UInt8(argument))
        case ...0xFF: width = 0
        case ...0xFFFF: width = 1
        case ...0xFFFF_FFFF: width = 2
        default: width = 3
        }
        bytes.append(major << 5 | UInt8(24 + width))
        for byte in (0..<1 << width).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: argument >> (8 * UInt64(byte))))
        }
    }
}
