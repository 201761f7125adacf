/// Splitting and merging: parents close, children open in their hash keys' place.
///
/// https://docs.aws.amazon.com/streams/latest/dev/kinesis-using-sdk-java-resharding.html
extension EmulatedStream {
    /// Splits `id` so that hash keys from `newStart` on go to the second child.
    mutating func split(_ id: String, at newStart: UInt128, now: Int64, ready: Int64) throws(ServiceFault) {
        let parent = try reshardable(id, now: now)
        let range = shards[parent].range
        // Each child gets a key at least, and AWS asks for two in the first.
        guard newStart > range.first + 1, newStart < range.last else {
            throw .invalidArgument(
                "NewStartingHashKey \(newStart) used in SplitShard() on shard \(id) in stream \(name.name) under account "
                    + "\(name.account) is not both greater than one plus the shard's StartingHashKey \(range.first) and "
                    + "less than the shard's EndingHashKey \(range.last).")
        }
        divide(parent, at: newStart, now: now)
        change = .updating(until: ready)
    }

    /// Merges two neighbours, in whichever order they are named.
    mutating func merge(_ id: String, with adjacent: String, now: Int64, ready: Int64) throws(ServiceFault) {
        let (first, second) = (try reshardable(id, now: now), try reshardable(adjacent, now: now))
        let (low, high) =
            shards[first].range.first < shards[second].range.first ? (first, second) : (second, first)
        guard first != second, shards[low].range.last + 1 == shards[high].range.first else {
            throw .invalidArgument(
                "Shards \(id) and \(adjacent) in stream \(name.name) under account \(name.account) are not an adjacent "
                    + "pair of shards eligible for merging")
        }
        join(first, second, now: now)
        change = .updating(until: ready)
    }

    func requireReshardable(at now: Int64) throws(ServiceFault) {
        try requireActive(at: now)
        guard mode == .provisioned else {
            throw ServiceFault(
                "ValidationException", "Request is invalid. Stream \(name.name) is in ON_DEMAND mode.")
        }
    }

    private func reshardable(_ id: String, now: Int64) throws(ServiceFault) -> Int {
        try requireReshardable(at: now)
        let index = try shard(id, at: now)
        guard shards[index].isOpen else {
            throw .invalidArgument(
                "Shard \(id) in stream \(name.name) under account \(name.account) has already been merged or split, and "
                    + "thus is not eligible for merging or splitting.")
        }
        return index
    }

    mutating func divide(_ parent: Int, at newStart: UInt128, now: Int64) {
        let range = shards[parent].range
        replace(
            [parent],
            by: [
                HashKeyRange(first: range.first, last: newStart - 1), HashKeyRange(first: newStart, last: range.last),
            ], now: now)
    }

    mutating func join(_ first: Int, _ second: Int, now: Int64) {
        let (one, other) = (shards[first].range, shards[second].range)
        let range = HashKeyRange(first: min(one.first, other.first), last: max(one.last, other.last))
        replace([first, second], by: [range], now: now)
    }

    /// `parents` are neighbours, `ranges` are theirs in ascending order.
    private mutating func replace(_ parents: [Int], by ranges: [HashKeyRange], now: Int64) {
        // A child's sequence numbers begin with when it was made, and must be larger than its parents'.
        let made = parents.reduce(now) { max($0, shards[$1].made + 1) }
        let children = Array(shards.count..<shards.count + ranges.count)
        let place = open.partitioningIndex { shards[$0].range.first >= ranges[0].first }
        for (number, range) in zip(children, ranges) {
            shards.append(
                EmulatedShard(number: number, range: range, parents: parents.map { shards[$0].id }, made: made))
        }
        for parent in parents {
            shards[parent].close(at: now)
            shards[parent].children = children
        }
        open.replaceSubrange(place..<place + parents.count, with: children)
    }
}
