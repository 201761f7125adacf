/// Finds the subscription messages and log events of a text in one pass.
///
/// The whole text is judged as UTF-8 first, then as JSON, then for what it says, so that a record's reason does not
/// depend on which of its faults comes first. What can only be known at a document's end (duplicate members: the last wins;
/// a control message may hold anything) waits until then.
struct MessageScanner {
    /// The messages and events so far.
    private var messages: [SubscriptionMessage] = []
    private var events: EventDraft
    private var controlMessages = 0
    private var fault: MessageFault?

    private var names = NameCache()

    init(pool: TextPool) { events = EventDraft(pool: pool) }

    /// Gives its memory back. The scanner is not used again.
    func close() { events.close() }

    /// Scans `text`, which is followed by `TextPool.paddingBytes` zeros. Returns the number of control messages.
    ///
    /// `messages` comes empty; its room is used.
    mutating func scan(
        _ text: TextBuffer, messages: inout [SubscriptionMessage], events index: EventIndex
    ) throws(Undecodable) -> Int {
        swap(&self.messages, &messages)
        defer {
            swap(&self.messages, &messages)
            reset()
        }
        try scan(text.bytes)
        events.move(to: index)
        return controlMessages
    }

    private mutating func reset() {
        events.restart()
        controlMessages = 0
        fault = nil
    }

    private mutating func scan(_ text: UnsafeRawBufferPointer) throws(Undecodable) {
        guard let start = text.baseAddress else { throw Undecodable(.notJSON, JSONFault.What.noDocument.words) }
        guard !text.starts(with: JSONCursor.byteOrderMark) else {
            throw Undecodable(.notUTF8, "byte 0 of the text: a byte order mark")
        }
        let base = start.assumingMemoryBound(to: UInt8.self)
        var cursor = JSONCursor(base: base, count: text.count)
        var jsonFault: JSONFault?
        do throws(JSONFault) { try scanDocuments(&cursor) } catch { jsonFault = error }
        if cursor.hasNonASCII || jsonFault != nil, let at = UTF8Check.firstFault(base, count: text.count) {
            throw Undecodable(.notUTF8, "byte \(at) of the text: not UTF-8")
        }
        if let jsonFault { throw Self.undecodable(jsonFault, count: text.count) }
        if let fault { throw fault.undecodable }
    }

    private static func undecodable(_ fault: JSONFault, count: Int) -> Undecodable {
        let place = fault.at < count ? "byte \(fault.at) of the text" : "the text ends after \(count) bytes"
        return Undecodable(.notJSON, "\(place): \(fault.what.words)")
    }

    private mutating func scanDocuments(_ cursor: inout JSONCursor) throws(JSONFault) {
        cursor.skipSpace()
        guard !cursor.isAtEnd else { throw JSONFault(.noDocument, at: cursor.at) }
        repeat {
            try scanDocument(&cursor)
            cursor.skipSpace()
        } while !cursor.isAtEnd
    }

    private mutating func scanDocument(_ cursor: inout JSONCursor) throws(JSONFault) {
        let start = cursor.at
        guard cursor.byte == UInt8(ascii: "{") else {
            try cursor.skipValue(depth: 0)
            note(MessageFault(what: .notAnObject, document: start))
            return
        }
        var document = Document(firstEvent: events.count)
        cursor.at += 1
        var isFirst = true
        while let name = try cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            try scanMember(name, of: &document, &cursor)
        }
        finish(document, at: start, cursor)
    }

    private mutating func scanMember(
        _ name: JSONString, of document: inout Document, _ cursor: inout JSONCursor
    ) throws(JSONFault) {
        if cursor.equals(name, "logEvents") {
            try scanEvents(of: &document, &cursor)
        } else if cursor.equals(name, "logGroup") {
            document.logGroup = try cursor.stringOrNothing(depth: 1)?.range
        } else if cursor.equals(name, "logStream") {
            document.logStream = try cursor.stringOrNothing(depth: 1)?.range
        } else if cursor.equals(name, "owner") {
            document.owner = try cursor.stringOrNothing(depth: 1)?.range
        } else if cursor.equals(name, "messageType") {
            document.type = try cursor.stringOrNothing(depth: 1).flatMap { Document.Kind($0, cursor) }
        } else if cursor.equals(name, "subscriptionFilters") {
            let isArray = cursor.byte == UInt8(ascii: "[")
            let start = cursor.at
            try cursor.skipValue(depth: 1)
            let isKept = isArray && cursor.at - start <= Document.subscriptionFiltersBytesMax
            document.subscriptionFilters = isKept ? ByteRange(start: start, count: cursor.at - start) : nil
        } else {
            try cursor.skipValue(depth: 1)
        }
    }

    /// Scans the value of `logEvents`. What an earlier one held is void.
    private mutating func scanEvents(of document: inout Document, _ cursor: inout JSONCursor) throws(JSONFault) {
        events.truncate(to: document.firstEvent)
        document.eventFault = nil
        document.hasEvents = cursor.byte == UInt8(ascii: "[")
        guard document.hasEvents else { return try cursor.skipValue(depth: 1) }
        cursor.at += 1
        var index = 0
        while try cursor.nextElement(isFirst: index == 0) {
            if let eventFault = try cursor.event(to: &events), document.eventFault == nil {
                document.eventFault = .event(index: index, eventFault)
            }
            index += 1
        }
    }

    /// Decides what the document is, now that all its members are known.
    private mutating func finish(_ document: Document, at start: Int, _ cursor: JSONCursor) {
        guard fault == nil else { return }
        switch document.meaning {
        case .control:
            events.truncate(to: document.firstEvent)
            controlMessages += 1
        case .data(let owner, let logGroup, let logStream):
            messages.append(
                SubscriptionMessage(
                    origin: Origin(
                        owner: names.string(cursor.bytes(owner)), logGroup: names.string(cursor.bytes(logGroup)),
                        logStream: names.string(cursor.bytes(logStream))),
                    owner: owner, logGroup: logGroup, logStream: logStream,
                    subscriptionFilters: document.subscriptionFilters, events: document.firstEvent..<events.count))
        case .neither(let what): note(MessageFault(what: what, document: start))
        }
    }

    private mutating func note(_ other: MessageFault) {
        fault = fault ?? other
        events.truncate(to: 0)
        messages.removeAll(keepingCapacity: true)
    }
}
