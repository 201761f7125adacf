/// The body of one PutLogEvents request, written by copying the events' messages as they came.
///
/// It does not judge: that the events are in order and within `PutLimits` is whoever's who puts the batch together.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
package struct PutLogEventsBody: Sendable {
    /// More than an event's names, quotes, colons, commas and braces.
    private static let framingBytesMax = 40

    private var bytes: [UInt8] = []
    /// How many events were appended.
    package private(set) var count = 0
    /// What AWS will count for them: their UTF-8 messages and `PutLimits.eventOverheadBytes` each.
    package private(set) var batchBytes = 0

    /// - Parameter reserving: The bytes the body will probably have.
    package init(logGroup: String, logStream: String, reserving capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
        bytes.append(literal: #"{"logGroupName":"#)
        JSONEscape.append(logGroup, to: &bytes)
        bytes.append(literal: #","logStreamName":"#)
        JSONEscape.append(logStream, to: &bytes)
        bytes.append(literal: #","logEvents":["#)
    }

    package mutating func append(_ event: LogEvent, in text: TextBuffer) {
        let room = Int(event.message.count) + Self.framingBytesMax + ByteWriter.decimalBytesMax
        bytes.append(atMost: room) { out in
            out.put(count == 0 ? #"{"timestamp":"# : #",{"timestamp":"#)
            out.put(decimal: event.timestamp.milliseconds)
            out.put(#","message":""#)
            out.put(text[event.message])
            out.put(#""}"#)
        }
        count += 1
        batchBytes += event.messageBytes + PutLimits.eventOverheadBytes
    }

    /// The whole body.
    package consuming func finish() -> [UInt8] {
        bytes.append(literal: "]}")
        return bytes
    }
}
