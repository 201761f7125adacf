import Adapters
import Core
import Glibc
import Pipeline
import Testing

@Suite struct RestoreTests {
    private static let name = SinkName.test("archive")

    private let scratch: ScratchDirectory
    private let told = RecordedTelemetry()

    init() throws {
        scratch = try ScratchDirectory()
        mkdir(scratch.below("logs"), 0o755)
        mkdir(scratch.below("logs/d"), 0o755)
    }

    /// Opens a sink over a store that has these lengths committed, and returns what the store has afterwards.
    private func restore(_ lengths: [String: Int]) async throws -> SavedState {
        let cut = FilesCut(sink: Self.name, lengths: lengths, frontier: [.zero: .test(7)])
        let store = MemoryStateStore(SavedState(files: [Self.name: cut]))
        _ = try await FilesSink(
            name: Self.name, directory: scratch.below("logs"), path: PathTemplate("{log-stream}.log"), format: .text,
            store: store, saved: cut, telemetry: told.telemetry, now: Instant(milliseconds: 0))
        return await store.load()
    }

    @Test(arguments: [("abcdef", 4, "abcd"), ("abcd", 4, "abcd"), ("ab", 4, "ab"), ("ab", 0, nil), ("", 0, nil)])
    func aFileIsTakenBackToWhatIsCommitted(found: String, committed: Int, left: String?) async throws {
        try ScratchDirectory.write(found, to: scratch.below("logs/d/s.log"))
        _ = try await restore([scratch.below("logs/d/s.log"): committed])
        #expect(scratch.contents(below: "logs")["d/s.log"] == left)
    }

    @Test func whatIsShorterOrGoneIsTold() async throws {
        try ScratchDirectory.write("ab", to: scratch.below("logs/s.log"))
        _ = try await restore([scratch.below("logs/s.log"): 4, scratch.below("logs/no/such.log"): 9])
        #expect(told.events.filter { $0.hasPrefix("fileMissing") }.count == 2)
    }

    @Test func theStoreForgetsFilesThatAreWhatIsCommitted() async throws {
        try ScratchDirectory.write("abcdef", to: scratch.below("logs/s.log"))
        let state = try await restore([scratch.below("logs/s.log"): 4, scratch.below("logs/gone.log"): 9])
        #expect(state.files[Self.name]?.lengths == [:])
        #expect(state.files[Self.name]?.frontier == [.zero: .test(7)])
    }

    /// The directory was changed in the settings: nobody holds the old one's lock.
    @Test func filesOfAnotherDirectoryAreLeftAlone() async throws {
        try ScratchDirectory.write("abcdef", to: scratch.below("elsewhere.log"))
        _ = try await restore([scratch.below("elsewhere.log"): 4, scratch.below("logs/../elsewhere.log"): 4])
        #expect(scratch.contents()["elsewhere.log"] == "abcdef")
        #expect(told.events.filter { $0.hasPrefix("filesElsewhere") }.count == 1)
    }

    @Test func aLinkInPlaceOfAFileIsRefused() async throws {
        try ScratchDirectory.write("abcdef", to: scratch.below("elsewhere.log"))
        symlink(scratch.below("elsewhere.log"), scratch.below("logs/s.log"))
        await #expect(throws: SystemError.self) { try await restore([scratch.below("logs/s.log"): 0]) }
        #expect(scratch.contents()["elsewhere.log"] == "abcdef")
    }

    @Test func aSecondProgramIsRefusedAndToldWhoIsFirst() async throws {
        let open = {
            try AppendFiles(
                directory: scratch.below("logs"), of: Self.name, store: MemoryStateStore(), telemetry: .silent,
                now: Instant(milliseconds: 1_763_632_800_000))
        }
        let first = try open()
        let error = #expect(throws: FileLockHeld.self) { _ = try open() }
        let holder = try #require(error).holder
        #expect(holder.contains("process \(getpid()) on "))
        #expect(holder.hasSuffix("since 2025-11-20T10:00:00Z"))
        withExtendedLifetime(first) {}
    }
}
