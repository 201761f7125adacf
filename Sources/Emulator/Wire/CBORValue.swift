/// One CBOR data item, read whole. For requests, which are small or at least not many.
///
/// https://www.rfc-editor.org/rfc/rfc8949.html
indirect enum CBORValue: Sendable {
    case integer(Int64)
    case float(Double)
    case bytes([UInt8])
    case text(String)
    case array([CBORValue])
    case map([(name: String, value: CBORValue)])
    case tagged(UInt64, CBORValue)
    case boolean(Bool)
    /// Null, and undefined.
    case null
}

/// Why bytes are not one CBOR item that the emulator takes, and where.
struct CBORFault: Error, Hashable, Sendable {
    let byte: Int
    let expected: String
}

extension CBORValue {
    init(_ bytes: [UInt8]) throws(CBORFault) {
        var reader = CBORReader(bytes)
        self = try reader.item(depth: 0)
        try reader.end()
    }
}

/// Reads items one after the other. Text must be UTF-8, names must be texts, integers must fit 64 bits.
private struct CBORReader {
    private let bytes: [UInt8]
    private var at = 0

    /// Requests of Kinesis nest three deep.
    private static let depthMax = 32

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    func end() throws(CBORFault) {
        guard at == bytes.count else { throw fault("nothing more") }
    }

    mutating func item(depth: Int) throws(CBORFault) -> CBORValue {
        guard depth < Self.depthMax else { throw fault("less nesting") }
        let initial = try byte()
        let (major, info) = (initial >> 5, initial & 31)
        if info == 31 { return try indefinite(major, depth) }
        if major == 7 { return try simple(info) }
        let argument = try argument(info)
        switch major {
        case 0: return .integer(try small(argument))
        case 1: return .integer(-1 - (try small(argument)))
        case 2: return .bytes(Array(try take(argument)))
        case 3: return .text(try text(try take(argument)))
        case 4:
            var items: [CBORValue] = []
            for _ in 0..<argument { items.append(try item(depth: depth + 1)) }
            return .array(items)
        case 5:
            var members: [(String, CBORValue)] = []
            for _ in 0..<argument { members.append(try member(depth)) }
            return .map(members)
        default: return .tagged(argument, try item(depth: depth + 1))
        }
    }

    private mutating func indefinite(_ major: UInt8, _ depth: Int) throws(CBORFault) -> CBORValue {
        switch major {
        case 2: return .bytes(try chunks(major))
        case 3: return .text(try text(try chunks(major)[...]))
        case 4:
            var items: [CBORValue] = []
            while try !isBreak() { items.append(try item(depth: depth + 1)) }
            return .array(items)
        case 5:
            var members: [(String, CBORValue)] = []
            while try !isBreak() { members.append(try member(depth)) }
            return .map(members)
        default: throw fault("an item")
        }
    }

    private mutating func member(_ depth: Int) throws(CBORFault) -> (name: String, value: CBORValue) {
        guard case .text(let name) = try item(depth: depth + 1) else { throw fault("a name") }
        return (name, try item(depth: depth + 1))
    }

    private mutating func chunks(_ major: UInt8) throws(CBORFault) -> [UInt8] {
        var whole: [UInt8] = []
        while try !isBreak() {
            let initial = try byte()
            guard initial >> 5 == major, initial & 31 < 28 else { throw fault("a chunk") }
            whole += try take(try argument(initial & 31))
        }
        return whole
    }

    private mutating func simple(_ info: UInt8) throws(CBORFault) -> CBORValue {
        switch info {
        case 20: return .boolean(false)
        case 21: return .boolean(true)
        case 22, 23: return .null
        case 26: return .float(Double(Float(bitPattern: UInt32(try argument(info)))))
        case 27: return .float(Double(bitPattern: try argument(info)))
        default: throw fault("a value that requests have")
        }
    }

    /// Whether the break comes next, which is then taken.
    private mutating func isBreak() throws(CBORFault) -> Bool {
        guard at < bytes.count else { throw fault("a break") }
        guard bytes[at] == 0xFF else { return false }
        at += 1
        return true
    }

    private mutating func byte() throws(CBORFault) -> UInt8 {
        guard at < bytes.count else { throw fault("more") }
        at += 1
        return bytes[at - 1]
    }

    private mutating func argument(_ info: UInt8) throws(CBORFault) -> UInt64 {
        guard info >= 24 else { return UInt64(info) }
        guard info < 28 else { throw fault("a length") }
        return try take(1 << UInt64(info - 24)).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func take(_ count: UInt64) throws(CBORFault) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - at) else { throw fault("\(count) bytes") }
        at += Int(count)
        return bytes[at - Int(count)..<at]
    }

    private func text(_ bytes: ArraySlice<UInt8>) throws(CBORFault) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fault("UTF-8") }
        return text
    }

    private func small(_ argument: UInt64) throws(CBORFault) -> Int64 {
        guard let value = Int64(exactly: argument) else { throw fault("an integer of 64 bits") }
        return value
    }

    private func fault(_ expected: String) -> CBORFault { CBORFault(byte: at, expected: expected) }
}
