/// Why a JSON document is not a subscription message, and where. The first one of a record is kept.
struct MessageFault {
    enum What {
        case notAnObject
        case messageType
        case owner, logGroup, logStream
        case logEvents
        case event(index: Int, EventFault)
    }

    enum EventFault {
        case notAnObject, message, timestamp, id, extractedFields
    }

    let what: What
    /// Where in the text the document begins.
    let document: Int

    var undecodable: Undecodable {
        Undecodable(.notASubscriptionMessage, "the document at byte \(document) of the text: \(what.words)")
    }
}

extension MessageFault.What {
    fileprivate var words: String {
        switch self {
        case .notAnObject: "not an object"
        case .messageType: "messageType is neither DATA_MESSAGE nor CONTROL_MESSAGE"
        case .owner: "owner is not a string of 1 to \(Document.nameBytesMax) bytes"
        case .logGroup: "logGroup is not a string of 1 to \(Document.nameBytesMax) bytes"
        case .logStream: "logStream is not a string of 1 to \(Document.nameBytesMax) bytes"
        case .logEvents: "logEvents is not an array"
        case .event(let index, let fault): "event \(index): \(fault.words)"
        }
    }
}

extension MessageFault.EventFault {
    fileprivate var words: String {
        switch self {
        case .notAnObject: "not an object"
        case .message: "message is not a string"
        case .timestamp: "timestamp is not an integer from 0 to \(Int64.max)"
        case .id: "id is neither a string nor an integer"
        case .extractedFields: "extractedFields is not an object"
        }
    }
}
