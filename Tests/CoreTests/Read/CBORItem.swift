/// CBOR for tests, written by hand: https://www.rfc-editor.org/rfc/rfc8949.html
indirect enum CBORItem: Sendable {
    case integer(Int64)
    case double(Double)
    case float(Float)
    case bytes([UInt8])
    case text(String)
    case array([CBORItem])
    case map([(String, CBORItem)])
    case tagged(UInt64, CBORItem)
    /// Any bytes.
    case raw([UInt8])

    static let null = CBORItem.raw([0xF6])

    enum Lengths: CaseIterable { case definite, indefinite }

    /// With `lengths` indefinite, strings come in chunks of at most 3 bytes.
    func encoded(_ lengths: Lengths = .definite) -> [UInt8] {
        switch self {
        case .integer(let value) where value < 0: Self.head(1, UInt64(-1 - value))
        case .integer(let value): Self.head(0, UInt64(value))
        case .double(let value): [0xFB] + Self.big(value.bitPattern, bytes: 8)
        case .float(let value): [0xFA] + Self.big(UInt64(value.bitPattern), bytes: 4)
        case .bytes(let bytes): Self.string(2, bytes, lengths)
        case .text(let text): Self.string(3, Array(text.utf8), lengths)
        case .array(let items): Self.many(4, items.count, items.flatMap { $0.encoded(lengths) }, lengths)
        case .map(let members):
            Self.many(
                5, members.count, members.flatMap { Self.text($0.0).encoded(lengths) + $0.1.encoded(lengths) }, lengths)
        case .tagged(let tag, let item): Self.head(6, tag) + item.encoded(lengths)
        case .raw(let bytes): bytes
        }
    }

    private static func string(_ major: UInt8, _ bytes: [UInt8], _ lengths: Lengths) -> [UInt8] {
        switch lengths {
        case .definite: return head(major, UInt64(bytes.count)) + bytes
        case .indefinite:
            let chunks = stride(from: 0, to: bytes.count, by: 3).map { Array(bytes[$0..<min($0 + 3, bytes.count)]) }
            return [major << 5 | 31] + chunks.flatMap { head(major, UInt64($0.count)) + $0 } + [0xFF]
        }
    }

    private static func many(_ major: UInt8, _ count: Int, _ content: [UInt8], _ lengths: Lengths) -> [UInt8] {
        switch lengths {
        case .definite: head(major, UInt64(count)) + content
        case .indefinite: [major << 5 | 31] + content + [0xFF]
        }
    }

    static func head(_ major: UInt8, _ argument: UInt64) -> [UInt8] {
        switch argument {
        case 0..<24: [major << 5 | UInt8(argument)]
        case 24...0xFF: [major << 5 | 24] + big(argument, bytes: 1)
        case 0x100...0xFFFF: [major << 5 | 25] + big(argument, bytes: 2)
        case 0x1_0000...0xFFFF_FFFF: [major << 5 | 26] + big(argument, bytes: 4)
        default: [major << 5 | 27] + big(argument, bytes: 8)
        }
    }

    private static func big(_ value: UInt64, bytes: Int) -> [UInt8] {
        (0..<bytes).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
}

extension [UInt8] {
    /// `"83 01 02 03"`, blanks wherever one likes.
    init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        precondition(digits.count.isMultiple(of: 2), "half a byte in \(hex)")
        self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
