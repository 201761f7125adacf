/// A JSON number, kept decimal so that no digit is lost to binary fractions.
struct ReplyNumber {
    private(set) var isNegative = false
    /// The significant digits, at most 18 of them.
    private(set) var digits: UInt64 = 0
    /// The number is `digits` times ten to this power.
    private(set) var exponent = 0

    private static let digitsMax: UInt64 = 1_000_000_000_000_000_000
    /// Beyond this every power is out of range or zero, and sums of exponents stay far from overflow.
    private static let exponentMax = 100_000

    /// The number times ten to `power`, rounded to the nearest integer; `nil` when that does not fit.
    func scaled(byPowerOfTen power: Int) -> Int64? {
        var value = digits
        var steps = exponent + power
        while steps > 0, value != 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = product
            steps -= 1
        }
        while steps < -1, value != 0 {
            value /= 10
            steps += 1
        }
        if steps == -1 { value = (value + 5) / 10 }
        guard let magnitude = Int64(exactly: value) else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    mutating func negate() { isNegative = true }

    /// Digits past the eighteenth only move the point: they are finer than anything asked for.
    mutating func append(digit: UInt8, isFraction: Bool) {
        guard digits < Self.digitsMax / 10 else {
            if !isFraction { exponent = min(exponent + 1, Self.exponentMax) }
            return
        }
        digits = digits * 10 + UInt64(digit)
        if isFraction { exponent -= 1 }
    }

    mutating func shift(by power: Int) { exponent += power }

    static func clamped(_ power: Int) -> Int { min(power, exponentMax) }
}

extension ReplyCursor {
    mutating func takeNumber() throws(BrokenReply) -> ReplyNumber {
        var number = ReplyNumber()
        if try takes(UInt8(ascii: "-")) { number.negate() }
        if position < end, base[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try takeDigits { number.append(digit: $0, isFraction: false) }
        }
        if position < end, base[position] == UInt8(ascii: ".") {
            position += 1
            try takeDigits { number.append(digit: $0, isFraction: true) }
        }
        if position < end, base[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            number.shift(by: try takeExponent())
        }
        return number
    }

    private mutating func takeExponent() throws(BrokenReply) -> Int {
        var isNegative = false
        if position < end, base[position] == UInt8(ascii: "-") || base[position] == UInt8(ascii: "+") {
            isNegative = base[position] == UInt8(ascii: "-")
            position += 1
        }
        var power = 0
        try takeDigits { power = ReplyNumber.clamped(power * 10 + Int($0)) }
        return isNegative ? -power : power
    }

    /// Takes one digit or more.
    private mutating func takeDigits(_ digit: (UInt8) -> Void) throws(BrokenReply) {
        let start = position
        while position < end, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(base[position]) {
            digit(base[position] - UInt8(ascii: "0"))
            position += 1
        }
        guard position > start else { throw position < end ? broken("expected a value") : broken("ends early") }
    }
}
