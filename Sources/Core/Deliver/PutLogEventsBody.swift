/// The body of one PutLogEvents request, written by copying the events' messages as they came.
///
/// It does not judge: that the events are in order and within `PutLimits` is whoever's who puts the batch together.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
package struct PutLogEventsBody: Sendable {
    /// What an event takes besides its message, at most: `,{"timestamp":9223372036854775807,"message":""}`
    static let framingBytesMax = 47

    private static let closing: StaticString = "]}"

    private var bytes: [UInt8] = []
    private var isEmpty = true

    /// - Parameter reserving: The bytes the body will probably have.
    package init(logGroup: String, logStream: String, reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
        bytes.append(literal: #"{"logGroupName":"#)
        JSONEscape.append(logGroup, to: &bytes)
        bytes.append(literal: #","logStreamName":"#)
        JSONEscape.append(logStream, to: &bytes)
        bytes.append(literal: #","logEvents":["#)
    }

    /// Appends events of one text.
    package mutating func append(_ events: Slice<EventIndex>, in text: TextBuffer) {
        let room = events.reduce(0) { $0 + Self.framingBytesMax + Int($1.message.count) }
        append(events.lazy.map { (event: $0, message: text[$0.message]) }, atMost: room)
    }

    /// Appends events with their messages, which take at most `room` bytes with their framing.
    @inline(__always)
    mutating func append(
        _ events: some Sequence<(event: LogEvent, message: UnsafeRawBufferPointer)>, atMost room: Int
    ) {
        bytes.append(atMost: room + Self.closing.utf8CodeUnitCount) { out in
            for (event, message) in events {
                if !isEmpty { out.put(UInt8(ascii: ",")) }
                isEmpty = false
                out.put(#"{"timestamp":"#)
                out.put(decimal: event.timestamp.milliseconds)
                out.put(#","message":""#)
                out.put(message)
                out.put(#""}"#)
            }
        }
    }

    /// The whole body. Nothing is left here of it, so that its memory is the caller's alone.
    package mutating func finish() -> [UInt8] {
        bytes.append(literal: Self.closing)
        return Swift.exchange(&bytes, with: [])
    }
}
