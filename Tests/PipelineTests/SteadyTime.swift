import Core
import Locking
import Pipeline

/// Time that passes as fast as all can follow: it goes on to the end of the shortest wait, and nobody's wait is passed over.
final class SteadyTime: Sendable {
    private struct State {
        var now = Duration.zero
        var ends: [Int: Duration] = [:]
        var nextID = 0
    }

    private let state = Locked(State())

    private func sleep(_ duration: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            state.ends[state.nextID] = state.now + duration
            return state.nextID
        }
        defer { state.withLock { $0.ends[id] = nil } }
        repeat { try await Task.sleep(for: .milliseconds(1)) } while !isOver(id)
    }

    /// Whoever waits shortest moves the time.
    private func isOver(_ id: Int) -> Bool {
        state.withLock { state in
            guard let end = state.ends[id] else { return true }
            if state.ends.values.min() == end { state.now = max(state.now, end) }
            return state.now >= end
        }
    }

    func surroundings(now: Instant) -> Surroundings {
        Surroundings(
            now: { now }, sleep: { try await self.sleep($0) }, uptime: { self.state.withLock { $0.now } }, jitter: { 0 }
        )
    }
}
