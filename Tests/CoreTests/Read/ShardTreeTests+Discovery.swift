import Core
import Testing

/// What is known of a shard does not hang on one list.
@Suite struct ShardTreeDiscoveryTests {
    @Test func childrenThatNoListShowsYetAreReadAfterTheirParent() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        #expect(script.discover(.child(2, of: [1]), .child(3, of: [1])) == [])
        #expect(script.end(1) == ["2 trim-horizon", "3 trim-horizon"])
        #expect(try script.list([.open(1)]) == [], "an old list takes nothing back")
        #expect(script.stage(2) == .reading)
        #expect(try script.list([.closed(1), .open(2, of: [1]), .open(3, of: [1])]) == [])
    }

    @Test func childrenThatAListShowedAlreadyAreNoNews() throws {
        var script = ShardTreeScript()
        _ = try script.list([.closed(1), .closed(2, of: [1]), .open(3, of: [2])])
        #expect(script.discover(.child(2, of: [1])) == [])
        #expect(script.tree.shard(shardID(2)) == Shard.closed(2, of: [1]), "what a list told of it is kept")
        #expect(script.end(1) == ["2 trim-horizon"])
    }

    @Test func aChildKnownFromBothParentsStartsOnce() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1), .open(2)])
        _ = script.discover(.child(3, of: [1, 2]))
        #expect(script.end(1) == [])
        _ = script.discover(.child(3, of: [1, 2]))
        #expect(script.end(2) == ["3 trim-horizon"])
    }

    /// The other parent was made a moment ago as well: no list shows it yet, and it is not read.
    @Test func anUnknownParentOfADiscoveredChildIsNotTakenForAgedOut() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1), .closed(2)])
        _ = script.discover(.child(5, of: [1, 4]))
        #expect(script.end(1) == [])
        #expect(try script.list([.open(1), .closed(2)]) == [], "a list that shows neither tells nothing")
        #expect(script.stage(5) == .waiting(for: [shardID(4)]))
        _ = script.discover(.child(4, of: [2]))
        #expect(script.end(2) == ["4 trim-horizon"])
        #expect(script.end(4) == ["5 trim-horizon"])
    }

    @Test func anUnknownParentHasAgedOutOnceAListShowsTheChildWithoutIt() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        _ = script.discover(.child(5, of: [1, 4]))
        #expect(script.end(1) == [])
        #expect(try script.list([.closed(1), .open(5, of: [1, 4])]) == ["5 trim-horizon"])
    }

    @Test func anUnknownParentHasAgedOutOnceListsKeepLackingIt() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        _ = script.discover(.child(5, of: [1, 4]))
        _ = script.end(1)
        script.passLongTime()
        #expect(try script.list([.closed(1)]) == ["5 trim-horizon"])
    }

    @Test func aShardThatIsReadStaysThoughListsLackIt() throws {
        var script = ShardTreeScript()
        _ = try script.list([.closed(1), .open(2, of: [1])])
        script.passLongTime()
        #expect(try script.list([.open(2, of: [1])]) == [], "it is read still, and its child waits")
        #expect(script.end(1) == ["2 trim-horizon"])
    }

    @Test func aShardThatKinesisDeniesIsReadAgainWhenAListShowsIt() throws {
        var script = ShardTreeScript(saved: [1: .settled(120)])
        _ = try script.list([.open(1)])
        script.tree.notFound(shardID(1))
        #expect(script.take() == [])
        #expect(try script.list([.open(1)]) == ["1 after 120"])
    }

    @Test func aShardThatKinesisDeniesAndListsKeepLackingHasAgedOut() throws {
        var script = ShardTreeScript(saved: [1: .settled(120)])
        _ = try script.list([.closed(1), .open(2, of: [1])])
        script.tree.notFound(shardID(1))
        #expect(try script.list([.open(2, of: [1])]) == [], "one list may be old")
        script.passLongTime()
        let listing = try script.tree.listed([.open(2, of: [1])], now: script.now)
        #expect(listing.agedOut.map(\.shard) == [shardID(1)])
        #expect(listing.agedOut.map(\.checkpoint) == [.settled(120)], "it was not read to its end: that is told")
        #expect(script.take() == ["2 trim-horizon"])
        #expect(script.stage(1) == .agedOut)
    }

    @Test func aDiscoveredShardThatKinesisDeniesIsNotGivenUpSoon() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        _ = script.discover(.child(2, of: [1]))
        #expect(script.end(1) == ["2 trim-horizon"])
        script.tree.notFound(shardID(2))
        script.pass(.seconds(30))
        #expect(try script.list([.open(1)]) == [])
        #expect(script.stage(2) == .notFound)
        #expect(try script.list([.closed(1), .open(2, of: [1])]) == ["2 trim-horizon"])
    }

    @Test func aShardThatAgedOutWhileNobodyReadIsTold() throws {
        var script = ShardTreeScript(saved: [1: .settled(120), 2: .shardEnd])
        let listing = try script.tree.listed([.open(4, of: [1]), .open(5, of: [2])], now: script.now)
        #expect(listing.agedOut.map(\.shard) == [shardID(1)])
        #expect(script.take() == ["4 trim-horizon", "5 trim-horizon"])
    }

    /// Saved a moment before a restart, and the first list after it is an old one.
    @Test func aCheckpointedShardThatTheFirstListLacksIsReadWhenItIsShown() throws {
        var script = ShardTreeScript(saved: [1: .shardEnd, 2: .settled(220)])
        #expect(try script.list([.open(1)]) == [])
        #expect(script.stage(2) == .unlisted)
        #expect(
            try script.list([.closed(1), .open(2, of: [1]), .open(3, of: [1])]) == ["2 after 220", "3 trim-horizon"])
    }
}

extension ShardTreeDiscoveryTests {
    /// A wall clock that is set forward makes no list older.
    @Test func patienceIsNotMeasuredByTheWallClock() throws {
        var tree = ShardTree(saved: [:], start: .trimHorizon)
        func moment(_ uptime: Duration, wall: Int64) -> Moment {
            Moment(uptime: uptime, time: Instant(milliseconds: wall), jitter: 0)
        }
        tree.saved(try tree.listed([.open(1)], now: moment(.seconds(1), wall: 0)).beginning)
        _ = tree.takeReady()
        tree.discovered([.child(2, of: [1])], now: moment(.seconds(2), wall: 0))
        tree.ended(shardID(1))
        #expect(tree.takeReady().map(\.shard) == [shardID(2)])
        tree.ended(shardID(2))
        for (uptime, isForgettable) in [(3, false), (301, false), (303, true)] {
            let now = moment(.seconds(uptime), wall: 86_400_000)
            _ = try tree.listed([.closed(1)], now: now)
            #expect(tree.forgettable.contains(shardID(2)) == isForgettable, "after \(uptime) s")
        }
    }
}
