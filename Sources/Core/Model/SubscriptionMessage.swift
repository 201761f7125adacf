/// A stretch of a record's inflated text. Texts are shorter than 4 GiB, so 32 bits are enough.
package struct ByteRange: Hashable, Sendable {
    /// One word, so that it is moved as one: the start is the lower half.
    private let word: UInt64

    package init(start: Int, count: Int) {
        word = UInt64(UInt32(truncatingIfNeeded: start)) | UInt64(UInt32(truncatingIfNeeded: count)) << 32
    }

    package var start: UInt32 { UInt32(truncatingIfNeeded: word) }
    package var count: UInt32 { UInt32(truncatingIfNeeded: word >> 32) }
}

/// Where log events come from: the sender's account, log group and log stream, unescaped.
///
/// A sender chooses these names: they are hostile until a sink has made them safe. Two origins are the same when their
/// bytes are: an accent composed one way or the other makes two log streams, as it does for AWS.
package struct Origin: Sendable {
    package let owner: String
    package let logGroup: String
    package let logStream: String

    package init(owner: String, logGroup: String, logStream: String) {
        self.owner = owner
        self.logGroup = logGroup
        self.logStream = logStream
    }
}

extension Origin {
    /// Of all three names, in UTF-8 bytes: two of 512 characters, which may be of more than one byte, and an account.
    private static let usualBytesMax = 2048

    /// Whether it is worth keeping in mind. A sender may make up any number of names of any length.
    package var isOfUsualLength: Bool {
        owner.utf8.count + logGroup.utf8.count + logStream.utf8.count <= Self.usualBytesMax
    }
}

extension Origin: Hashable {
    package static func == (left: Origin, right: Origin) -> Bool {
        left.logStream.hasBytes(of: right.logStream) && left.logGroup.hasBytes(of: right.logGroup)
            && left.owner.hasBytes(of: right.owner)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(bytesOf: logStream)
        hasher.combine(bytesOf: logGroup)
        hasher.combine(bytesOf: owner)
    }
}

/// One log event: a timestamp and ranges into the text of its record. Nothing is copied or unescaped.
///
/// 40 bytes, as there are many: what may be absent is kept without Swift's extra word for it.
package struct LogEvent: Sendable {
    package let timestamp: Instant
    /// Between the quotes, JSON-escaped as it came.
    package let message: ByteRange
    private let idOrNone: ByteRange
    private let fieldsOrNone: ByteRange
    private let unescapedBytes: UInt32

    package init(
        timestamp: Instant, id: ByteRange?, message: ByteRange, messageBytes: Int, extractedFields: ByteRange?
    ) {
        self.timestamp = timestamp
        self.message = message
        idOrNone = id ?? .none
        fieldsOrNone = extractedFields ?? .none
        unescapedBytes = UInt32(messageBytes)
    }

    /// The same, with `ByteRange.none` for what is absent.
    @inline(__always)
    init(
        timestamp: Instant, idOrNone: ByteRange, message: ByteRange, messageBytes: UInt32, fieldsOrNone: ByteRange
    ) {
        self.timestamp = timestamp
        self.message = message
        self.idOrNone = idOrNone
        self.fieldsOrNone = fieldsOrNone
        unescapedBytes = messageBytes
    }

    /// The id's text without quotes, JSON-escaped as it came; digits when it came as an integer.
    package var id: ByteRange? { idOrNone == .none ? nil : idOrNone }
    /// Length of the message once unescaped, in UTF-8 bytes: what PutLogEvents counts. A lone surrogate counts 3.
    package var messageBytes: Int { Int(unescapedBytes) }
    /// A JSON object, braces included.
    package var extractedFields: ByteRange? { fieldsOrNone == .none ? nil : fieldsOrNone }
}

extension ByteRange {
    /// In place of a range that is absent. No text is as long.
    static var none: ByteRange { ByteRange(start: .max, count: 0) }
}

/// One DATA_MESSAGE document of a record.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
package struct SubscriptionMessage: Sendable {
    package let origin: Origin
    /// `owner`, `logGroup`, `logStream` between their quotes, JSON-escaped as they came.
    package let owner: ByteRange
    package let logGroup: ByteRange
    package let logStream: ByteRange
    /// The JSON array, brackets included.
    package let subscriptionFilters: ByteRange?
    /// Which of `DecodedRecord.events` are this message's, in the order they came.
    package let events: Range<Int>

    package init(
        origin: Origin, owner: ByteRange, logGroup: ByteRange, logStream: ByteRange,
        subscriptionFilters: ByteRange?, events: Range<Int>
    ) {
        self.origin = origin
        self.owner = owner
        self.logGroup = logGroup
        self.logStream = logStream
        self.subscriptionFilters = subscriptionFilters
        self.events = events
    }
}
