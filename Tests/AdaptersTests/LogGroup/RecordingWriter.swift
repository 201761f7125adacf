import Adapters
import Core
import Locking
import Pipeline

@testable import LogGroupFakes

/// Answers as a bad day of CloudWatch Logs would, after some turns of other tasks, and records who called at once.
final class RecordingWriter: LogGroupWriter {
    struct State {
        var cloud: FaultyCloudWatchLogs
        var underWay = 0
        var mostUnderWay = 0
        var targetsUnderWay: Set<LogTarget> = []
        /// Log streams that were called again before they answered.
        var overlaps: [LogTarget] = []
    }

    let state: Locked<State>

    init(seed: UInt64 = 1, faults: Int = 0) {
        state = Locked(State(cloud: FaultyCloudWatchLogs(seed: seed, faults: faults)))
    }

    var logs: FakeCloudWatchLogs { state.withLock { $0.cloud.logs } }

    func put(_ body: [UInt8], to target: LogTarget) async throws(CancellationError) -> PutOutcome {
        try await call(target) { $0.put(body, to: target) }
    }

    func createStream(_ target: LogTarget) async throws(CancellationError) -> CreateOutcome {
        try await call(target) { cloud in cloud.create { $0.createStream(target) } }
    }

    func createGroup(_ group: String) async throws(CancellationError) -> CreateOutcome {
        try await call(nil) { cloud in cloud.create { $0.createGroup(group) } }
    }

    func putRetention(_ days: Int, of group: String) async throws(CancellationError) -> CreateOutcome {
        try await call(nil) { cloud in cloud.create { $0.putRetention(days, of: group) } }
    }

    private func call<Outcome: Sendable>(
        _ target: LogTarget?, _ answer: (inout FaultyCloudWatchLogs) -> Outcome
    ) async throws(CancellationError) -> Outcome {
        let turns = state.withLock { state in
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            if let target, !state.targetsUnderWay.insert(target).inserted { state.overlaps.append(target) }
            return Int.random(in: 0...5, using: &state.cloud.chance)
        }
        for _ in 0..<turns { await Task.yield() }
        let isCancelled = Task.isCancelled
        let outcome = state.withLock { state -> Outcome? in
            state.underWay -= 1
            if let target { state.targetsUnderWay.remove(target) }
            return isCancelled ? nil : answer(&state.cloud)
        }
        guard let outcome else { throw CancellationError() }
        return outcome
    }
}

/// Keeps dead letters in memory, where they are as durable as anything here.
final class RecordingDeadLetters: DeadLetters {
    struct Kept: Hashable {
        let message: String
        let reason: String
        let detail: String
    }

    private let letters = Locked<[Kept]>([])
    private let most = Locked(0)

    /// How many came at once at most.
    var mostAtOnce: Int { most.withLock { $0 } }
    var kept: [Kept] { letters.withLock { $0 } }

    func keep(_ letters: [DeadLetter]) async throws {
        most.withLock { $0 = max($0, letters.count) }
        for letter in letters { try await keep(letter) }
    }

    private func keep(_ letter: DeadLetter) async throws {
        guard case .event(let delivery, _, let event) = letter.content else { return }
        await Task.yield()
        let text = delivery.record.text[delivery.record.events[event].message]
        let kept = Kept(
            message: String(decoding: text, as: UTF8.self), reason: letter.reason.word, detail: letter.detail)
        letters.withLock { $0.append(kept) }
        letter.receipt.settle(1, as: .deadLettered)
    }

    func cut() -> FilesCut? { nil }
}
