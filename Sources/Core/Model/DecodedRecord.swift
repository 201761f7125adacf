/// A record's payload, inflated and scanned: the text, and where its messages and events stand in it.
package struct DecodedRecord: Sendable {
    package let text: TextBuffer
    /// The DATA_MESSAGE documents in the order they came. Empty for a record of control messages only.
    package let messages: [SubscriptionMessage]
    package let events: EventIndex
    package let controlMessages: Int

    package init(text: TextBuffer, messages: [SubscriptionMessage], events: EventIndex, controlMessages: Int) {
        self.text = text
        self.messages = messages
        self.events = events
        self.controlMessages = controlMessages
    }
}

/// Why a record cannot be decoded. Such a record becomes one dead letter with all its bytes.
package struct Undecodable: Error, Hashable, Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        case notGzip = "not-gzip"
        case badHeader = "bad-header"
        case badDeflate = "bad-deflate"
        case badChecksum = "bad-checksum"
        case truncated
        case trailingBytes = "trailing-bytes"
        case tooLarge = "too-large"
        case notUTF8 = "not-utf8"
        case notJSON = "not-json"
        case notASubscriptionMessage = "not-a-subscription-message"
    }

    package let reason: Reason
    /// Where and what, for a person: `byte 17 of the text: expected ',' or '}'`. Never a customer's message text.
    package let detail: String

    package init(_ reason: Reason, _ detail: String) {
        self.reason = reason
        self.detail = detail
    }
}
