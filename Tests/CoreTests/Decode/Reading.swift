import Core

/// What a record's text says, as plain values: to be compared, whoever read it.
struct Reading: Equatable {
    /// A string of the text.
    struct Text: Equatable {
        /// Where it stands, without its quotes.
        let range: Range<Int>
        /// What it stands for, in UTF-8; U+FFFD for a lone surrogate.
        let unescaped: [UInt8]
    }

    struct Event: Equatable {
        var timestamp: Int64
        var id: Text?
        var message: Text
        var messageBytes: Int
        /// With its braces.
        var extractedFields: Range<Int>?
    }

    struct Message: Equatable {
        var owner: Text
        var logGroup: Text
        var logStream: Text
        /// With its brackets.
        var subscriptionFilters: Range<Int>?
        var events: [Event]

        fileprivate var names: String {
            String(describing: (owner, logGroup, logStream, subscriptionFilters))
        }
    }

    var messages: [Message] = []
    var controlMessages = 0
}

/// What came of a payload.
enum Judgement: Equatable {
    case says(Reading)
    case refused(Undecodable.Reason)
    case needsMore
}

extension Judgement {
    init(_ outcome: DecodeOutcome) {
        switch outcome {
        case .decoded(let record): self = .says(Reading(record))
        case .undecodable(let undecodable): self = .refused(undecodable.reason)
        case .needsMore: self = .needsMore
        }
    }

    /// In what `other` differs, for a person; `nil` when it does not.
    func difference(to other: Judgement) -> String? {
        guard self != other else { return nil }
        guard case .says(let mine) = self, case .says(let others) = other else { return "\(short), not \(other.short)" }
        guard mine.messages.count == others.messages.count, mine.controlMessages == others.controlMessages else {
            return "\(short), not \(other.short)"
        }
        for (index, (mine, others)) in zip(mine.messages, others.messages).enumerated() where mine != others {
            guard mine.events.count == others.events.count else {
                return "message \(index): \(mine.events.count) events, not \(others.events.count)"
            }
            for (place, (mine, others)) in zip(mine.events, others.events).enumerated() where mine != others {
                return "message \(index), event \(place): \(mine), not \(others)"
            }
            return "message \(index): \(mine.names), not \(others.names)"
        }
        return "they differ"
    }

    private var short: String {
        switch self {
        case .says(let reading):
            "\(reading.messages.count) messages and \(reading.controlMessages) control messages"
        case .refused(let reason): reason.rawValue
        case .needsMore: "more is needed"
        }
    }
}

// MARK: - The decoder's reading

/// Asks nothing that a wrong range would end the program for: that is to be told like any other difference.
extension Reading {
    init(_ record: DecodedRecord) {
        controlMessages = record.controlMessages
        for message in record.messages {
            let isWithin = message.events.upperBound <= record.events.count
            messages.append(
                Message(
                    owner: Text(message.owner, means: message.origin.owner),
                    logGroup: Text(message.logGroup, means: message.origin.logGroup),
                    logStream: Text(message.logStream, means: message.origin.logStream),
                    subscriptionFilters: message.subscriptionFilters?.range,
                    events: isWithin ? record.events[message.events].map { Event($0, in: record.text) } : []))
        }
    }
}

extension Reading.Event {
    init(_ event: LogEvent, in text: TextBuffer) {
        self.init(
            timestamp: event.timestamp.milliseconds, id: event.id.map { Reading.Text($0, in: text) },
            message: Reading.Text(event.message, in: text), messageBytes: event.messageBytes,
            extractedFields: event.extractedFields?.range)
    }
}

extension Reading.Text {
    init(_ range: ByteRange, in text: TextBuffer) {
        self.init(range, means: text.unescaped(range) ?? "nothing, its escapes or its place are broken")
    }

    init(_ range: ByteRange, means string: String) {
        self.init(range: range.range, unescaped: Array(string.utf8))
    }
}

extension TextBuffer {
    /// What stands at `range` as the inside of a string; `nil` when the text ends before it or an escape is cut off.
    func unescaped(_ range: ByteRange) -> String? {
        guard range.range.upperBound <= bytes.count, Self.isWhole(self[range]) else { return nil }
        return JSONUnescape.string(self[range])
    }

    private static func isWhole(_ escaped: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        while at < escaped.count {
            guard escaped[at] == UInt8(ascii: "\\") else {
                at += 1
                continue
            }
            guard at + 1 < escaped.count else { return false }
            at += escaped[at + 1] == UInt8(ascii: "u") ? 6 : 2
        }
        return at == escaped.count
    }
}

extension ByteRange {
    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
