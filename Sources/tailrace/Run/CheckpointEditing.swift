internal import Adapters
internal import Core
internal import Pipeline

/// Changes checkpoints as `import`, `set` and `remove` want: shows what will change, asks, does it.
struct CheckpointEditing {
    let path: String
    let stream: String
    let changes: [CheckpointChange]
    /// Whether the stream will have a checkpoint.
    let leavesAny: Bool
    /// Whether it has none yet.
    let isFirst: Bool
    private let store: SQLiteStateStore

    /// Opens the store, which no daemon may have open, and finds out what changes.
    ///
    /// `wanted` is told the checkpoints that the store has, and answers those that it should have; `nil` removes.
    /// Throws a `CommandFailure` that names who has the store, and the store's errors.
    init(
        path: String, stream: String,
        _ wanted: (_ saved: [ShardID: Checkpoint]) throws -> [ShardID: Checkpoint?]
    ) async throws {
        do {
            store = try SQLiteStateStore(path: path, scope: .init(stream: stream), now: { .now })
        } catch let held as FileLockHeld {
            throw CommandFailure(
                .failed,
                "\(held.guarded) is in use by \(held.holder): stop that program first, then change its checkpoints")
        }
        let saved = try await store.load().checkpoints
        isFirst = saved.isEmpty
        changes = CheckpointChange.changes(of: saved, to: try wanted(saved))
        let removed = changes.count { $0.to == nil }
        leavesAny = saved.count - removed > 0 || changes.contains { $0.to != nil }
        self.path = path
        self.stream = stream
    }

    /// What will change, line by line.
    static func words(_ changes: [CheckpointChange], leavesAny: Bool, isFirst: Bool = false) -> [String] {
        let lines = changes.map { change in
            let from = change.from.map(PositionText.text) ?? "none"
            return "  \(change.shard): \(from) -> \(change.to.map(PositionText.text) ?? "none")"
        }
        return lines + notes(changes, leavesAny: leavesAny, isFirst: isFirst)
    }

    private static func notes(_ changes: [CheckpointChange], leavesAny: Bool, isFirst: Bool) -> [String] {
        var notes: [String] = []
        if isFirst {
            notes.append(
                "the stream had no checkpoint: with these it counts as seen before, so its other shards are read from "
                    + "their oldest record on, whatever stream.start of the settings says")
        }
        if changes.contains(where: \.isBack) {
            notes.append(
                "what is read again is delivered again: files and log groups will hold those records twice")
        }
        if changes.contains(where: { $0.to == .shardEnd }) {
            notes.append(
                "what a shard set to \(PositionText.shardEnd) still holds is not delivered; its children start")
        } else if changes.contains(where: { $0.from != nil && !$0.isBack }) {
            notes.append("what lies between an old and a later new position is not delivered")
        }
        if !leavesAny {
            notes.append("the stream has no checkpoint left: it begins where stream.start of the settings says")
        } else if changes.contains(where: { $0.to == nil }) {
            notes.append("a shard without a checkpoint, of a stream that has others, is read from its oldest record on")
        }
        return notes
    }

    /// - Parameter yes: Does it without asking. Without it, and without a terminal to ask at, nothing is changed.
    func run(yes: Bool) async throws {
        guard !changes.isEmpty else {
            return StandardStream.tell("nothing to change: \(path) has these checkpoints of \(stream)")
        }
        StandardStream.tell("checkpoints of \(stream) in \(path):")
        Self.words(changes, leavesAny: leavesAny, isFirst: isFirst).forEach(StandardStream.tell)
        if !yes { try Confirmation.ask("Change them?") }
        try await store.apply(changes)
        StandardStream.tell("changed \(changes.count == 1 ? "1 checkpoint" : "\(changes.count) checkpoints")")
    }
}
