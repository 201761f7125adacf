import Adapters
import Core
import Locking
import Pipeline
import Testing

@testable import LogGroupFakes

@Suite(.timeLimit(.minutes(5))) struct ALogGroupSinkDelivers {
    /// Several shards at once, faults, and tasks in whatever order they come.
    @Test(arguments: UInt64(1)...200)
    func everythingOnceInOrder(seed: UInt64) async throws {
        let writer = RecordingWriter(seed: seed, faults: [0, 30, 60, 90][Int(seed % 4)])
        let test = try SinkUnderTest(
            writer: writer,
            rules: LogGroupRules.test(
                retentionDays: 14, callsMax: 4, bodyBytesMax: 2000, targetsMax: Int(seed % 7) + 1,
                limits: BatchLimits(events: 7)))
        let work = Locked(LogWorkload(seed: seed, now: writer.logs.now))
        try await test.whileRunning {
            try await withThrowingTaskGroup { shards in
                for shard in 0..<3 {
                    shards.addTask {
                        for number in 0..<8 {
                            // A log stream's events come through one shard.
                            let stream = shard * 2 + number % 2
                            let events = work.withLock { $0.events(for: stream, now: writer.logs.now) }
                            try await test.accept(shard * 1000 + number, events, from: LogWorkload.origin(stream))
                        }
                    }
                }
                try await shards.waitForAll()
            }
            writer.state.withLock { $0.cloud.faults = 0 }
            await test.sink.drain()
        }
        let workload = work.withLock { $0 }
        let tally = test.sink.tally
        let faults = workload.faults(in: writer.logs, targets: 0..<6, possibleRepeats: tally.possibleRepeats)
        #expect(faults == [])
        let rejected = workload.expected.compactMapValues { $0?.rawValue }
        let kept = test.deadLetters.kept
        #expect(Dictionary(kept.map { ($0.message, $0.reason) }) { $0 + " twice \($1)" } == rejected)
        #expect(test.settled.withLock { $0 }.count == 24)
        #expect(test.settled.withLock { $0 }.values.allSatisfy { $0 < 2000 })
        #expect(tally.delivered + tally.deadLettered == workload.expected.count)
        let concurrency = writer.state.withLock { ($0.mostUnderWay, $0.overlaps) }
        #expect(concurrency.0 <= 4 && concurrency.1 == [])
        #expect(test.memory.inUse == 0, "what is settled holds no memory")
    }

    @Test func withNineOfTenCallsThrottled() async throws {
        let writer = RecordingWriter(seed: 9, faults: 90)
        let test = try SinkUnderTest(writer: writer, rules: LogGroupRules.test(callsMax: 8))
        try await test.whileRunning {
            for number in 0..<50 {
                try await test.accept(number, [Written(writer.logs.now, "\(number)")], from: LogWorkload.origin(number))
            }
            await test.sink.drain()
        }
        #expect(test.settled.withLock { $0 }.count == 50)
        #expect(writer.state.withLock { $0.mostUnderWay } <= 8)
        #expect(test.sink.tally.failures > 50)
        #expect(test.reports.withLock { $0 }.contains("sinkRecovered"))
    }

    /// A dead letter takes more memory than an empty event.
    @Test func manyRefusedEventsAreDeadLetteredSomeAtATime() async throws {
        let test = try SinkUnderTest()
        try await test.accept(1, Array(repeating: Written(1, ""), count: 1000))
        #expect(test.deadLetters.kept.count == 1000)
        #expect(test.deadLetters.mostAtOnce <= 256)
    }

    @Test func whatNoRequestCanCarryIsDeadLetteredWithoutACall() async throws {
        let test = try SinkUnderTest()
        let big = String(repeating: "x", count: 1_048_551)
        try await test.accept(1, [Written(1, ""), Written(1, big)])
        #expect(test.deadLetters.kept.map(\.reason) == ["refused", "too-big"])
        #expect(
            test.deadLetters.kept.map(\.detail) == [
                "the message is empty: PutLogEvents takes at least one character",
                "the message has 1048551 bytes: this sink sends at most 1048550",
            ])
        #expect(test.settled.withLock { $0 } == [1: 1002])
        #expect(test.writer.logs.calls == [])
        #expect(test.sink.tally.deadLettered == 2)
        #expect(test.memory.inUse == 0)
    }

    @Test func deadLettersNameTheTargetAndTheReason() async throws {
        let test = try SinkUnderTest()
        let now = test.writer.logs.now
        try await test.whileRunning {
            try await test.accept(1, [Written(now - 15 * 86_400_000, "old"), Written(now, "good")])
            try await test.accept(2, [Written(now, "poison")])
            await test.sink.drain()
        }
        #expect(
            Set(test.deadLetters.kept) == [
                RecordingDeadLetters.Kept(
                    message: "old", reason: "too-old",
                    detail: "group-0:stream-0: older than the 14 days that CloudWatch Logs takes"),
                RecordingDeadLetters.Kept(
                    message: "poison", reason: "refused", detail: "group-0:stream-0: something is wrong"),
            ])
        #expect(test.sink.tally.delivered == 1)
        #expect(test.sink.tally.deliveredBytes == 4 + 26)
        #expect(test.settled.withLock { $0 } == [1: 1001, 2: 1001])
    }

    @Test func namesThatShowTheTimeSplitARecordByIt() async throws {
        let test = try SinkUnderTest(group: "{owner}{log-group}", stream: "{log-stream}/{date}-{hour}")
        let now = test.writer.logs.now  // 2025-11-20T10:00:00Z
        try await test.whileRunning {
            try await test.accept(1, [Written(now, "a"), Written(now + 1, "b"), Written(now + 3_600_000, "c")])
            await test.sink.drain()
        }
        let stored = { (stream: String) in
            test.writer.logs.everything(in: LogTarget(group: "111111111111group-0", stream: stream)).map(\.message)
        }
        #expect(stored("stream-0/2025-11-20-10") == ["a", "b"])
        #expect(stored("stream-0/2025-11-20-11") == ["c"])
    }

    @Test func oneRecordMayGoToManyLogStreams() async throws {
        let test = try SinkUnderTest(rules: LogGroupRules.test(targetsMax: 3))
        let now = test.writer.logs.now
        let delivery = try await test.delivery(
            1, (0..<40).map { (LogWorkload.origin($0), [Written(now, "\($0)")]) })
        try await test.whileRunning {
            try await test.sink.accept([delivery])
            await test.sink.drain()
        }
        #expect(test.settled.withLock { $0 } == [1: 1000])
        #expect(test.writer.logs.streams.count == 40)
    }
}

@Suite(.timeLimit(.minutes(5))) struct ALogGroupSinkStops {
    /// Answers nothing, ever.
    private struct Silence: LogGroupWriter {
        let called: Signal

        private func wait<Outcome>() async throws(CancellationError) -> Outcome {
            called.ring()
            while true {
                do { try await Task.sleep(for: .seconds(3600)) } catch { throw CancellationError() }
            }
        }

        func put(_ body: [UInt8], to target: LogTarget) async throws(CancellationError) -> PutOutcome {
            try await wait()
        }
        func createStream(_ target: LogTarget) async throws(CancellationError) -> CreateOutcome { try await wait() }
        func createGroup(_ group: String) async throws(CancellationError) -> CreateOutcome { try await wait() }
        func putRetention(_ days: Int, of group: String) async throws(CancellationError) -> CreateOutcome {
            try await wait()
        }
    }

    /// One signal that can be awaited.
    private struct Signal: Sendable {
        private let stream = AsyncStream<Void>.makeStream()
        func ring() { stream.continuation.yield() }
        func wait() async { for await _ in stream.stream { return } }
    }

    @Test func cancellingAbortsCallsAndLeavesTheirEventsUnsettled() async throws {
        let called = Signal()
        let test = try SinkUnderTest(answering: Silence(called: called), rules: LogGroupRules.test(linger: .zero))
        try await test.whileRunning {
            try await test.accept(1, [Written(1, "a")])
            await called.wait()
        }
        #expect(test.settled.withLock { $0 } == [:])
        #expect(test.sink.tally.delivered == 0)
    }

    @Test func drainingEndsWhenCancelled() async throws {
        let called = Signal()
        let test = try SinkUnderTest(answering: Silence(called: called))
        try await test.accept(1, [Written(1, "a")])
        let drain = Task { await test.sink.drain() }
        drain.cancel()
        await drain.value
        #expect(test.settled.withLock { $0 } == [:])
    }

    @Test func acceptingWaitsForRoomUntilCancelled() async throws {
        let test = try SinkUnderTest(rules: LogGroupRules.test(targetsMax: 1))
        try await test.accept(1, [Written(1, "a")], from: LogWorkload.origin(0))
        let second = Task { try await test.accept(2, [Written(1, "b")], from: LogWorkload.origin(1)) }
        second.cancel()
        await #expect(throws: CancellationError.self) { try await second.value }
    }

    @Test func drainingSendsWhatLingers() async throws {
        let test = try SinkUnderTest(rules: LogGroupRules.test(linger: .seconds(60)), clock: StandingClock())
        try await test.whileRunning {
            try await test.accept(1, [Written(test.writer.logs.now, "a")])
            await test.sink.drain()
        }
        #expect(test.settled.withLock { $0 } == [1: 1000])
    }

    /// Each delivery holds one byte.
    @Test func whoWaitsForMemoryEndsTheLinger() async throws {
        let test = try SinkUnderTest(
            rules: LogGroupRules.test(linger: .seconds(60)), clock: StandingClock(), memoryBytes: 2)
        try await test.whileRunning {
            let now = test.writer.logs.now
            for stream in 0...1 {
                try await test.accept(3 + stream, [Written(now, "creates")], from: LogWorkload.origin(stream))
            }
            await test.sink.drain()
            test.settled.withLock { $0 = [:] }
            try await test.accept(1, [Written(now, "a")], from: LogWorkload.origin(0))
            try await test.accept(2, [Written(now, "b"), Written(now, "c")], from: LogWorkload.origin(1))
            let first = try await test.memory.reserve(1) { test.sink.hasten() }
            first.shrink(to: 0)
            #expect(test.settled.withLock { $0 } == [2: 1000], "the smaller one lingers on")
            let all = try await test.memory.reserve(2) { test.sink.hasten() }
            #expect(all.bytes == 2)
        }
        #expect(test.settled.withLock { $0 } == [1: 1000, 2: 1000])
    }

    private struct FullDisk: Error {}

    private struct NoDeadLetters: DeadLetters {
        func keep(_ letters: [DeadLetter]) async throws { throw FullDisk() }
        func cut() -> FilesCut? { nil }
    }

    @Test func aDeadLetterThatCannotBeKeptStopsTheSink() async throws {
        let test = try SinkUnderTest(deadLetters: NoDeadLetters())
        await #expect(throws: FullDisk.self) {
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await test.sink.run() }
                try await test.accept(1, [Written(test.writer.logs.now, "poison")])
                try await tasks.waitForAll()
            }
        }
        #expect(test.settled.withLock { $0 } == [:])
    }

    /// A replay's end waits for its sinks as long as they need, and this one needs for ever.
    @Test func drainingEndsWhenTheSinkHasFailed() async throws {
        let test = try SinkUnderTest(deadLetters: NoDeadLetters())
        try await test.accept(1, [Written(test.writer.logs.now, "poison")])
        await #expect(throws: FullDisk.self) {
            try await withThrowingTaskGroup { tasks in
                tasks.addTask { try await test.sink.run() }
                await test.sink.drain()
                try await tasks.waitForAll()
            }
        }
        await test.sink.drain()
        #expect(test.settled.withLock { $0 } == [:])
    }
}
