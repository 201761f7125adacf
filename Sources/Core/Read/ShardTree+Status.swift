extension ShardTree {
    /// How things stand with one shard.
    package struct Status: Hashable, Sendable {
        package enum Stage: Hashable, Sendable {
            /// No list of this run has shown it: it is too new, or aged out.
            case unlisted
            /// Its parents come first: these.
            case waiting(for: [ShardID])
            /// Free to start, and not taken yet.
            case ready
            case reading
            /// Kinesis denies it; a list will decide.
            case notFound
            case ended
            case agedOut
            /// A replay has all that it wanted of it.
            case atBound
        }

        package let shard: ShardID
        package let stage: Stage
        /// Whether the last list had it.
        package let isListed: Bool
    }

    /// `nil` for a shard that is not known, not wanted, or forgotten.
    package func status(of shard: ShardID) -> Status? {
        nodes[shard].map { Status(shard: shard, stage: stage(of: $0), isListed: isListed($0)) }
    }

    /// Of every shard that is known, in order of their names.
    package var statuses: [Status] {
        nodes.map { Status(shard: $0, stage: stage(of: $1), isListed: isListed($1)) }.sorted { $0.shard < $1.shard }
    }

    /// What is known of a shard, for telling a refused position that is its end from one that is wrong.
    package func shard(_ id: ShardID) -> Shard? {
        guard let node = nodes[id], node.isDescribed else { return nil }
        return Shard(
            id: id, parents: node.parents, startingSequence: node.startingSequence, endingSequence: node.endingSequence)
    }

    private func isListed(_ node: Node) -> Bool { lists > 0 && node.lastList == lists }

    private func stage(of node: Node) -> Status.Stage {
        switch node.stage {
        case .named: return .unlisted
        case .waiting:
            let awaited = node.parents.filter(isAwaited)
            return awaited.isEmpty ? .ready : .waiting(for: awaited)
        case .reading: return .reading
        case .notFound: return .notFound
        case .ended: return .ended
        case .agedOut: return .agedOut
        case .atBound: return .atBound
        }
    }
}
