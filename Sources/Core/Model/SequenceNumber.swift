/// A record's place in its shard.
///
/// Decimal text that only Kinesis may create: we compare it and hand it back, and never count with it.
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html
package struct SequenceNumber: Hashable, Sendable {
    package let digits: String

    /// `nil` unless `digits` is `0` or 1 to 129 decimal digits without a leading zero.
    package init?(_ digits: String) {
        let bytes = digits.utf8
        guard (1...129).contains(bytes.count), bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        guard bytes.count == 1 || bytes.first != 0x30 else { return nil }  // no leading zeros, so text order works
        self.digits = digits
    }
}

extension SequenceNumber: Comparable {
    package static func < (left: SequenceNumber, right: SequenceNumber) -> Bool {
        let (leftCount, rightCount) = (left.digits.utf8.count, right.digits.utf8.count)
        return leftCount == rightCount ? left.digits < right.digits : leftCount < rightCount
    }
}

extension SequenceNumber: CustomStringConvertible {
    package var description: String { digits }
}
