import FilterPatterns

/// A PutLogEvents call, read straight from its bytes: this is where all events of a demo come in.
struct PutLogEventsRequest: Sendable {
    let group: String
    let stream: String
    let events: EventBatch

    /// Checks the types and shapes of all members; what the events must be together is judged later.
    ///
    /// AWS's documents do not say so, but its own log collector compresses the body and is understood.
    init(_ body: [UInt8]) throws(ServiceFault) {
        guard Gzip.isGzip(body) else {
            self = try Self.read(body)
            return
        }
        guard let text = Gzip.expand(body, bytesMax: LogsLimits.expandedBodyBytesMax) else {
            throw LogsFault.serialization("the body is no gzip, or too large")
        }
        self = try Self.read(text)
    }

    private static func read(_ body: [UInt8]) throws(ServiceFault) -> PutLogEventsRequest {
        guard (try? UTF8Span(validating: body.span)) != nil else { throw LogsFault.serialization("not UTF-8") }
        return try body.withUnsafeBufferPointer { text throws(ServiceFault) in
            var scanner = JSONScanner(text)
            do throws(JSONFault) {
                try scanner.scan()
            } catch {
                throw LogsFault.serialization("byte \(error.byte): expected \(error.expected)")
            }
            return try scanner.nodes.withUnsafeBufferPointer { nodes throws(ServiceFault) in
                var reader = PutLogEventsReader(JSONView(text: text, nodes: nodes))
                return try reader.read()
            }
        }
    }

    fileprivate init(group: String, stream: String, events: EventBatch) {
        (self.group, self.stream, self.events) = (group, stream, events)
    }
}

private struct PutLogEventsReader {
    private static let groupKey = Array("logGroupName".utf8)
    private static let streamKey = Array("logStreamName".utf8)
    private static let eventsKey = Array("logEvents".utf8)
    private static let timestampKey = Array("timestamp".utf8)
    private static let messageKey = Array("message".utf8)

    private let view: JSONView
    private var shape = ShapeCheck()

    init(_ view: JSONView) { self.view = view }

    mutating func read() throws(ServiceFault) -> PutLogEventsRequest {
        guard view.kind(0) == .object else { throw LogsFault.serialization("the body is no JSON object") }
        let group = try name(Self.groupKey, .groupName)
        let stream = try name(Self.streamKey, .streamName)
        let events = try events()
        try shape.passed()
        return PutLogEventsRequest(group: group, stream: stream, events: events)
    }

    private mutating func name(_ key: [UInt8], _ rule: TextRule) throws(ServiceFault) -> String {
        let member = String(decoding: key, as: UTF8.self)
        guard let value = view.member(key, of: 0), view.kind(value) != .null else {
            shape.violated(nil, at: member, ShapeCheck.notNull)
            return ""
        }
        guard view.kind(value) == .string else { throw LogsFault.serialization("\(member) is no string") }
        var text: [UInt8] = []
        view.appendText(value, to: &text)
        let name = String(decoding: text, as: UTF8.self)
        if name.unicodeScalars.count > rule.most { throw LogsFault.nameTooLong }
        if text.isEmpty { shape.violated(name, at: member, ShapeCheck.lengthAtLeast(1)) }
        if !text.allSatisfy(rule.allows) { shape.violated(name, at: member, ShapeCheck.pattern(rule.pattern)) }
        return name
    }

    private mutating func events() throws(ServiceFault) -> EventBatch {
        guard let list = view.member(Self.eventsKey, of: 0), view.kind(list) != .null else {
            shape.violated(nil, at: "logEvents", ShapeCheck.notNull)
            return EventBatch(events: 0, bytes: 0)
        }
        guard view.kind(list) == .array else { throw LogsFault.serialization("logEvents is no list") }
        let (count, bytes) = size(of: list)
        if count == 0 { shape.violated("[]", at: "logEvents", ShapeCheck.lengthAtLeast(1)) }
        if count > LogsLimits.batchEventsMax {
            shape.violated("[…]", at: "logEvents", ShapeCheck.lengthAtMost(LogsLimits.batchEventsMax))
        }
        var batch = EventBatch(events: count, bytes: bytes)
        var event = list + 1
        for number in 1..<count + 1 {
            try append(event, number: number, to: &batch)
            event = Int(view.nodes[event].next)
        }
        return batch
    }

    /// How many events there are, and the most that their messages can take once unescaped.
    private func size(of list: Int) -> (count: Int, bytes: Int) {
        var (count, bytes) = (0, 0)
        view.forEachElement(of: list) { event in
            count += 1
            if view.kind(event) == .object, let message = view.member(Self.messageKey, of: event) {
                bytes += view.nodes[message].range.count
            }
            return true
        }
        return (count, bytes)
    }

    private mutating func append(_ event: Int, number: Int, to batch: inout EventBatch) throws(ServiceFault) {
        guard view.kind(event) == .object else { throw LogsFault.serialization("logEvents.\(number) is no structure") }
        let timestamp = try timestamp(of: event, number)
        let message = view.member(Self.messageKey, of: event)
        guard let message, view.kind(message) != .null else {
            return shape.violated(nil, at: "logEvents.\(number).member.message", ShapeCheck.notNull)
        }
        guard view.kind(message) == .string else {
            throw LogsFault.serialization("logEvents.\(number).member.message is no string")
        }
        if view.nodes[message].range.isEmpty {
            shape.violated("", at: "logEvents.\(number).member.message", ShapeCheck.lengthAtLeast(1))
        }
        batch.append(timestamp: timestamp) { view.appendText(message, to: &$0) }
    }

    private mutating func timestamp(of event: Int, _ number: Int) throws(ServiceFault) -> Int64 {
        let member = view.member(Self.timestampKey, of: event)
        guard let member, view.kind(member) != .null else {
            shape.violated(nil, at: "logEvents.\(number).member.timestamp", ShapeCheck.notNull)
            return 0
        }
        guard let value = view.integer(member) else {
            throw LogsFault.serialization("logEvents.\(number).member.timestamp is no Long")
        }
        if value < 0 {
            shape.violated(String(value), at: "logEvents.\(number).member.timestamp", ShapeCheck.valueAtLeast(0))
        }
        return value
    }
}
