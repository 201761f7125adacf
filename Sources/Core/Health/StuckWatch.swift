/// What can stand still and should not.
package enum HealthSubject: Hashable, Sendable {
    /// Finding the stream, before anything is read.
    case stream
    /// Listing its shards: nobody reads those that no list shows.
    case listing
    /// Saving checkpoints.
    case commit
    case shard(ShardID)
}

extension HealthSubject: Comparable, CustomStringConvertible {
    package static func < (left: HealthSubject, right: HealthSubject) -> Bool { left.rank < right.rank }

    private var rank: (Int, String) {
        switch self {
        case .stream: (0, "")
        case .listing: (1, "")
        case .commit: (2, "")
        case .shard(let shard): (3, shard.name)
        }
    }

    package var description: String {
        switch self {
        case .stream: "stream"
        case .listing: "list of shards"
        case .commit: "checkpoints"
        case .shard(let shard): "shard \(shard)"
        }
    }
}

/// Says once per period that something is stuck, and once that it moves again.
package struct StuckWatch: Sendable {
    package enum Notice: Hashable, Sendable {
        /// Nothing has moved for so long: one period, or one more.
        case stuck(HealthSubject, for: Duration)
        /// After it was stuck. Had stood for so long when that was last looked at.
        case moves(HealthSubject, after: Duration)
    }

    private struct Told {
        /// How many periods were told.
        var periods: Int
        var lasting: Duration
    }

    private let period: Duration
    private var told: [HealthSubject: Told] = [:]

    /// `period` is longer than zero.
    package init(period: Duration) {
        precondition(period > .zero, "a period takes time")
        self.period = period
    }

    /// Takes how long each subject has stood still, zero for one that is well. Answers what is news, in order.
    ///
    /// A subject that was stuck and is not named any more is gone, which is no movement: nothing is said.
    package mutating func look(_ stillness: [HealthSubject: Duration]) -> [Notice] {
        var notices: [Notice] = []
        for (subject, lasting) in stillness.sorted(by: { $0.key < $1.key }) {
            let periods = Int(lasting / period)
            if periods > told[subject]?.periods ?? 0 {
                notices.append(.stuck(subject, for: lasting))
                told[subject] = Told(periods: periods, lasting: lasting)
            } else if periods == 0, let before = told.removeValue(forKey: subject) {
                notices.append(.moves(subject, after: before.lasting))
            } else {
                told[subject]?.lasting = lasting
            }
        }
        told = told.filter { stillness[$0.key] != nil }
        return notices
    }
}
