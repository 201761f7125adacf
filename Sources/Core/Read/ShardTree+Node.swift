extension ShardTree {
    /// What is known of one shard.
    struct Node: Sendable {
        enum Stage: Hashable {
            /// Only its name is known, from its checkpoint or from a child. Becomes `waiting` when a list shows it, and
            /// `agedOut` when a list shows its child without it or lists keep lacking it.
            case named
            /// Not given out. Becomes `reading` once its parents are done.
            case waiting
            /// Given out. Becomes `ended` when its end is committed, `waiting` when the reading stopped before,
            /// `notFound` or `atBound`.
            case reading
            /// Kinesis denies it. Becomes `waiting` when a list shows it, `agedOut` when lists keep lacking it.
            case notFound
            /// Its end is checkpointed. Stays so.
            case ended
            /// Nothing of it can be read any more. Becomes `waiting` should a list show it after all.
            case agedOut
            /// All of it that a replay wants was read. Stays so.
            case atBound

            /// Whether children may start as far as this shard is concerned.
            var isDone: Bool {
                switch self {
                case .ended, .agedOut: true
                case .named, .waiting, .reading, .notFound, .atBound: false
                }
            }

            /// Whether it is read, or the next list may have it read.
            var isUndecided: Bool {
                switch self {
                case .named, .reading, .notFound: true
                case .waiting, .ended, .agedOut, .atBound: false
                }
            }
        }

        var stage: Stage
        var parents: [ShardID] = []
        var startingSequence: SequenceNumber?
        var endingSequence: SequenceNumber?
        /// Whether a list or a parent's last page told of it.
        var isDescribed = false
        /// The last list that had it; zero for none.
        var lastList = 0
        /// Since which uptime lists lack it; `nil` while they do not. Not by the wall clock, which may jump: patience
        /// that is cut short takes a new shard for one that aged out.
        var missingSince: Duration?

        init(stage: Stage) { self.stage = stage }

        /// A list may be older than one before it, so what was known of parents and of the end is kept.
        mutating func describe(_ shard: Shard) {
            isDescribed = true
            for parent in shard.parents where !parents.contains(parent) { parents.append(parent) }
            if let starting = shard.startingSequence { startingSequence = starting }
            if let ending = shard.endingSequence { endingSequence = ending }
        }

        /// The list of this uptime lacks the shard.
        mutating func isMissing(_ uptime: Duration) {
            missingSince = missingSince ?? uptime
        }

        /// Whether lists have lacked the shard for long enough that none of them can have been too old to know it.
        func hasVanished(_ uptime: Duration) -> Bool {
            missingSince.map { $0 + ShardTree.listLagMax <= uptime } ?? false
        }
    }
}
