/// One JSON object of a record's text while its members come by, in any order and perhaps more than once.
///
/// A member is `nil` while it is absent and when its last value was of a wrong type.
struct Document {
    enum Kind {
        case data, control

        init?(_ string: JSONString, _ cursor: JSONCursor) {
            if cursor.equals(string, "DATA_MESSAGE") {
                self = .data
            } else if cursor.equals(string, "CONTROL_MESSAGE") {
                self = .control
            } else {
                return nil
            }
        }
    }

    /// Ours: AWS's names have 512 characters. A name stands on every line that is made of its message and is kept to find its
    /// file or log stream, so one of megabytes would cost without bound.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogStream.html
    static let nameBytesMax = 64 * 1024
    /// A group has a handful of filters. What is longer nobody needs, and it would stand on every line as well.
    static let subscriptionFiltersBytesMax = 64 * 1024

    enum Meaning {
        case data(owner: ByteRange, logGroup: ByteRange, logStream: ByteRange)
        case control
        case neither(MessageFault.What)
    }

    /// Where its events begin among the record's.
    let firstEvent: Int
    var type: Kind?
    var owner: ByteRange?
    var logGroup: ByteRange?
    var logStream: ByteRange?
    /// Nobody depends on it: of a wrong type, it is taken as absent.
    var subscriptionFilters: ByteRange?
    var hasEvents = false
    /// The first event that is none.
    var eventFault: MessageFault.What?

    init(firstEvent: Int) { self.firstEvent = firstEvent }

    var meaning: Meaning {
        switch type {
        case nil: .neither(.messageType)
        case .control: .control
        case .data: dataMeaning
        }
    }

    private var dataMeaning: Meaning {
        guard let owner, Self.isName(owner) else { return .neither(.owner) }
        guard let logGroup, Self.isName(logGroup) else { return .neither(.logGroup) }
        guard let logStream, Self.isName(logStream) else { return .neither(.logStream) }
        guard hasEvents else { return .neither(.logEvents) }
        if let eventFault { return .neither(eventFault) }
        return .data(owner: owner, logGroup: logGroup, logStream: logStream)
    }

    private static func isName(_ range: ByteRange) -> Bool { (1...UInt32(nameBytesMax)).contains(range.count) }
}
