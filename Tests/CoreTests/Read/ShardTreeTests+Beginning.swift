import Core
import Testing

/// What the configured start means, and to which shards.
@Suite struct ShardTreeBeginningTests {
    private let moment = Instant(milliseconds: 1_763_600_000_000)

    /// A stream that was split long ago and is read from LATEST: its old shards and what they hold stay unread.
    @Test func latestPassesOverClosedShardsAndIsSavedAsAMoment() throws {
        var script = ShardTreeScript(start: .latest)
        let beginning = try script.tree.listed([.closed(1), .open(2, of: [1])], now: script.now).beginning
        #expect(
            beginning == [shardID(1): .shardEnd, shardID(2): .atTime(script.now.earlier(by: ShardReader.latestMargin))])
        #expect(script.take() == [], "nothing is read before that is saved")
        script.tree.saved([shardID(1): .shardEnd])
        #expect(script.take() == [], "all of it")
        script.tree.saved(beginning)
        #expect(script.take() == ["2 latest"])
    }

    @Test func latestIsAskedOnce() throws {
        var script = ShardTreeScript(start: .latest)
        let saved = script.now.earlier(by: ShardReader.latestMargin)
        #expect(try script.list([.open(1)]) == ["1 latest"])
        script.pass(.seconds(3600))
        script.tree.stopped(shardID(1))
        #expect(script.take() == ["1 at \(saved.rfc3339)"])
    }

    /// Failure seen with other consumers: a child that starts at LATEST misses what came before it was discovered.
    @Test(arguments: [ShardPosition.latest, .trimHorizon, .atTime(Instant(milliseconds: 1_763_600_000_000))])
    func aShardThatComesLaterIsReadWholeWhateverTheStart(start: ShardPosition) throws {
        var script = ShardTreeScript(start: start)
        _ = try script.list([.open(1)])
        _ = script.discover(.child(2, of: [1]))
        #expect(script.end(1) == ["2 trim-horizon"])
        let shards: [Shard] = [.closed(1), .open(2, of: [1]), .open(3, of: [1]), .open(4)]
        #expect(try script.list(shards) == ["3 trim-horizon", "4 trim-horizon"])
    }

    @Test func aMomentAppliesToEveryShardThereIs() throws {
        var script = ShardTreeScript(start: .atTime(moment))
        let beginning = try script.tree.listed([.closed(1), .open(2, of: [1])], now: script.now).beginning
        #expect(beginning == [shardID(1): .atTime(moment), shardID(2): .atTime(moment)])
        script.tree.saved(beginning)
        #expect(script.take() == ["1 at \(moment.rfc3339)"], "what it holds from then on comes first, nothing perhaps")
        #expect(script.end(1) == ["2 at \(moment.rfc3339)"])
    }

    @Test func aRestartBeforeTheFirstRecordBeginsAtTheSamePlace() throws {
        var script = ShardTreeScript(start: .latest)
        let saved = try script.tree.listed([.closed(1), .open(2, of: [1])], now: script.now).beginning
        var later = ShardTreeScript(start: .latest)
        later.tree = ShardTree(saved: saved, start: .latest)
        later.pass(.seconds(3600))
        let moment = script.now.earlier(by: ShardReader.latestMargin)
        #expect(try later.list([.closed(1), .closed(2, of: [1]), .open(3, of: [2])]) == ["2 at \(moment.rfc3339)"])
        #expect(later.end(2) == ["3 trim-horizon"])
    }

    @Test func theStartIsNotForAStreamSeenBefore() throws {
        var script = ShardTreeScript(saved: [1: .settled(150)], start: .latest)
        let listing = try script.tree.listed([.open(1), .open(2)], now: script.now)
        #expect(listing.beginning == [:])
        #expect(script.take() == ["1 after 150", "2 trim-horizon"])
    }

    @Test func anEmptyListIsNotYetTheStream() throws {
        var script = ShardTreeScript(start: .latest)
        #expect(try script.list([]) == [])
        #expect(try script.list([.open(1)]) == ["1 latest"])
    }

    @Test(arguments: [ShardPosition.at(sequenceNumber(250)), .after(sequenceNumber(250))])
    func aRecordsPlaceIsOfTheShardThatCanHoldIt(start: ShardPosition) throws {
        var script = ShardTreeScript(start: start)
        let shards: [Shard] = [.closed(1), .closed(2, of: [1]), .open(3, of: [2])]
        let listing = try script.tree.listed(shards, now: script.now)
        #expect(listing.beginning == (start == .after(sequenceNumber(250)) ? [shardID(2): .settled(250)] : [:]))
        script.tree.saved(listing.beginning)
        #expect(script.take() == ["1 trim-horizon"])
        #expect(script.end(1) == ["2 \(start)"])
        script.tree.stopped(shardID(2))
        #expect(script.take() == ["2 \(start)"], "as long as nothing of it is settled")
        #expect(script.end(2) == ["3 trim-horizon"])
    }
}
