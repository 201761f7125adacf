import Adapters
import Core
import Glibc
import Locking
import Pipeline

/// Counts the calls that leave a trace, and kills the machine within one of them: that call is done in part or not at
/// all, and none after it.
final class Fuse: Sendable {
    struct Blown: Error {}

    private struct State {
        /// Calls until the end; `nil` when nothing will happen.
        var left: Int?
        var isBlown = false
        /// How much the last write still does.
        var tearing = 0
        var synced: [String: Int] = [:]
    }

    private enum Verdict { case work, lastCall(tearing: Int), dead }

    private let state = Locked(State())

    func light(after calls: Int, tearing: Int) {
        state.withLock {
            $0.left = calls
            $0.isBlown = false
            $0.tearing = tearing
        }
    }

    func mend() {
        state.withLock {
            $0.left = nil
            $0.isBlown = false
        }
    }

    var isBlown: Bool { state.withLock { $0.isBlown } }
    var isMended: Bool { state.withLock { $0.left == nil } }
    /// How much of each file is on the disk for sure, by path.
    var synced: [String: Int] { state.withLock { $0.synced } }

    private func burn() -> Verdict {
        state.withLock { state in
            if state.isBlown { return .dead }
            guard let left = state.left else { return .work }
            state.left = left - 1
            guard left <= 1 else { return .work }
            state.isBlown = true
            return .lastCall(tearing: state.tearing)
        }
    }

    /// A call of the store, which is done whole or not at all; when the machine dies in it, nobody hears the answer.
    func during<Result: Sendable>(_ call: () async throws -> Result) async throws -> Result {
        switch burn() {
        case .work: return try await call()
        case .lastCall(let tearing):
            if tearing.isMultiple(of: 2) { _ = try await call() }
            throw Blown()
        case .dead: throw Blown()
        }
    }

    var disk: DiskCalls {
        DiskCalls(
            write: { (file, bytes, offset) throws(SystemError) in
                switch self.burn() {
                case .work: return try DiskCalls.system.write(file, bytes, offset)
                case .lastCall(let tearing):
                    _ = try DiskCalls.system.write(file, .init(rebasing: bytes.prefix(tearing)), offset)
                    throw SystemError(attempt: "live", code: EIO)
                case .dead: throw SystemError(attempt: "live", code: EIO)
                }
            },
            sync: { (file) throws(SystemError) in
                guard case .work = self.burn() else { throw SystemError(attempt: "live", code: EIO) }
                try DiskCalls.system.sync(file)
                var status = stat()
                fstat(file, &status)
                let length = Int(status.st_size)
                self.state.withLock { $0.synced[FaultyDisk.path(of: file)] = length }
            })
    }
}

/// A store whose machine may die before or after a call is done.
struct FragileStore: StateStore {
    let store: any StateStore
    let fuse: Fuse

    func load() async throws -> SavedState { try await store.load() }
    func save(_ commit: Commit) async throws { try await fuse.during { try await store.save(commit) } }

    func register(_ lengths: [String: Int], of sink: SinkName) async throws {
        try await fuse.during { try await store.register(lengths, of: sink) }
    }

    func forget(_ lengths: [String: Int], of sink: SinkName) async throws -> Set<String> {
        try await fuse.during { try await store.forget(lengths, of: sink) }
    }
}
