import FilterPatterns

/// The events of one put that one filter matched, as the records that go to its stream.
struct SubscriptionPayload: Sendable {
    /// Where the events come from.
    struct Origin: Sendable {
        let place: LogsPlace
        let group: String
        let stream: String
    }

    /// One record: a gzip member, and how many events are in it.
    struct Record: Sendable {
        let data: [UInt8]
        let events: Int
    }

    private static let tail = Array("]}".utf8)

    /// The document up to its first event.
    private let head: [UInt8]
    /// The events with commas between them, and where each begins.
    private var events: [UInt8] = []
    private var starts: [Int] = []

    /// Asks `filter` for each of the batch's events.
    init(_ batch: StoredBatch, from origin: Origin, through filter: SubscriptionFilter) {
        head = Self.head(origin, filter)
        let systemFields = filter.systemFields.map { ($0.rawValue, origin.value(of: $0)) }
        var room: [JSONNode] = []
        batch.events.text.withUnsafeBufferPointer { text in
            for index in batch.accepted {
                let message = UnsafeBufferPointer(rebasing: text[batch.events.message(index)])
                guard let fields = filter.pattern.match(message, room: &room) else { continue }
                append(batch, index, message, systemFields.isEmpty ? fields : fields + systemFields)
            }
        }
    }

    /// How many events matched.
    var count: Int { starts.count }

    /// The records, none when nothing matched. A record larger than `bytesMax` is split until one event is left.
    func records(bytesMax: Int) throws(ServiceFault) -> [Record] {
        starts.isEmpty ? [] : try records(starts.indices, bytesMax)
    }

    private func records(_ range: Range<Int>, _ bytesMax: Int) throws(ServiceFault) -> [Record] {
        let first = starts[range.lowerBound]
        let end = range.upperBound < starts.count ? starts[range.upperBound] - 1 : events.count
        let data = try Gzip.compress(head + events[first..<end] + Self.tail)
        guard data.count > bytesMax, range.count > 1 else { return [Record(data: data, events: range.count)] }
        let middle = range.lowerBound + range.count / 2
        return try records(range.lowerBound..<middle, bytesMax) + records(middle..<range.upperBound, bytesMax)
    }

    private mutating func append(
        _ batch: StoredBatch, _ index: Int, _ message: UnsafeBufferPointer<UInt8>, _ fields: ExtractedFields
    ) {
        if !starts.isEmpty { events.append(UInt8(ascii: ",")) }
        starts.append(events.count)
        events.append(contentsOf: #"{"id":""#.utf8)
        batch.id(index).append(to: &events)
        events.append(contentsOf: #"","timestamp":"#.utf8)
        Decimal64.append(batch.events.timestamps[index].magnitude, to: &events)
        events.append(contentsOf: #","message":"#.utf8)
        JSONStrings.append(message, to: &events)
        if !fields.isEmpty {
            var writer = JSONWriter()
            writer.member("extractedFields", strings: fields)
            events.append(UInt8(ascii: ","))
            events.append(contentsOf: writer.bytes)
        }
        events.append(UInt8(ascii: "}"))
    }

    private static func head(_ origin: Origin, _ filter: SubscriptionFilter) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("messageType", "DATA_MESSAGE")
            writer.member("owner", origin.place.account)
            writer.member("logGroup", origin.group)
            writer.member("logStream", origin.stream)
            writer.member("subscriptionFilters", array: { $0.string(filter.name) })
            switch filter.level {
            case .logGroup: break
            case .account: writer.member("policyLevel", "ACCOUNT_LEVEL_POLICY")
            }
            writer.member("logEvents", array: { _ in })
        }
        return writer.bytes.dropLast(tail.count)
    }
}

extension SubscriptionPayload.Origin {
    func value(of field: SubscriptionFilter.SystemField) -> String {
        switch field {
        case .account: place.account
        case .region: place.region
        case .group: group
        }
    }

    /// All of a log stream's records go to one shard.
    var partitionKey: String { MD5.digest("\(place.account):\(group):\(stream)".utf8).lowercaseHex }
}

/// What CloudWatch Logs writes to a stream to see whether it can.
enum ControlRecord {
    static let partitionKey = MD5.digest("CloudwatchLogs::".utf8).lowercaseHex

    static func data(now: Int64) throws(ServiceFault) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("messageType", "CONTROL_MESSAGE")
            writer.member("owner", "CloudwatchLogs")
            writer.member("logGroup", "")
            writer.member("logStream", "")
            writer.member("subscriptionFilters", array: { _ in })
            writer.member(
                "logEvents",
                array: {
                    $0.object { writer in
                        writer.member("id", "")
                        writer.member("timestamp", now)
                        writer.member("message", "CWL CONTROL MESSAGE: Checking health of destination Kinesis stream.")
                    }
                })
        }
        return try Gzip.compress(writer.bytes)
    }
}
