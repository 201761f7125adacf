/// When a stream doubles or halves its shards by itself, and by which detour.
struct ReshardSchedule: Sendable {
    /// One change of the number of shards.
    struct Turn: Hashable, Sendable {
        /// So many equal ranges come first, somewhere between what there is and what shall be. It makes shards that are
        /// closed again within the turn, several generations of them.
        let waypoint: Int
        let target: Int
        /// When it is done, in milliseconds since 1970.
        let ready: Int64
    }

    /// What part of the time between two turns a turn takes.
    private static let share: Int64 = 4

    /// Milliseconds.
    private let every: Int64
    private var due: Int64
    private var grows = true
    private var chance: SeededChance

    /// `every` and `now` in milliseconds; less than one is taken as one.
    init(every: Int64, seed: UInt64, now: Int64) {
        let every = max(1, every)
        self.every = every
        due = now + every
        chance = SeededChance(seed: seed)
    }

    /// The turn to begin with now; `nil` when it is not time yet. What was missed is not made up for.
    mutating func turn(at now: Int64, openShards count: Int) -> Turn? {
        guard now >= due else { return nil }
        due = due + every > now ? due + every : now + every
        let target = grows ? min(count * 2, StreamLimits.shardsMax) : max(1, count / 2)
        grows.toggle()
        let waypoint = Int.random(in: min(count, target)...max(count, target), using: &chance)
        return Turn(waypoint: waypoint, target: target, ready: now + every / Self.share)
    }
}
