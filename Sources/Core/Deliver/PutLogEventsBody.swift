/// The body of one PutLogEvents request, written by copying the events' messages as they came.
///
/// It does not judge: that the events are in order and within `PutLimits` is whoever's who puts the batch together.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
package struct PutLogEventsBody: Sendable {
    /// What an event takes besides its message, at most: `,{"timestamp":9223372036854775807,"message":""}`
    static let framingBytesMax = 47

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
    package mutating func append(_ events: some Collection<LogEvent>, in text: TextBuffer) {
        let room = events.reduce(0) { $0 + Self.framingBytesMax + Int($1.message.count) }
        let isFirst = isEmpty
        bytes.append(atMost: room) { out in
            for event in events {
                if !isFirst || out.count > 0 { out.put(UInt8(ascii: ",")) }
                out.put(#"{"timestamp":"#)
                out.put(decimal: event.timestamp.milliseconds)
                out.put(#","message":""#)
                out.put(text[event.message])
                out.put(#""}"#)
            }
        }
        isEmpty = isEmpty && events.isEmpty
    }

    /// The whole body.
    package consuming func finish() -> [UInt8] {
        bytes.append(literal: "]}")
        return bytes
    }
}
