/// What an element of `logEvents` turned out to be.
enum EventOutcome {
    case event(LogEvent)
    case fault(MessageFault.EventFault)
}

extension JSONCursor {
    /// Objects and arrays around an event's members: the document, `logEvents` and the event.
    private static let memberDepth = 3

    /// Passes an element of `logEvents`.
    mutating func event() throws(JSONFault) -> EventOutcome {
        guard byte == UInt8(ascii: "{") else {
            try skipValue(depth: 2)
            return .fault(.notAnObject)
        }
        var members = EventMembers()
        at += 1
        var isFirst = true
        while let name = try nextMember(isFirst: isFirst) {
            isFirst = false
            if equals(name, "message") {
                members.message = try stringOrNothing(depth: Self.memberDepth)
            } else if equals(name, "timestamp") {
                members.timestamp = try timestamp()
            } else if equals(name, "id") {
                try id(&members)
            } else if equals(name, "extractedFields") {
                try extractedFields(&members)
            } else {
                try skipValue(depth: Self.memberDepth)
            }
        }
        return members.outcome
    }

    /// Passes any value that stands in `depth` objects and arrays; returns it when it is a string.
    @inline(__always)
    mutating func stringOrNothing(depth: Int) throws(JSONFault) -> JSONString? {
        if byte == UInt8(ascii: "\"") { return try string() }
        try skipValue(depth: depth)
        return nil
    }

    private mutating func id(_ members: inout EventMembers) throws(JSONFault) {
        switch byte {
        case UInt8(ascii: "\""):
            members.id = try string().range
            members.isIDWrong = false
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let number = try number()
            members.id = number.range
            members.isIDWrong = !number.isInteger
        default:
            try skipValue(depth: Self.memberDepth)
            members.isIDWrong = true
        }
    }

    private mutating func extractedFields(_ members: inout EventMembers) throws(JSONFault) {
        let start = at
        members.areFieldsWrong = byte != UInt8(ascii: "{")
        try skipValue(depth: Self.memberDepth)
        members.extractedFields = ByteRange(start: start, count: at - start)
    }

    /// Passes any value; returns it when it is a timestamp: an integer, or a string of digits as old producers wrote.
    private mutating func timestamp() throws(JSONFault) -> Instant? {
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

/// An event's members while they come by; the last of each name stands.
private struct EventMembers {
    /// `nil` while absent and when its last value was no string.
    var message: JSONString?
    /// `nil` while absent and when its last value was no timestamp.
    var timestamp: Instant?
    var id: ByteRange?
    var isIDWrong = false
    var extractedFields: ByteRange?
    var areFieldsWrong = false

    var outcome: EventOutcome {
        guard let message else { return .fault(.message) }
        guard let timestamp else { return .fault(.timestamp) }
        guard !isIDWrong else { return .fault(.id) }
        guard !areFieldsWrong else { return .fault(.extractedFields) }
        return .event(
            LogEvent(
                timestamp: timestamp, id: id, message: message.range, messageBytes: message.unescapedBytes,
                extractedFields: extractedFields))
    }
}
