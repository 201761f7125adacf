import Adapters
import Core
import Glibc
import Pipeline
import Testing

@Suite struct StdoutSinkTests {
    private let settled = Settled()

    init() { signal(SIGPIPE, SIG_IGN) }

    private func sink(_ pipe: TestPipe, format: LineFormat = .text) -> StdoutSink {
        StdoutSink(name: .test("console"), format: format, descriptor: pipe.writeEnd, telemetry: .silent)
    }

    private func accept(_ record: TestRecord, _ sequence: Int = 1, by sink: StdoutSink) async throws {
        let receipt = settled.receipt(sequence, events: record.eventCount)
        try await sink.accept([record.delivery(sequence: sequence, receipt: receipt)])
    }

    @Test func linesAreWrittenAndSettled() async throws {
        let pipe = try TestPipe()
        let sink = sink(pipe)
        try await accept(TestRecord("s", "1", "2"), 1, by: sink)
        try await accept(TestRecord("s", "3"), 2, by: sink)
        #expect(pipe.readNow() == "1\n2\n3\n")
        #expect(settled.deadLettered == [1: 0, 2: 0])
        #expect(await sink.cut() == nil)
    }

    @Test func ndjsonKeepsAWSsNames() async throws {
        let pipe = try TestPipe()
        try await accept(TestRecord("s", "x"), by: sink(pipe, format: .ndjson))
        #expect(
            pipe.readNow()
                == #"{"owner":"1","logGroup":"/g","logStream":"s","id":"1","timestamp":0,"message":"x"}"# + "\n")
    }

    /// A pipe takes 64 KiB; several shards write ten times as much, and the reader is slow.
    @Test(arguments: [false, true]) func slowReadersAreWaitedFor(nonBlocking: Bool) async throws {
        let pipe = try TestPipe(nonBlocking: nonBlocking)
        let sink = sink(pipe)
        let reading = Task { await pipe.readSlowly(lines: 40) }
        try await withThrowingDiscardingTaskGroup { group in
            for shard in 0..<4 {
                group.addTask {
                    for number in 0..<10 {
                        let text = "\(shard) \(number) " + String(repeating: "x", count: 16_000)
                        try await accept(TestRecord("s", text), shard * 10 + number, by: sink)
                    }
                }
            }
        }
        let lines = await reading.value
        #expect(lines.allSatisfy { $0.utf8.count == 16_004 })
        for shard in 0..<4 {
            let numbers = lines.filter { $0.hasPrefix("\(shard) ") }.map { $0.split(separator: " ")[1] }
            #expect(numbers == (0..<10).map { "\($0)" })
        }
        #expect(settled.numbers == Array(0..<40))
    }

    @Test func aCancelledLineIsFinishedByWhoComesNext() async throws {
        let pipe = try TestPipe()
        let sink = sink(pipe)
        let long = String(repeating: "x", count: 200_000)
        let accepting = Task { try await accept(TestRecord("s", long), 1, by: sink) }
        await pipe.waitUntilFull()
        accepting.cancel()
        await #expect(throws: CancellationError.self) { try await accepting.value }
        #expect(settled.numbers == [])

        let reading = Task { await pipe.readSlowly(lines: 2) }
        try await accept(TestRecord("s", "next"), 2, by: sink)
        #expect(await reading.value == [long, "next"])
        #expect(settled.numbers == [1, 2])
    }

    @Test func drainWritesTheRest() async throws {
        let pipe = try TestPipe()
        let sink = sink(pipe)
        let long = String(repeating: "x", count: 200_000)
        let accepting = Task { try await accept(TestRecord("s", long), 1, by: sink) }
        await pipe.waitUntilFull()
        accepting.cancel()
        _ = await accepting.result
        let reading = Task { await pipe.readSlowly(lines: 1) }
        await sink.drain()
        #expect(await reading.value == [long])
        #expect(settled.numbers == [1])
    }

    @Test func aClosedPipeEndsTheSink() async throws {
        let pipe = try TestPipe()
        let sink = sink(pipe)
        pipe.closeReadEnd()
        for number in 1...2 {
            await #expect(throws: SinkClosed.self) { try await accept(TestRecord("s", "x"), number, by: sink) }
        }
        #expect(settled.numbers == [])
        await sink.drain()
    }

    @Test func aFullDiskBehindItIsWaitedFor() async throws {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        let told = RecordedTelemetry()
        let sink = StdoutSink(
            name: .test("console"), format: .text, descriptor: full, telemetry: told.telemetry,
            sleep: { _ in
                if told.events.count == 3 { throw CancellationError() }
            })
        await #expect(throws: CancellationError.self) { try await accept(TestRecord("s", "x"), by: sink) }
        #expect(told.events.allSatisfy { $0.hasPrefix("sinkFailed") })
        #expect(settled.numbers == [])
    }
}
