import Core
import Glibc
import Testing

@testable import Adapters

/// A lock whose file was removed by its holder keeps nobody from holding the next one alone.
@Suite struct RemovedLockTests {
    /// The one before is done, and removes its file, while this one has opened it and not locked it yet.
    @Test func theNextHolderHasTheFileThatIsThere() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.below("it.lock")
        var openings = 0
        let held = try FileLock.locked(path, in: AT_FDCWD, guarding: "it") {
            openings += 1
            if openings == 1 { unlink(path) }
        }
        #expect(openings == 2)
        #expect(throws: FileLockHeld.self) {
            try FileLock(path: path, guarding: "it", now: Instant(milliseconds: 0))
        }
        _ = held
    }
}
