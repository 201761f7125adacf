extension CBORCursor {
    enum Number {
        case integer(Int64)
        case float(Double)
        /// An integer that `Int64` does not hold.
        case tooLarge
    }

    /// What a head says when it is a number; `nil` otherwise.
    func number(_ head: Head) -> Number? {
        guard let argument = head.argument else { return nil }
        switch (head.kind, head.info) {
        case (.unsigned, _): return Int64(exactly: argument).map(Number.integer) ?? .tooLarge
        case (.negative, _): return Int64(exactly: argument).map { .integer(-1 - $0) } ?? .tooLarge
        case (.simple, 25): return .float(Self.half(UInt16(truncatingIfNeeded: argument)))
        case (.simple, 26): return .float(Double(Float(bitPattern: UInt32(truncatingIfNeeded: argument))))
        case (.simple, 27): return .float(Double(bitPattern: argument))
        case (.bytes, _), (.text, _), (.array, _), (.map, _), (.tag, _), (.simple, _): return nil
        }
    }

    /// An IEEE 754 half. Not every machine that Swift knows has `Float16`.
    private static func half(_ bits: UInt16) -> Double {
        let fraction = Double(bits & 0x3FF)
        let magnitude =
            switch bits >> 10 & 0x1F {
            case 0: fraction * 0x1p-24
            case 31: fraction == 0 ? Double.infinity : .nan
            case let exponent: (1024 + fraction) * Double(sign: .plus, exponent: Int(exponent) - 25, significand: 1)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }

    /// Kinesis writes a moment as tag 1 over whole **milliseconds** since 1970, where RFC 8949 has seconds. The rule:
    ///
    /// - an integer is milliseconds, whatever its size: that is how AWS writes, and nothing of it is guessed;
    /// - a float is seconds, as RFC 8949 says, unless it is so large that only milliseconds make sense
    ///   (`floatSecondsEnd`): some servers write AWS's milliseconds as floats;
    /// - the tag may be missing; any other tag makes it something else than a moment.
    ///
    /// https://www.rfc-editor.org/rfc/rfc8949.html#section-3.4.2, https://github.com/aws/aws-sdk-java-v2/issues/4661
    mutating func takeInstant() throws(BrokenReply) -> Instant? {
        let start = position
        let (tag, head) = try takeTaggedHead()
        guard tag == nil || tag == 1, let number = number(head) else {
            throw BrokenReply(byte: start, detail: "expected a moment")
        }
        switch number {
        case .integer(let milliseconds): return Instant(milliseconds: milliseconds)
        case .float(let value):
            let milliseconds = value.magnitude < Self.floatSecondsEnd ? value * 1000 : value
            return Int64(exactly: milliseconds.rounded()).map(Instant.init)
        case .tooLarge: return nil
        }
    }

    /// As seconds the year 5138, as milliseconds 1973: no record arrived in either.
    private static let floatSecondsEnd = 1e11

    mutating func takeInteger() throws(BrokenReply) -> Int64? {
        let start = position
        guard let number = number(try takeTaggedHead().head) else {
            throw BrokenReply(byte: start, detail: "expected a number")
        }
        switch number {
        case .integer(let value): return value
        case .float(let value): return Int64(exactly: value.rounded())
        case .tooLarge: return nil
        }
    }
}
