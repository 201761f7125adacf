internal import Core

/// The body of a GetRecords reply as AWS writes it, with random bytes for payloads: they are compressed, so that is
/// what they look like.
struct PageBody {
    static let usualRecords = 1000
    /// 3.7 KB of payload are 5 KB of base64.
    private static let payloadBytes = 3700

    let bytes: [UInt8]
    let payloadBytes: Int

    /// - Parameter isEmpty: Whether the records have no payload, which shows what everything else in the body costs.
    static func json(records: Int, isEmpty: Bool) -> PageBody {
        var random = SplitMix64(seed: 21)
        let time = LogTime(milliseconds: LogTime.usualStart)
        let payloadBytes = isEmpty ? 0 : Self.payloadBytes
        var body = Array(#"{"MillisBehindLatest":2000,"NextShardIterator":""#.utf8)
        body += Array(random.text(of: Alphabet.base64, count: 312).utf8)
        body += Array(#"==","Records":["#.utf8)
        for index in 0..<records {
            let payload = (0..<payloadBytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let arrival = "\(time.seconds + index / 100).\(LogTime.padded(random.below(1000), 3))"
            body += Array((index == 0 ? "" : ",").utf8)
            body += Array(#"{"ApproximateArrivalTimestamp":\#(arrival),"Data":""#.utf8)
            payload.withUnsafeBytes { Base64.encode($0, to: &body) }
            body += Array(#"","PartitionKey":"\#(random.hex(32))","SequenceNumber":""#.utf8)
            body += Array("49546986683135544286507457936321625675700192471156785154\(LogTime.padded(index, 6))".utf8)
            body += Array(#""}"#.utf8)
        }
        return PageBody(bytes: body + Array("]}".utf8), payloadBytes: records * payloadBytes)
    }

    /// The same page in CBOR, in which a payload is a byte string.
    static func cbor(records: Int, isEmpty: Bool) -> PageBody {
        var random = SplitMix64(seed: 21)
        let payloadBytes = isEmpty ? 0 : Self.payloadBytes
        var body = CBORText()
        body.head(.map, 3)
        body.text("MillisBehindLatest")
        body.head(.unsigned, 2000)
        body.text("NextShardIterator")
        body.text(random.text(of: Alphabet.base64, count: 312) + "==")
        body.text("Records")
        body.head(.array, records)
        for index in 0..<records {
            let payload = (0..<payloadBytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            body.head(.map, 4)
            body.text("ApproximateArrivalTimestamp")
            body.head(.tag, 1)
            body.head(.unsigned, LogTime.usualStart + index * 10)
            body.text("Data")
            body.head(.bytes, payload.count)
            body.bytes += payload
            body.text("PartitionKey")
            body.text(random.hex(32))
            body.text("SequenceNumber")
            body.text("49546986683135544286507457936321625675700192471156785154\(LogTime.padded(index, 6))")
        }
        return PageBody(bytes: body.bytes, payloadBytes: records * payloadBytes)
    }
}

/// As much of CBOR (RFC 8949) as a reply is written in.
private struct CBORText {
    enum Kind: UInt8 {
        case unsigned = 0x00
        case bytes = 0x40
        case text = 0x60
        case array = 0x80
        case map = 0xA0
        case tag = 0xC0
    }

    var bytes: [UInt8] = []

    /// A kind with its number: the value, or how many bytes or elements follow.
    mutating func head(_ kind: Kind, _ number: Int) {
        switch number {
        case ..<24: bytes.append(kind.rawValue | UInt8(number))
        case ..<0x100: bytes += [kind.rawValue | 24, UInt8(number)]
        case ..<0x1_0000: bytes += [kind.rawValue | 25, UInt8(number >> 8), UInt8(number & 0xFF)]
        default:
            bytes.append(kind.rawValue | 27)
            for shift in stride(from: 56, through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
    }

    mutating func text(_ text: String) {
        head(.text, text.utf8.count)
        bytes += text.utf8
    }
}
