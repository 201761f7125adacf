import Core

/// The sequence numbers of one shard, 56 digits as Kinesis's have: `49`, when the shard was made, a count that grows with
/// every record, the shard's number and a rest that never changes.
///
/// So a child's numbers are larger than its parents', and there are numbers between those of two records.
struct Sequences {
    /// Milliseconds since 1970.
    let made: Int
    let shard: Int

    /// Before the shard's first record.
    var starting: SequenceNumber { number(0) }

    func ofRecord(_ place: Int) -> SequenceNumber { number((place + 1) * 16 + place * 7 % 13) }

    /// After the last of so many records.
    func ending(after records: Int) -> SequenceNumber { number(records * 16 + 15) }

    private func number(_ count: Int) -> SequenceNumber {
        let digits = "49" + Self.padded(made, 13) + Self.padded(count, 20) + Self.padded(shard, 10) + "00000000002"
        guard let sequence = SequenceNumber(digits) else { preconditionFailure("\(digits) is no sequence number") }
        return sequence
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
