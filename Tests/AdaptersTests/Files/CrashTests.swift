import Adapters
import Core
import Pipeline
import Testing

@Suite struct CrashTests {
    /// A failure names its seed, which replays it.
    @Test(arguments: UInt64(1)...400)
    func filesAreThoseOfAnUndisturbedRun(seed: UInt64) async throws {
        try await check(CrashWorld(seed: seed) { _ in MemoryStateStore() })
    }

    @Test(arguments: UInt64(1001)...1040)
    func withTheEmbeddedStoreToo(seed: UInt64) async throws {
        try await check(
            CrashWorld(seed: seed) { scratch in
                try SQLiteStateStore(
                    path: scratch.below("state.db"), scope: .init(stream: "s"), now: { Instant(milliseconds: 0) })
            })
    }

    private func check(_ world: CrashWorld) async throws {
        var world = world
        try await world.runToTheEnd()
        #expect(world.files == world.undisturbed)
        #expect(try await world.isDone())
    }
}
