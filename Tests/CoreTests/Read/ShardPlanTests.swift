import Core
import Testing

@Suite struct ShardPlanTests {
    private let now = Instant(milliseconds: 1_763_632_800_000)

    private func shard(_ name: String, parents: [String] = [], closed: Bool = false) throws -> Shard {
        Shard(
            id: try #require(ShardID(name)), parents: try parents.map { try #require(ShardID($0)) },
            endingSequence: closed ? SequenceNumber("9") : nil)
    }

    private func names(_ starts: [ShardPlan.Start]) -> [String] { starts.map(\.shard.name) }

    @Test func aMergedShardWaitsForBothParents() throws {
        let (one, two) = (try shard("one", closed: true), try shard("two", closed: true))
        let child = try shard("child", parents: ["one", "two"])
        var plan = ShardPlan()
        #expect(names(plan.ready([one, two, child], checkpoints: [:])) == ["one", "two"])
        #expect(plan.ready([one, two, child], checkpoints: [one.id: .shardEnd]) == [])
        let starts = plan.ready([one, two, child], checkpoints: [one.id: .shardEnd, two.id: .shardEnd])
        #expect(starts == [ShardPlan.Start(shard: child.id, position: .trimHorizon)])
    }

    @Test func aParentThatAgedOutCountsAsRead() throws {
        var plan = ShardPlan()
        let child = try shard("child", parents: ["gone"])
        #expect(plan.ready([child], checkpoints: [:]) == [ShardPlan.Start(shard: child.id, position: .trimHorizon)])
    }

    @Test func noShardStartsTwice() throws {
        var plan = ShardPlan()
        let one = try shard("one")
        #expect(names(plan.ready([one], checkpoints: [:])) == ["one"])
        #expect(plan.ready([one], checkpoints: [:]) == [])
    }

    @Test func aCheckpointDecidesBeforeTheStart() throws {
        let sequence = try #require(SequenceNumber("42"))
        let one = try shard("one")
        var plan = ShardPlan()
        let starts = plan.ready([one], checkpoints: [one.id: .after(sequence)])
        #expect(starts == [ShardPlan.Start(shard: one.id, position: .after(sequence))])
    }

    /// A stream that was split long ago and is read from LATEST: its old shards and what they hold stay unread.
    @Test func latestPassesOverClosedShardsAndIsSavedAsAMoment() throws {
        let (old, open) = (try shard("old", closed: true), try shard("open", parents: ["old"]))
        var plan = ShardPlan()
        let saved = plan.beginEverywhere(at: .latest, [old, open], now: now)
        #expect(saved == [old.id: .shardEnd, open.id: .atTime(now.earlier(by: ShardReader.latestMargin))])
        #expect(plan.ready([old, open], checkpoints: saved) == [ShardPlan.Start(shard: open.id, position: .latest)])
    }

    /// Failure seen with other consumers: a child that starts at LATEST misses what came before it was discovered.
    @Test func aShardThatComesLaterIsReadWholeWhateverTheStart() throws {
        let one = try shard("one")
        var plan = ShardPlan()
        var saved = plan.beginEverywhere(at: .latest, [one], now: now)
        _ = plan.ready([one], checkpoints: saved)
        saved[one.id] = .shardEnd
        let child = try shard("child", parents: ["one"])
        #expect(
            plan.ready([one, child], checkpoints: saved)
                == [ShardPlan.Start(shard: child.id, position: .trimHorizon)])
    }

    @Test func aMomentAppliesToEveryShardThereIs() throws {
        let (one, child) = (try shard("one", closed: true), try shard("child", parents: ["one"]))
        var plan = ShardPlan()
        var saved = plan.beginEverywhere(at: .atTime(now), [one, child], now: now)
        #expect(plan.ready([one, child], checkpoints: saved).map(\.position) == [.atTime(now)])
        saved[one.id] = .shardEnd
        #expect(plan.ready([one, child], checkpoints: saved).map(\.position) == [.atTime(now)])
    }
}
