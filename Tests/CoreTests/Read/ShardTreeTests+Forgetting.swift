import Core
import Testing

/// Which checkpoints a restart can do without.
@Suite struct ShardTreeForgettingTests {
    /// Shard 1 was split into 2 and 3, was read, and has aged out; the last list says so for long enough.
    private func split() throws -> ShardTreeScript {
        var script = ShardTreeScript()
        _ = try script.list([.closed(1), .open(2, of: [1]), .open(3, of: [1])])
        _ = script.end(1)
        _ = try script.list([.open(2, of: [1]), .open(3, of: [1])])
        script.passLongTime()
        return script
    }

    private let left: [Shard] = [.open(2, of: [1]), .open(3, of: [1])]

    @Test func aCheckpointGoesOnceEveryChildHasOneOfItsOwn() throws {
        var script = try split()
        _ = try script.list(left)
        #expect(script.forgettable == [])
        script.save(2, .settled(210))
        _ = try script.list(left)
        #expect(script.forgettable == [], "the other child has left no trace")
        script.save(3, .shardEnd)
        #expect(script.forgettable == [1])
        script.tree.forgot([shardID(1)])
        #expect(script.forgettable == [])
        #expect(script.stage(1) == nil)
    }

    @Test func aListedShardsCheckpointStays() throws {
        var script = try split()
        script.tree.saved([shardID(2): .settled(210), shardID(3): .settled(310)])
        _ = try script.list([.closed(1)] + left)
        #expect(script.forgettable == [])
        _ = try script.list(left)
        #expect(script.forgettable == [], "one list that lacks it may be an old one")
        script.passLongTime()
        _ = try script.list(left)
        #expect(script.forgettable == [1])
    }

    @Test func aShardThatIsReadKeepsItsCheckpoint() throws {
        var script = ShardTreeScript(saved: [1: .settled(150), 2: .settled(210)])
        _ = try script.list([.closed(1), .open(2)])
        _ = try script.list([.open(2)])
        script.passLongTime()
        _ = try script.list([.open(2)])
        #expect(script.forgettable == [])
    }

    @Test func whatAgedOutWithAllItsChildrenIsForgotten() throws {
        var script = ShardTreeScript(saved: [1: .shardEnd, 2: .settled(230), 7: .settled(750)])
        _ = try script.list([.closed(7), .open(8, of: [7])])
        #expect(script.forgettable == [])
        script.passLongTime()
        _ = try script.list([.closed(7), .open(8, of: [7])])
        #expect(script.forgettable == [1, 2])
    }

    /// An emptied store would be a stream never seen before, and the configured start would apply.
    @Test func theLastCheckpointsStay() throws {
        var script = ShardTreeScript(saved: [1: .shardEnd], start: .latest)
        #expect(try script.list([.open(8, of: [7])]) == ["8 trim-horizon"])
        script.passLongTime()
        _ = try script.list([.open(8, of: [7])])
        #expect(script.forgettable == [])
        script.save(8, .settled(810))
        _ = try script.list([.open(8, of: [7])])
        #expect(script.forgettable == [1])
    }

    @Test func aRestartWithoutWhatWasForgottenStartsEveryChildWhereItWas() throws {
        var script = try split()
        script.tree.saved([shardID(2): .settled(210), shardID(3): .settled(310)])
        _ = try script.list(left)
        #expect(script.forgettable == [1])
        var later = ShardTreeScript(saved: [2: .settled(210), 3: .settled(310)], start: .latest)
        #expect(try later.list(left) == ["2 after 210", "3 after 310"])
    }
}
