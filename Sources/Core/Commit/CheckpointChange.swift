/// What an operator does to the checkpoint of one shard.
///
/// The daemon's own saves only go forward. This may go anywhere, and what the files hold goes with it: see `isBack`.
package struct CheckpointChange: Hashable, Sendable {
    package let shard: ShardID
    /// What the store has; `nil` for nothing.
    package let from: Checkpoint?
    /// `nil` removes it.
    package let to: Checkpoint?

    package init(shard: ShardID, from: Checkpoint?, to: Checkpoint?) {
        self.shard = shard
        self.from = from
        self.to = to
    }

    /// What turns `saved` into `wanted`, by shard. Shards that are not in `wanted`, or have that checkpoint, stay as they are.
    package static func changes(
        of saved: [ShardID: Checkpoint], to wanted: [ShardID: Checkpoint?]
    ) -> [CheckpointChange] {
        wanted.map { CheckpointChange(shard: $0, from: saved[$0], to: $1) }.filter { $0.from != $0.to }
            .sorted { $0.shard < $1.shard }
    }

    /// Whether records may be read again that are settled.
    ///
    /// A files sink passes over records up to its frontier, so that what a restart reads again is not written again. An
    /// operator who goes back wants those records: the frontiers of the shard have to go, and files then hold them twice.
    /// A moment cannot be compared with a sequence number, so a change from one to the other counts as a way back in
    /// either direction.
    package var isBack: Bool {
        switch (from, to) {
        case (nil, _): false
        case (_?, nil): true
        case (.atTime, .after): true
        case (let from?, let to?): to.isBehind(from)
        }
    }
}
