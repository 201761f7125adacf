import Core
import Locking
import Pipeline

/// A record as a test writes it: messages of some log streams of one log group.
struct TestRecord: Sendable {
    struct Part: Sendable {
        let logStream: String
        let events: [(timestamp: Int64, message: String)]
    }

    let parts: [Part]

    init(_ parts: [Part]) { self.parts = parts }

    /// One message with these lines, all at the beginning of 1970.
    init(_ logStream: String = "s", _ messages: String...) {
        parts = [Part(logStream: logStream, events: messages.map { (0, $0) })]
    }

    var payload: [UInt8] {
        Array(
            parts.map { part in
                let events = part.events.map { #"{"id":"1","timestamp":\#($0.timestamp),"message":"\#($0.message)"}"# }
                return #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/g","logStream":"\#(part.logStream)","#
                    + #""subscriptionFilters":["f"],"logEvents":[\#(events.joined(separator: ","))]}"#
            }.joined().utf8)
    }

    func decoded() throws -> DecodedRecord {
        let decoder = RecordDecoder(pool: TextPool())
        let outcome = payload.withUnsafeBytes { decoder.decode($0, allowance: 1 << 24, maxRecord: 1 << 24) }
        guard case .decoded(let record) = outcome else { throw NotDecoded(outcome: "\(outcome)") }
        return record
    }

    struct NotDecoded: Error { let outcome: String }

    func delivery(shard: ShardID = .zero, sequence: Int = 1, receipt: Receipt) throws -> Delivery {
        let record = try decoded()
        return Delivery(
            shard: shard, sequence: .test(sequence), arrival: nil, record: record,
            messages: Array(record.messages.indices), receipt: receipt, hold: nil)
    }

    var eventCount: Int { parts.reduce(0) { $0 + $1.events.count } }
}

extension ShardID {
    static let zero = test(0)

    static func test(_ number: Int) -> ShardID {
        guard let shard = ShardID("shardId-\(number)") else { preconditionFailure("a legal name") }
        return shard
    }
}

extension SequenceNumber {
    static func test(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber(String(number)) else { preconditionFailure("a legal number") }
        return sequence
    }
}

extension SinkName {
    static func test(_ name: String) -> SinkName {
        guard let name = SinkName(name) else { preconditionFailure("a legal name") }
        return name
    }
}

/// Which records were settled, and how.
final class Settled: Sendable {
    private let state = Locked<[Int: Int]>([:])

    /// A receipt for record `number`.
    func receipt(_ number: Int, events: Int = 1) -> Receipt {
        Receipt(events: events) { refused in self.state.withLock { $0[number] = refused } }
    }

    /// How many events of each settled record were dead-lettered.
    var deadLettered: [Int: Int] { state.withLock { $0 } }
    var numbers: [Int] { deadLettered.keys.sorted() }
}

/// Keeps what is told.
final class RecordedTelemetry: Sendable {
    private let state = Locked<[TelemetryEvent]>([])

    var telemetry: Telemetry { Telemetry { event in self.state.withLock { $0.append(event) } } }
    var events: [String] { state.withLock { $0 }.map { "\($0)" } }
}

extension Telemetry {
    static let silent = Telemetry { _ in }
}
