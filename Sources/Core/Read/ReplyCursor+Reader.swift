extension ReplyCursor: ReplyReader {
    mutating func takePayload() throws(BrokenReply) -> Range<Int> { try takeBase64() }

    /// Seconds since 1970, with a fraction in one notation or another, to the nearest millisecond.
    mutating func takeInstant() throws(BrokenReply) -> Instant? {
        try takeNumber().scaled(byPowerOfTen: 3).map(Instant.init)
    }

    mutating func takeInteger() throws(BrokenReply) -> Int64? { try takeNumber().scaled(byPowerOfTen: 0) }
}
