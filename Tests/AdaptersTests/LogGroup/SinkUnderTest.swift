import Adapters
import Core
import Locking
import Pipeline
import Testing

@testable import LogGroupFakes

/// A log group sink with fakes all round.
struct SinkUnderTest {
    let sink: LogGroupSink
    let writer: RecordingWriter
    let deadLetters = RecordingDeadLetters()
    let settled = Locked<[Int: Int]>([:])
    let reports = Locked<[String]>([])
    let memory: MemoryBudget

    init(
        writer: RecordingWriter = RecordingWriter(), answering: (any LogGroupWriter)? = nil,
        deadLetters: (any DeadLetters)? = nil, rules: LogGroupRules = LogGroupRules.test(),
        group: String = "{log-group}", stream: String = "{log-stream}", clock: some Clock<Duration> = SkippingClock(),
        memoryBytes: Int = 1 << 30
    ) throws {
        self.writer = writer
        memory = MemoryBudget(bytes: memoryBytes)
        let time = writer.logs.now
        let start = clock.now
        sink = LogGroupSink(
            name: try #require(SinkName("central")), group: try NameTemplate(group, for: .logGroup),
            stream: try NameTemplate(stream, for: .logStream), rules: rules, writer: answering ?? writer,
            deadLetters: deadLetters ?? self.deadLetters,
            surroundings: Surroundings(
                now: { Instant(milliseconds: time) },
                sleep: { try await clock.sleep(until: clock.now.advanced(by: $0), tolerance: nil) },
                uptime: { start.duration(to: clock.now) }, jitter: { 0.5 }),
            report: { [reports] event in reports.withLock { $0.append(String("\(event)".prefix { $0 != "(" })) } })
    }

    /// The events of one record; when they are settled, `settled[number]` is how many were dead-lettered.
    func delivery(
        _ number: Int, _ messages: [(origin: Origin, events: [Written])]
    ) async throws -> Delivery {
        let record = logRecord(messages)
        return Delivery(
            shard: try #require(ShardID("shardId-0")), sequence: try #require(SequenceNumber("\(number)")),
            arrival: nil,
            record: record, messages: Array(record.messages.indices),
            receipt: Receipt(events: record.events.count) { [settled] deadLettered in
                settled.withLock { $0[number] = ($0[number] ?? 0) + 1000 + deadLettered }
            },
            hold: try await memory.reserve(1))
    }

    func accept(_ number: Int, _ events: [Written], from origin: Origin = LogWorkload.origin(0)) async throws {
        try await sink.accept([try await delivery(number, [(origin, events)])])
    }

    /// Runs the sink while `body` works, then stops it.
    func whileRunning(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await self.sink.run() }
            try await body()
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }
}
