import Adapters
import Core
import Glibc
import Pipeline
import Testing

/// A record may make many more lines than are kept in memory.
@Suite struct LongRecords {
    private let scratch: ScratchDirectory
    private let store = MemoryStateStore()
    private let settled = Settled()
    private let told = RecordedTelemetry()
    private let disk = FaultyDisk()
    /// Three parts, each of which is more than may wait.
    private let record = TestRecord(
        (0..<3).map { part in
            TestRecord.Part(logStream: "s\(part)", events: (0..<3000).map { (0, "\(part) \($0)") })
        })

    init() throws { scratch = try ScratchDirectory() }

    private func sink(
        bufferedBytesMax: Int = 1, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) async throws -> FilesSink {
        var limits = FileLimits()
        limits.bufferedBytesMax = bufferedBytesMax
        return try await FilesSink(
            name: .test("archive"), directory: scratch.below("logs"), path: PathTemplate("{log-stream}.log"),
            format: .text, store: store, saved: nil, telemetry: told.telemetry, now: Instant(milliseconds: 0),
            limits: limits, disk: disk.calls, sleep: sleep)
    }

    private func accept(by sink: FilesSink) async throws {
        let receipt = settled.receipt(1, events: record.eventCount)
        try await sink.accept([record.delivery(sequence: 1, receipt: receipt)])
    }

    private var whole: [String: String] {
        Dictionary(
            uniqueKeysWithValues: record.parts.map { part in
                ("\(part.logStream).log", part.events.map { $0.message + "\n" }.joined())
            })
    }

    /// What is left when it is accepted is no more than some lines.
    @Test func areWrittenOutWhileTheyAreAppended() async throws {
        let sink = try await sink { _ in }
        try await accept(by: sink)
        let written = scratch.contents(below: "logs")
        #expect(
            written.values.reduce(0) { $0 + $1.utf8.count } > whole.values.reduce(0) { $0 + $1.utf8.count } * 8 / 10)
        #expect(settled.numbers == [])
        let cut = try #require(try await sink.cut())
        #expect(cut.frontier == [.zero: .test(1)])
        #expect(settled.numbers == [1])
        #expect(scratch.contents(below: "logs") == whole)
    }

    /// A commit of other sinks need not wait for our disk, and finds nothing of half a record.
    @Test func areNotCutInTheMiddle() async throws {
        let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
        let (goes, go) = AsyncStream.makeStream(of: Void.self)
        let sink = try await sink { _ in
            waiting.yield()
            for await _ in goes { return }
        }
        disk.failWrites(.torn(100, ENOSPC))
        let accepting = Task { try await accept(by: sink) }
        for await _ in waits { break }
        #expect(try await sink.cut() == nil)
        #expect(settled.numbers == [])
        go.yield()
        try await accepting.value
        #expect(try await sink.cut() != nil)
        #expect(settled.numbers == [1])
        #expect(scratch.contents(below: "logs") == whole)
    }

    /// The lines it had are cut back when the program starts again.
    @Test func thatAreGivenUpInTheMiddleAreNeverCut() async throws {
        let (waits, waiting) = AsyncStream.makeStream(of: Void.self)
        let sink = try await sink { _ in
            waiting.yield()
            try await Task.sleep(for: .seconds(600))
        }
        disk.failWrites(.fail(ENOSPC))
        let accepting = Task { try await accept(by: sink) }
        for await _ in waits { break }
        accepting.cancel()
        await #expect(throws: CancellationError.self) { try await accepting.value }
        #expect(try await sink.cut() == nil)
        #expect(settled.numbers == [])
    }

    /// As when logs are rotated by renaming: no line is divided between the old file and the new one.
    @Test func aFileThatIsRenamedWithinALineGetsItsRest() async throws {
        let files = try AppendFiles(
            directory: scratch.below("logs"), of: .test("archive"), store: store, telemetry: told.telemetry,
            now: Instant(milliseconds: 0), limits: smallBlocks)
        let path = try PathTemplate("a.log").path(
            for: Origin(owner: "1", logGroup: "g", logStream: "s"), at: Instant(milliseconds: 0))
        files.append(to: path) { $0 += Array("first line\nsecond line\nthird line\n4th\n".utf8) }
        try await files.makeRoom()
        #expect(scratch.contents(below: "logs") == ["a.log": "first line\nsecond line\nthird lin"])
        rename(scratch.below("logs/a.log"), scratch.below("logs/b.log"))
        _ = try await files.cut()
        #expect(
            scratch.contents(below: "logs") == ["b.log": "first line\nsecond line\nthird line\n", "a.log": "4th\n"])
    }

    private var smallBlocks: FileLimits {
        var limits = FileLimits()
        limits.blockBytes = 16
        limits.appendedBytesMax = 1
        limits.bufferedBytesMax = 1000
        return limits
    }
}
