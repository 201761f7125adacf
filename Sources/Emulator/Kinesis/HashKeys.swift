/// The hash keys that belong to one shard, both ends included.
struct HashKeyRange: Hashable, Sendable {
    let first: UInt128
    let last: UInt128

    static let all = HashKeyRange(first: 0, last: .max)

    func contains(_ key: UInt128) -> Bool { first <= key && key <= last }

    /// Where the `index`-th of `count` equal ranges begins.
    static func start(ofPart index: Int, of count: Int) -> UInt128 {
        // 2^128 does not fit, so the quotient and the rest of (2^128 - 1) / count are spread instead.
        let (whole, rest) = UInt128.max.quotientAndRemainder(dividingBy: UInt128(count))
        // The last unit of 2^128 makes one more to spread.
        return whole * UInt128(index) + (rest + 1) * UInt128(index) / UInt128(count)
    }

    /// All hash keys in `count` ranges as equal as can be.
    static func parts(_ count: Int) -> [HashKeyRange] {
        (0..<count).map { index in
            let last = index == count - 1 ? UInt128.max : start(ofPart: index + 1, of: count) - 1
            return HashKeyRange(first: start(ofPart: index, of: count), last: last)
        }
    }
}

/// Which shard a record goes to.
enum HashKey {
    /// MD5 of the key's UTF-8, as a big-endian number.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecord.html
    static func of(partitionKey: String) -> UInt128 {
        MD5.digest(Array(partitionKey.utf8)).reduce(0) { $0 << 8 | UInt128($1) }
    }

    /// `nil` unless `digits` is `0` or a decimal number without leading zeros below 2^128.
    static func parse(_ digits: String) -> UInt128? {
        let bytes = digits.utf8
        guard bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        guard bytes.count == 1 || bytes.first != UInt8(ascii: "0") else { return nil }
        return UInt128(digits)
    }
}
