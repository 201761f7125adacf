/// A filter pattern of CloudWatch Logs, parsed: which messages it matches, and what it extracts from them.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
package struct FilterPattern: Sendable {
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    package static let charactersMax = 1024
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
    package static let regularExpressionsMax = 2

    /// The pattern as it was given.
    package let source: String
    let form: Form

    enum Form {
        case everything
        case terms(TermPattern)
        case json(PatternCondition<JSONSelector>)
        case fields(FieldsPattern)
    }

    /// Reads `source` as AWS does, and refuses what AWS refuses.
    package init(_ source: String) throws(FilterPatternFault) {
        guard source.unicodeScalars.count <= Self.charactersMax else { throw .tooLong }
        self.source = source
        let text = source.utf8.drop(while: \.isBlank)
        switch text.first {
        case nil: form = .everything
        case UInt8(ascii: "{"): form = .json(try JSONPatternParser.parse(source))
        case UInt8(ascii: "["): form = .fields(try FieldsPatternParser.parse(source))
        default: form = .terms(try TermPattern(source))
        }
    }

    /// What the pattern extracts from `message`, mostly nothing; `nil` when it does not match.
    ///
    /// `message` is UTF-8. `room` is memory that is used again for the next message: begin with an empty array.
    package func match(_ message: UnsafeBufferPointer<UInt8>, room: inout [JSONNode]) -> ExtractedFields? {
        switch form {
        case .everything: []
        case .terms(let pattern): pattern.matches(message) ? [] : nil
        case .json(let condition): JSONPatternMatcher.matches(condition, message, room: &room) ? [] : nil
        case .fields(let pattern): pattern.match(message)
        }
    }

    /// Whether the pattern matches `message`. For one message or a few: for many, `match` uses its memory again.
    package func matches(_ message: String) -> Bool {
        var message = message
        var room: [JSONNode] = []
        return message.withUTF8 { match($0, room: &room) } != nil
    }
}

/// Names, which begin with `$`, and values, in the order of the fields.
package typealias ExtractedFields = [(key: String, value: String)]

extension UInt8 {
    /// What separates the words of a pattern.
    var isBlank: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
