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
        guard let owner, owner.count > 0 else { return .neither(.owner) }
        guard let logGroup, logGroup.count > 0 else { return .neither(.logGroup) }
        guard let logStream, logStream.count > 0 else { return .neither(.logStream) }
        guard hasEvents else { return .neither(.logEvents) }
        if let eventFault { return .neither(eventFault) }
        return .data(owner: owner, logGroup: logGroup, logStream: logStream)
    }
}
