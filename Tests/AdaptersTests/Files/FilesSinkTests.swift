import Adapters
import Core
import Glibc
import Pipeline
import Testing

@Suite struct FilesSinkTests {
    private let scratch: ScratchDirectory
    private let store = MemoryStateStore()
    private let settled = Settled()
    private let told = RecordedTelemetry()
    private let disk = FaultyDisk()

    init() throws { scratch = try ScratchDirectory() }

    private func sink(
        path: String = "{log-stream}.log", format: LineFormat = .text, limits: FileLimits = FileLimits(),
        directory: String = "logs"
    ) async throws -> FilesSink {
        let saved = await store.load().files[.test("archive")]
        return try await FilesSink(
            name: .test("archive"), directory: scratch.below(directory), path: PathTemplate(path), format: format,
            store: store, saved: saved, telemetry: told.telemetry, now: Instant(milliseconds: 0), limits: limits,
            disk: disk.calls, sleep: Self.yield)
    }

    private static let yield: @Sendable (Duration) async throws -> Void = { _ in
        try Task.checkCancellation()
        await Task.yield()
    }

    private func accept(_ record: TestRecord, _ sequence: Int, by sink: FilesSink, shard: ShardID = .zero) async throws
    {
        let receipt = settled.receipt(sequence, events: record.eventCount)
        try await sink.accept([record.delivery(shard: shard, sequence: sequence, receipt: receipt)])
    }

    private func commit(_ sink: FilesSink) async throws {
        if let cut = try await sink.cut() { try await store.save(Commit(checkpoints: [:], files: [cut])) }
    }

    // MARK: What is written

    @Test func linesStandInTheOrderOfTheirRecords() async throws {
        let sink = try await sink()
        try await accept(TestRecord("a", "1", "2"), 1, by: sink)
        try await accept(TestRecord("b", "3"), 2, by: sink)
        try await accept(TestRecord("a", "4"), 3, by: sink)
        try await commit(sink)
        #expect(scratch.contents(below: "logs") == ["a.log": "1\n2\n4\n", "b.log": "3\n"])
    }

    @Test func ndjsonKeepsAWSsNames() async throws {
        let sink = try await sink(path: "{owner}/{log-group}/{log-stream}/{date}.ndjson", format: .ndjson)
        try await accept(TestRecord("s", #"say \"hi\""#), 1, by: sink)
        try await commit(sink)
        let line =
            #"{"owner":"1","logGroup":"/g","logStream":"s","id":"1","timestamp":0,"message":"say \"hi\""}"# + "\n"
        #expect(scratch.contents(below: "logs") == ["1/g/s/1970-01-01.ndjson": line])
    }

    @Test func anEventGoesToTheFileOfItsOwnHour() async throws {
        let sink = try await sink(path: "{hour}.log")
        let events: [(Int64, String)] = [(0, "a"), (3_599_999, "b"), (3_600_000, "c"), (1, "d")]
        try await accept(TestRecord([.init(logStream: "s", events: events)]), 1, by: sink)
        try await commit(sink)
        #expect(scratch.contents(below: "logs") == ["00.log": "a\nb\nd\n", "01.log": "c\n"])
    }

    @Test func hostileNamesStayBelowTheDirectory() async throws {
        let sink = try await sink()
        for (index, name) in ["../../x", "/etc/x", ".tailrace.lock", ".."].enumerated() {
            try await accept(TestRecord(name, "line"), index + 1, by: sink)
        }
        try await commit(sink)
        #expect(scratch.contents(below: "logs").count == 4)
        #expect(scratch.contents().count == 4)
    }

    @Test func aLinkOutOfTheDirectoryIsNotFollowed() async throws {
        let sink = try await sink(path: "{log-group}/{log-stream}.log")
        let elsewhere = try ScratchDirectory()
        symlink(elsewhere.path, scratch.below("logs/g"))
        symlink(elsewhere.below("x"), scratch.below("logs/x.log"))
        try await accept(TestRecord("s", "line"), 1, by: sink)
        #expect(try await sink.cut() == nil)
        #expect(elsewhere.contents() == [:])
        #expect(settled.numbers == [])
    }

    @Test func filesThatWereThereAreAppendedTo() async throws {
        mkdir(scratch.below("logs"), 0o755)
        try ScratchDirectory.write("old\n", to: scratch.below("logs/s.log"))
        let sink = try await sink()
        try await accept(TestRecord("s", "new"), 1, by: sink)
        try await commit(sink)
        #expect(scratch.contents(below: "logs") == ["s.log": "old\nnew\n"])
    }

    @Test func moreFilesThanDescriptorsAndThanAreKeptInMind() async throws {
        var limits = FileLimits()
        limits.openFilesMax = 3
        limits.knownFilesMax = 5
        let sink = try await sink(limits: limits)
        for round in 0..<3 {
            for file in 0..<20 { try await accept(TestRecord("\(file)", "\(round)"), round * 20 + file + 1, by: sink) }
            try await commit(sink)
        }
        let contents = scratch.contents(below: "logs")
        #expect(contents.count == 20)
        #expect(contents.values.allSatisfy { $0 == "0\n1\n2\n" })
        try await commit(sink)
        #expect(await store.load().files[sink.name]?.lengths.count ?? 0 <= 5)
    }

    // MARK: When it is settled

    @Test func onlyACutSettles() async throws {
        var limits = FileLimits()
        limits.bufferedBytesMax = 1
        let sink = try await sink(limits: limits)
        for number in 1...3 { try await accept(TestRecord("s", "line"), number, by: sink) }
        await sink.drain()
        #expect(settled.numbers == [])
        let cut = try #require(try await sink.cut())
        #expect(settled.numbers == [1, 2, 3])
        #expect(cut.frontier == [.zero: .test(3)])
        #expect(cut.lengths == [scratch.below("logs/s.log"): 15])
        #expect(disk.synced == [scratch.below("logs/s.log"): 15])
        #expect(try await sink.cut() == nil)
    }

    @Test func aFileIsRegisteredBeforeItsFirstByte() async throws {
        var limits = FileLimits()
        limits.bufferedBytesMax = 1
        let sink = try await sink(limits: limits)
        try await accept(TestRecord("s", "line"), 1, by: sink)
        #expect(scratch.contents(below: "logs") == [:])
        try await accept(TestRecord("s", "line"), 2, by: sink)
        #expect(scratch.contents(below: "logs") == ["s.log": "line\n"])
        #expect(await store.load().files[sink.name]?.lengths == [scratch.below("logs/s.log"): 0])
    }

    @Test func whoeverAcceptsWaitsForACutWhenTooManyRecordsWait() async throws {
        var limits = FileLimits()
        limits.owedMax = 2
        let sink = try await sink(limits: limits)
        for number in 1...2 { try await accept(TestRecord("s", "line"), number, by: sink) }
        async let third: Void = accept(TestRecord("s", "line"), 3, by: sink)
        while settled.numbers.isEmpty { try await commit(sink) }
        try await third
        try await commit(sink)
        #expect(settled.numbers == [1, 2, 3])
    }

    /// Each record writes to two files that are new, so every cut has to ask the store while others accept.
    @Test func aCutHoldsWholeRecordsOnly() async throws {
        let slow = SlowStore(store: store)
        let sink = try await FilesSink(
            name: .test("archive"), directory: scratch.below("logs"), path: PathTemplate("{log-stream}.log"),
            format: .text, store: slow, saved: nil, telemetry: .silent, now: Instant(milliseconds: 0))
        let accepting = Task {
            try await withThrowingDiscardingTaskGroup { group in
                for shard in 0..<4 {
                    group.addTask {
                        for number in 1...30 {
                            let name = "\(shard)-\(number)"
                            let record = TestRecord(
                                ["\(name)-a", "\(name)-b"].map { .init(logStream: $0, events: [(0, "line")]) })
                            try await accept(record, number + shard * 100, by: sink, shard: .test(shard))
                        }
                    }
                }
            }
        }
        var lengths: [String: Int] = [:]
        while settled.numbers.count < 120 {
            lengths.merge(try await sink.cut()?.lengths ?? [:]) { $1 }
            #expect(Set(lengths.keys.map { $0.dropLast(5) }).count * 2 == lengths.count)
        }
        try await accepting.value
        #expect(lengths.count == 240)
    }

    private struct SlowStore: StateStore {
        let store: MemoryStateStore

        func load() async throws -> SavedState { await store.load() }
        func save(_ commit: Commit) async throws { try await store.save(commit) }

        func register(_ lengths: [String: Int], of sink: SinkName) async throws {
            for _ in 0..<20 { await Task.yield() }
            await store.register(lengths, of: sink)
        }

        func forget(_ lengths: [String: Int], of sink: SinkName) async throws -> Set<String> {
            await store.forget(lengths, of: sink)
        }
    }

    // MARK: What comes again

    @Test func recordsThatTheFilesHoldArePassedOver() async throws {
        let first = try await sink()
        try await accept(TestRecord("s", "1"), 1, by: first)
        try await accept(TestRecord("s", "2"), 2, by: first)
        try await accept(TestRecord("s", "1"), 2, by: first)
        #expect(settled.numbers == [])
        try await commit(first)
        #expect(settled.numbers == [1, 2])

        let again = Settled()
        try await first.accept([TestRecord("s", "2").delivery(sequence: 2, receipt: again.receipt(2))])
        #expect(again.numbers == [2])
        #expect(try await first.cut() == nil)
        #expect(scratch.contents(below: "logs") == ["s.log": "1\n2\n"])
    }
}

// MARK: - Trouble

extension FilesSinkTests {
    @Test(
        arguments: [
            [.fail(ENOSPC)], [.short(1)], [.short(3), .fail(EIO)], [.torn(2, ENOSPC)],
            [.torn(5, ENOSPC), .torn(1, EDQUOT), .short(2), .fail(ENOSPC)],
        ] as [[FaultyDisk.Fault]])
    func aDiskInTroubleLosesAndRepeatsNothing(faults: [FaultyDisk.Fault]) async throws {
        let sink = try await sink()
        try await accept(TestRecord("s", "line 1", "line 2"), 1, by: sink)
        for fault in faults { disk.failWrites(fault) }
        while try await sink.cut() == nil {
            #expect(settled.numbers == [])
            try await accept(TestRecord("s", "line 3"), 2, by: sink)
        }
        try await commit(sink)
        let text = try #require(scratch.contents(below: "logs")["s.log"])
        #expect(text == "line 1\nline 2\n" || text == "line 1\nline 2\nline 3\n")
    }

    @Test func aFullDiskHoldsWhoeverAcceptsUntilItHasRoom() async throws {
        var limits = FileLimits()
        limits.bufferedBytesMax = 1
        let sink = try await sink(limits: limits)
        try await accept(TestRecord("s", "1"), 1, by: sink)
        disk.failWrites(.fail(ENOSPC), .fail(ENOSPC), .fail(ENOSPC))
        try await accept(TestRecord("s", "2"), 2, by: sink)
        try await commit(sink)
        #expect(scratch.contents(below: "logs") == ["s.log": "1\n2\n"])
        #expect(told.events.filter { $0.hasPrefix("sinkFailed") }.count == 3)
        #expect(told.events.filter { $0.hasPrefix("sinkRecovered") }.count == 1)
    }

    @Test func whoWaitsForRoomCanBeCancelled() async throws {
        var limits = FileLimits()
        limits.owedMax = 0
        let sink = try await sink(limits: limits)
        let accepting = Task { try await accept(TestRecord("s", "1"), 1, by: sink) }
        accepting.cancel()
        await #expect(throws: CancellationError.self) { try await accepting.value }
        #expect(try await sink.cut() == nil)
    }

    /// https://lwn.net/Articles/752063/
    @Test func afterAFailedSyncNothingIsCutAnyMore() async throws {
        let sink = try await sink()
        try await accept(TestRecord("s", "1"), 1, by: sink)
        disk.failSyncs(.fail(EIO))
        await #expect(throws: NotDurable.self) { try await sink.cut() }
        await #expect(throws: NotDurable.self) { try await sink.cut() }
        #expect(settled.numbers == [])
    }

    @Test func aFileRemovedWhileItGrowsIsToldAndBegunAnew() async throws {
        let sink = try await sink()
        try await accept(TestRecord("s", "1"), 1, by: sink)
        try await commit(sink)
        unlink(scratch.below("logs/s.log"))
        try await accept(TestRecord("s", "2"), 2, by: sink)
        try await commit(sink)
        #expect(scratch.contents(below: "logs") == ["s.log": "2\n"])
        #expect(told.events.filter { $0.hasPrefix("fileMissing") }.count == 1)
        #expect(await store.load().files[sink.name]?.lengths == [scratch.below("logs/s.log"): 2])
    }
}
