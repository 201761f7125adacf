extension JSONCursor {
    /// Objects and arrays around an event's members: the document, `logEvents` and the event.
    private static let memberDepth = 3

    /// Passes an element of `logEvents` and appends it to `events`. Returns why it is none, if it is none.
    mutating func event(to events: inout EventDraft) throws(JSONFault) -> MessageFault.EventFault? {
        guard byte == UInt8(ascii: "{") else {
            try skipValue(depth: 2)
            return .notAnObject
        }
        var members = EventMembers()
        at += 1
        var isFirst = true
        while let member = try nextEventMember(isFirst: isFirst) {
            isFirst = false
            switch member {
            case .message: members.message = try stringOrNothing(depth: Self.memberDepth)
            case .timestamp: members.timestamp = try timestamp()
            case .id: members.id = try id()
            case .extractedFields: members.extractedFields = try extractedFields()
            case .other: try skipValue(depth: Self.memberDepth)
            }
        }
        return members.append(to: &events)
    }

    private enum EventMember {
        case message, timestamp, id, extractedFields, other
    }

    /// Steps to an event's next member as `nextMember` does.
    ///
    /// The names are first looked for as AWS writes them, without white space or escapes.
    @inline(__always)
    private mutating func nextEventMember(isFirst: Bool) throws(JSONFault) -> EventMember? {
        if isFirst || byte == UInt8(ascii: ",") {
            let name = isFirst ? at : at + 1
            if stands(#""message":"#, at: name) { return passed(.message, to: name + 10) }
            if stands(#""timestamp":"#, at: name) { return passed(.timestamp, to: name + 12) }
            if stands(#""id":"#, at: name) { return passed(.id, to: name + 5) }
        }
        guard let name = try nextMember(isFirst: isFirst) else { return nil }
        if equals(name, "message") { return .message }
        if equals(name, "timestamp") { return .timestamp }
        if equals(name, "id") { return .id }
        if equals(name, "extractedFields") { return .extractedFields }
        return .other
    }

    @inline(__always)
    private mutating func passed(_ member: EventMember, to end: Int) -> EventMember {
        at = end
        skipSpace()
        return member
    }

    /// Passes any value that stands in `depth` objects and arrays; returns it when it is a string.
    @inline(__always)
    mutating func stringOrNothing(depth: Int) throws(JSONFault) -> JSONString? {
        if byte == UInt8(ascii: "\"") { return try string() }
        try skipValue(depth: depth)
        return nil
    }

    /// Passes any value; returns it when it is an id: a string or an integer.
    @inline(__always)
    private mutating func id() throws(JSONFault) -> ByteRange? {
        if byte == UInt8(ascii: "\"") { return try string().range }
        return try integerID()
    }

    private mutating func integerID() throws(JSONFault) -> ByteRange? {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try number()
            return number.isInteger ? number.range : nil
        default:
            try skipValue(depth: Self.memberDepth)
            return nil
        }
    }

    /// Passes any value; returns it when it is an object.
    private mutating func extractedFields() throws(JSONFault) -> ByteRange? {
        let (start, isObject) = (at, byte == UInt8(ascii: "{"))
        try skipValue(depth: Self.memberDepth)
        return isObject ? ByteRange(start: start, count: at - start) : nil
    }

    /// Passes any value; returns it when it is a timestamp: an integer, or a string of digits as old producers wrote.
    private mutating func timestamp() throws(JSONFault) -> Instant? {
        if let instant = plainTimestamp() { return instant }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            let number = try number()
            guard number.isInteger else { return nil }
            let isNegative = base[number.start] == UInt8(ascii: "-")
            let digits = UnsafeRawBufferPointer(start: base + number.start, count: number.count)
            let instant = Instant(digits: isNegative ? digits.dropFirst() : digits[...])
            return isNegative && instant?.milliseconds != 0 ? nil : instant
        case UInt8(ascii: "\""):
            let string = try string()
            guard string.hasEscapes else { return Instant(digits: bytes(string)[...]) }
            return unescaped(string).withUnsafeBytes { Instant(digits: $0[...]) }
        default:
            try skipValue(depth: Self.memberDepth)
            return nil
        }
    }
}

extension JSONCursor {
    /// Passes a timestamp of thirteen digits, as all from 2001 to 2286 have, that a comma or brace follows at once.
    @inline(__always)
    private mutating func plainTimestamp() -> Instant? {
        let after = base[at + 13]
        guard after == UInt8(ascii: ",") || after == UInt8(ascii: "}"), byte != UInt8(ascii: "0"),
            let firstEight = eightDigits(at: at), let lastEight = eightDigits(at: at + 5)
        else { return nil }
        at += 13
        return Instant(milliseconds: Int64(firstEight / 1000 * 100_000_000 + lastEight))
    }

    @inline(__always)
    private func eightDigits(at place: Int) -> UInt64? {
        EightDigits.number(UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
    }
}

extension Instant {
    /// `nil` unless `digits` are at least one, all decimal, and no more than 2^63−1.
    fileprivate init?(digits: Slice<UnsafeRawBufferPointer>) {
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLargeToo) = tens.addingReportingOverflow(Int64(digit))
            guard !isTooLarge, !isTooLargeToo else { return nil }
            value = sum
        }
        self.init(milliseconds: value)
    }
}

/// An event's members while they come by; the last of each name stands. One whose last value was wrong is `nil`.
private struct EventMembers {
    var message: JSONString?
    var timestamp: Instant?
    /// May be absent.
    var id: ByteRange? = ByteRange.none
    /// May be absent.
    var extractedFields: ByteRange? = ByteRange.none

    @inline(__always)
    func append(to events: inout EventDraft) -> MessageFault.EventFault? {
        guard let message else { return .message }
        guard let timestamp else { return .timestamp }
        guard let id else { return .id }
        guard let extractedFields else { return .extractedFields }
        events.append(
            LogEvent(
                timestamp: timestamp, idOrNone: id, message: message.range,
                messageBytes: UInt32(truncatingIfNeeded: message.unescapedBytes), fieldsOrNone: extractedFields))
        return nil
    }
}
