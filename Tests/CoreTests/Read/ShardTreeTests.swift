import Core
import Testing

/// Who comes after whom.
@Suite struct ShardTreeTests {
    @Test func aSplitShardsChildrenWaitForItsEnd() throws {
        var script = ShardTreeScript()
        let shards: [Shard] = [.closed(1), .open(2, of: [1]), .open(3, of: [1])]
        #expect(try script.list(shards) == ["1 trim-horizon"])
        #expect(try script.list(shards) == [], "given out once")
        script.save(1, .settled(150))
        #expect(script.take() == [], "a checkpoint is not an end")
        #expect(script.end(1) == ["2 trim-horizon", "3 trim-horizon"])
        #expect(script.end(1) == [])
    }

    @Test(arguments: [[1, 2], [2, 1]]) func aMergedShardWaitsForBothParents(order: [Int]) throws {
        var script = ShardTreeScript()
        #expect(
            try script.list([.closed(1), .closed(2), .open(3, of: [1, 2])]) == ["1 trim-horizon", "2 trim-horizon"])
        #expect(script.end(order[0]) == [])
        #expect(script.stage(3) == .waiting(for: [shardID(order[1])]))
        #expect(script.end(order[1]) == ["3 trim-horizon"])
    }

    @Test func aListsOrderDoesNotMatter() throws {
        var script = ShardTreeScript()
        #expect(try script.list([.open(3, of: [2]), .closed(2, of: [1]), .closed(1)]) == ["1 trim-horizon"])
        #expect(script.end(1) == ["2 trim-horizon"])
        #expect(script.end(2) == ["3 trim-horizon"])
    }

    @Test func aParentThatAListLacksHasAgedOut() throws {
        var script = ShardTreeScript()
        #expect(try script.list([.open(3, of: [1, 2])]) == ["3 trim-horizon"])
        var other = ShardTreeScript()
        #expect(try other.list([.closed(2), .open(3, of: [1, 2])]) == ["2 trim-horizon"], "the other parent is there")
        #expect(other.end(2) == ["3 trim-horizon"])
    }

    /// Failure seen with other consumers: closed shards ignored at start, and what they held unread.
    @Test func whatWasReshardedWhileNobodyReadComesParentsFirst() throws {
        var script = ShardTreeScript(saved: [1: .settled(150)])
        #expect(
            try script.list([.closed(1), .closed(2, of: [1]), .open(3, of: [1]), .open(4, of: [2])]) == ["1 after 150"])
        #expect(script.end(1) == ["2 trim-horizon", "3 trim-horizon"])
        #expect(script.end(2) == ["4 trim-horizon"])
    }

    @Test func aRestartGoesOnWhereEachShardWas() throws {
        let moment = Instant(milliseconds: 1_763_632_000_000)
        var script = ShardTreeScript(
            saved: [1: .shardEnd, 2: .settled(250), 3: .atTime(moment)], start: .latest)
        let shards: [Shard] = [.closed(1), .open(2, of: [1]), .open(3, of: [1]), .open(4)]
        #expect(try script.list(shards) == ["2 after 250", "3 at \(moment.rfc3339)", "4 trim-horizon"])
    }

    @Test func aReadingThatStoppedIsGivenOutAgainFromItsCheckpoint() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        script.tree.stopped(shardID(1))
        #expect(script.take() == ["1 trim-horizon"])
        script.save(1, .settled(120))
        script.tree.stopped(shardID(1))
        #expect(script.take() == ["1 after 120"])
        script.tree.ended(shardID(1))
        script.tree.stopped(shardID(1))
        #expect(script.take() == [], "it ended")
    }

    /// Resuming after a closed shard's last number is refused by Kinesis: there is nothing left to read.
    @Test(arguments: [(198, "1 after 198"), (199, "1 end"), (250, "1 end")])
    func aCheckpointAtTheEndOfAClosedShardLeavesNothingToRead(checkpoint: Int, expected: String) throws {
        var script = ShardTreeScript(saved: [1: .settled(checkpoint)])
        #expect(try script.list([.closed(1), .open(2, of: [1])]) == [expected])
        #expect(script.end(1) == ["2 trim-horizon"])
    }

    @Test func whereAnOpenShardEndsIsLearnedFromALaterList() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        script.save(1, .settled(199))
        _ = try script.list([.closed(1), .open(2, of: [1])])
        #expect(script.tree.shard(shardID(1)) == Shard.closed(1))
        _ = try script.list([.open(1)])
        #expect(script.tree.shard(shardID(1)) == Shard.closed(1), "that list was an old one")
        script.tree.stopped(shardID(1))
        #expect(script.take() == ["1 end"])
    }

    @Test func everyShardTellsHowItStands() throws {
        var script = ShardTreeScript(saved: [1: .shardEnd, 9: .settled(950)])
        _ = try script.tree.listed(
            [.closed(1), .closed(2, of: [1]), .open(3, of: [2]), .open(4)], now: script.now)
        #expect(script.stage(2) == .ready)
        _ = script.take()
        script.tree.notFound(shardID(4))
        let expected: [(Int, ShardTree.Status.Stage, Bool)] = [
            (1, .ended, true), (2, .reading, true), (3, .waiting(for: [shardID(2)]), true), (4, .notFound, true),
            (9, .unlisted, false),
        ]
        #expect(script.tree.statuses.map(\.shard) == expected.map { shardID($0.0) })
        #expect(script.tree.statuses.map(\.stage) == expected.map(\.1))
        #expect(script.tree.statuses.map(\.isListed) == expected.map(\.2))
        #expect(script.stage(5) == nil)
    }

    /// 10,000 shards in a hundred lineages, each a hundred generations deep.
    @Test func aLargeAndDeepStreamIsReadThroughInOrder() throws {
        let generations = 100
        let shards = (0..<10_000).map { Shard.closed($0, of: $0 % generations == 0 ? [] : [$0 - 1]) }
        var script = ShardTreeScript()
        var turn = try script.tree.listed(shards, now: script.now).beginning.isEmpty ? script.tree.takeReady() : []
        for generation in 0..<generations {
            #expect(turn.count == 100)
            #expect(turn.allSatisfy { ShardTreeScript.number($0.shard) % generations == generation })
            script.tree.saved(Dictionary(uniqueKeysWithValues: turn.map { ($0.shard, .shardEnd) }))
            turn = script.tree.takeReady()
        }
        #expect(turn.isEmpty && script.tree.isFinished)
    }
}
