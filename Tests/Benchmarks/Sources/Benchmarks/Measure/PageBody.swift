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
}
