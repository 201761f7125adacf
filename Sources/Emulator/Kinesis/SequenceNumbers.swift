/// The sequence numbers of one shard: 56 digits, larger for each record than for the one before.
///
/// `49`, 13 digits of when the shard was made (ms), 20 of a count that grows by 16 and a bit per record, 10 of the
/// shard's number, 11 that never change. So a child's numbers are larger than its parents', numbers have gaps as
/// AWS's have, and a record is found from its number without a search.
struct SequenceNumbers: Hashable, Sendable {
    static let digitCount = 56
    private static let tail = "00000000002"
    private static let shardDigitCount = 10

    /// Milliseconds since 1970.
    let shardMade: Int64
    let shardNumber: Int

    /// Before the shard's first record.
    var starting: String { text(count: 0) }

    /// After the last of `recordCount` records.
    func ending(recordCount: Int) -> String { text(count: UInt64(recordCount) * 16 | 15) }

    func number(ofRecord index: Int) -> String { text(count: Self.count(ofRecord: index)) }

    /// The index of the first record whose number is `digits` or larger; with `after`, larger only. The answer may be
    /// one past the records there are. `nil` when the number is not of this shard.
    func index(of digits: String, after: Bool) -> Int? {
        guard let count = count(in: digits) else { return nil }
        guard count >= 16 else { return 0 }
        let index = Int(count / 16) - 1
        let own = Self.count(ofRecord: index)
        return own > count || (own == count && !after) ? index : index + 1
    }

    /// Whether `digits` could be of this shard, given to a record or not.
    func isOwn(_ digits: String) -> Bool { count(in: digits) != nil }

    /// The number of the shard that `digits` come from; `nil` when they are not formed as this type forms them.
    static func shardNumber(in digits: String) -> Int? {
        guard digits.utf8.count == digitCount, digits.hasPrefix("49"), digits.hasSuffix(tail) else { return nil }
        return Int(digits.dropLast(tail.utf8.count).suffix(shardDigitCount))
    }

    private func count(in digits: String) -> UInt64? {
        guard digits.utf8.count == Self.digitCount, digits.hasPrefix(prefix), digits.hasSuffix(suffix) else {
            return nil
        }
        return UInt64(digits.dropFirst(prefix.utf8.count).dropLast(suffix.utf8.count))
    }

    private static func count(ofRecord index: Int) -> UInt64 {
        let scattered = UInt64(truncatingIfNeeded: index) &* 0x9E37_79B9_7F4A_7C15 >> 60
        // 15 is left for the end of a shard.
        return UInt64(index + 1) * 16 + min(scattered, 14)
    }

    private func text(count: UInt64) -> String { prefix + Self.padded(count, 20) + suffix }

    private var prefix: String { "49" + Self.padded(UInt64(max(0, shardMade)), 13) }
    private var suffix: String { Self.padded(UInt64(shardNumber), Self.shardDigitCount) + Self.tail }

    private static func padded(_ value: UInt64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
