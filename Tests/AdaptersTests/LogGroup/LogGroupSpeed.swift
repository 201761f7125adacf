import Adapters
import Core
import Foundation
import Locking
import Pipeline
import Testing

@testable import LogGroupFakes

/// How fast events pass through the sink when CloudWatch Logs answers at once. Run by hand, in release:
/// `TAILRACE_MEASURE=1 swift test -c release --filter LogGroupSpeed`
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["TAILRACE_MEASURE"] != nil)) struct LogGroupSpeed {
    private struct Taker: LogGroupWriter {
        let bytes: Locked<Int>

        func put(_ body: [UInt8], to target: LogTarget) async throws(CancellationError) -> PutOutcome {
            bytes.withLock { $0 += body.count }
            return .taken(.none)
        }
        func createStream(_ target: LogTarget) async throws(CancellationError) -> CreateOutcome { .done }
        func createGroup(_ group: String) async throws(CancellationError) -> CreateOutcome { .done }
        func putRetention(_ days: Int, of group: String) async throws(CancellationError) -> CreateOutcome { .done }
    }

    /// Events per record and bytes per message: a busy log stream, a usual one, one with a single event a record.
    @Test(arguments: [(1000, 200), (100, 200), (1, 200)])
    func eventsPerSecond(perRecord: Int, bytes: Int) async throws {
        let taken = Locked(0)
        let test = try SinkUnderTest(
            answering: Taker(bytes: taken), rules: LogGroupRules.test(linger: .milliseconds(100)),
            clock: ContinuousClock())
        let message = String(repeating: "m", count: bytes)
        let records = 2_000_000 / max(perRecord, 4)
        let origins = (0..<50).map(LogWorkload.origin)
        let record = logRecord((0..<perRecord).map { Written(test.writer.logs.now + Int64($0), message) })
        let shapes = origins.map { origin in
            DecodedRecord(
                text: record.text,
                messages: [
                    SubscriptionMessage(
                        origin: origin, owner: ByteRange(start: 0, count: 0), logGroup: ByteRange(start: 0, count: 0),
                        logStream: ByteRange(start: 0, count: 0), subscriptionFilters: nil, events: 0..<perRecord)
                ], events: record.events, controlMessages: 0)
        }
        let shard = try #require(ShardID("shardId-0"))
        let sequence = try #require(SequenceNumber("1"))
        let start = clock()
        try await test.whileRunning {
            for number in 0..<records {
                let receipt = Receipt(events: perRecord) { _ in }
                try await test.sink.accept(
                    [
                        Delivery(
                            shard: shard, sequence: sequence, arrival: nil, record: shapes[number % shapes.count],
                            messages: [0], receipt: receipt, hold: nil)
                    ])
            }
            await test.sink.drain()
        }
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        let events = records * perRecord
        #expect(test.sink.tally.delivered == events)
        let perEvent = Int(seconds / Double(events) * 1e9)
        let megabytes = Int(Double(taken.withLock { $0 }) / seconds / 1e6)
        print(
            "\(perRecord) a record: \(perEvent) ns of CPU per event, \(megabytes) MB/s of requests, \(test.sink.tally.calls) calls"
        )
    }
}
