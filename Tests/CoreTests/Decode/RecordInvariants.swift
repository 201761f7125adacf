import Core

/// What is true of every decoded record, whatever it was decoded from.
extension DecodedRecord {
    /// The most that a record may occupy: for its text, four times as much is what the densest one takes, in an index and a
    /// buffer that have grown further than they are filled; for a payload that does not tell the length of its text, the
    /// eightfold room that it is given; and a page or two for the smallest.
    private func memoryBytesMax(payloadBytes: Int) -> Int { 8 * text.bytes.count + 10 * payloadBytes + 16 << 10 }

    /// What is not true of this one, decoded from a payload of so many bytes; `nil` when all is.
    func brokenInvariant(payloadBytes: Int) -> String? {
        var next = 0
        for message in messages {
            guard message.events.lowerBound == next else {
                return "message's events begin at \(message.events.lowerBound)"
            }
            next = message.events.upperBound
            if let broken = text.broken(message) { return broken }
        }
        guard next == events.count else { return "\(events.count) events, of which the messages have \(next)" }
        for event in events {
            if let broken = text.broken(event) { return broken }
        }
        guard memoryBytes >= text.bytes.count else { return "occupies \(memoryBytes) bytes, less than its text" }
        guard memoryBytes <= memoryBytesMax(payloadBytes: payloadBytes) else {
            return "occupies \(memoryBytes) bytes for a text of \(text.bytes.count) from a payload of \(payloadBytes)"
        }
        return nil
    }
}

extension TextBuffer {
    fileprivate func broken(_ message: SubscriptionMessage) -> String? {
        let names = [
            (message.owner, message.origin.owner), (message.logGroup, message.origin.logGroup),
            (message.logStream, message.origin.logStream),
        ]
        for (range, name) in names {
            guard isBetweenQuotes(range) else { return "a name at \(range) is not between quotes" }
            guard unescaped(range).map({ $0.utf8.elementsEqual(name.utf8) }) == true else {
                return "a name is not its text"
            }
        }
        guard let filters = message.subscriptionFilters else { return nil }
        return isBetween(filters, "[", "]") ? nil : "the filters at \(filters) are not between brackets"
    }

    fileprivate func broken(_ event: LogEvent) -> String? {
        guard isBetweenQuotes(event.message) else { return "a message at \(event.message) is not between quotes" }
        guard unescaped(event.message)?.utf8.count == event.messageBytes else {
            return "a message at \(event.message) does not come to \(event.messageBytes) bytes"
        }
        guard event.timestamp.milliseconds >= 0 else { return "a timestamp of \(event.timestamp.milliseconds)" }
        if let id = event.id, !isBetweenQuotes(id), !isInteger(id) {
            return "an id at \(id) is neither string nor integer"
        }
        guard let fields = event.extractedFields else { return nil }
        return isBetween(fields, "{", "}") ? nil : "the fields at \(fields) are not between braces"
    }

    private func isWithin(_ range: Range<Int>) -> Bool { range.lowerBound >= 0 && range.upperBound <= bytes.count }

    private func isBetweenQuotes(_ range: ByteRange) -> Bool {
        let around = range.range.lowerBound - 1..<range.range.upperBound + 1
        guard isWithin(around) else { return false }
        return bytes[around.lowerBound] == UInt8(ascii: "\"") && bytes[around.upperBound - 1] == UInt8(ascii: "\"")
    }

    private func isBetween(_ range: ByteRange, _ first: Unicode.Scalar, _ last: Unicode.Scalar) -> Bool {
        guard isWithin(range.range), range.count >= 2 else { return false }
        return self[range].first == UInt8(ascii: first) && self[range].last == UInt8(ascii: last)
    }

    private func isInteger(_ range: ByteRange) -> Bool {
        guard isWithin(range.range), range.count > 0 else { return false }
        let digits = self[range].first == UInt8(ascii: "-") ? self[range].dropFirst() : self[range][...]
        return !digits.isEmpty && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
