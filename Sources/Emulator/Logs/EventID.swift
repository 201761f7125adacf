import FilterPatterns

/// A log event's id: `timestamp << 144 | ingestion << 80 | request << 16 | index`, written as 56 decimal digits.
///
/// Nobody may rely on what is in it; that it grows with the timestamp is what our own paging uses.
struct EventID: Hashable, Sendable {
    static let digitsCount = 56

    /// The number's 192 bits, the highest 64 first.
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt64

    /// `timestamp` must fit 48 bits, which lasts for another 8,000 years.
    init(timestamp: Int64, ingestion: Int64, request: UInt64, index: Int) {
        let (timestamp, ingestion) = (UInt64(max(timestamp, 0)), UInt64(max(ingestion, 0)))
        high = timestamp << 16 | ingestion >> 48
        middle = ingestion << 16 | request >> 48
        low = request << 16 | UInt64(truncatingIfNeeded: index) & 0xffff
    }

    /// `nil` unless these are 56 digits.
    init?(digits: some Collection<UInt8>) {
        guard digits.count == Self.digitsCount, digits.allSatisfy(\.isDigit) else { return nil }
        var (high, middle, low): (UInt64, UInt64, UInt64) = (0, 0, 0)
        for digit in digits {
            var carry = UInt64(digit - UInt8(ascii: "0"))
            (low, carry) = Self.tenfold(low, plus: carry)
            (middle, carry) = Self.tenfold(middle, plus: carry)
            (high, carry) = Self.tenfold(high, plus: carry)
        }
        (self.high, self.middle, self.low) = (high, middle, low)
    }

    /// Before all events.
    static let zero = EventID(timestamp: 0, ingestion: 0, request: 0, index: 0)

    func append(to bytes: inout [UInt8]) {
        // 56 digits are three groups: 18, 19 and 19.
        let tenTo19: UInt64 = 10_000_000_000_000_000_000
        func divided(_ high: UInt64, _ middle: UInt64, _ low: UInt64) -> (UInt64, UInt64, UInt64, rest: UInt64) {
            let first = high.quotientAndRemainder(dividingBy: tenTo19)
            let second = tenTo19.dividingFullWidth((first.remainder, middle))
            let third = tenTo19.dividingFullWidth((second.remainder, low))
            return (first.quotient, second.quotient, third.quotient, third.remainder)
        }
        let lowest = divided(high, middle, low)
        let next = divided(lowest.0, lowest.1, lowest.2)
        Decimal64.append(next.2, width: Self.digitsCount - 38, to: &bytes)
        Decimal64.append(next.rest, width: 19, to: &bytes)
        Decimal64.append(lowest.rest, width: 19, to: &bytes)
    }

    var digits: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func tenfold(_ value: UInt64, plus carry: UInt64) -> (UInt64, UInt64) {
        let product = value.multipliedFullWidth(by: 10)
        let (sum, overflows) = product.low.addingReportingOverflow(carry)
        return (sum, product.high + (overflows ? 1 : 0))
    }
}

extension EventID: Comparable {
    static func < (left: EventID, right: EventID) -> Bool {
        (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
    }
}
