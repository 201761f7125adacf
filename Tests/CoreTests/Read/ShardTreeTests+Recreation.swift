import Core
import Testing

/// A stream that was deleted and created again under its name, and streams that only look like it.
@Suite struct ShardTreeRecreationTests {
    private let born = Instant(milliseconds: 1_700_000_000_000)

    private func finding(
        saved: [Int: Checkpoint], _ shards: [Shard], created: Instant? = nil, now: Instant? = nil
    ) -> RecreatedStream.Finding? {
        var script = ShardTreeScript(saved: saved, created: created)
        do {
            _ = try script.list(shards, created: now)
            return nil
        } catch let error as RecreatedStream {
            return error.finding
        } catch {
            Issue.record(error)
            return nil
        }
    }

    @Test func anotherCreationTimeIsAnotherStream() {
        let later = Instant(milliseconds: 1_700_000_060_000)
        let saved: [Int: Checkpoint] = [1: .settled(150)]
        #expect(finding(saved: saved, [.open(1)], created: born, now: later) == .created(later, notAt: born))
        #expect(finding(saved: saved, [.open(1)], created: later, now: born) == .created(born, notAt: later))
        #expect(finding(saved: saved, [.open(1)], created: born, now: born) == nil)
        #expect(finding(saved: saved, [.open(1)], created: born) == nil)
        #expect(finding(saved: saved, [.open(1)], now: born) == nil)
        let rounded = Instant(milliseconds: born.milliseconds + 1)
        #expect(finding(saved: saved, [.open(1)], created: born, now: rounded) == nil, "a protocol's rounding")
        #expect(finding(saved: [:], [.open(1)], created: born, now: later) == nil, "nothing is at stake")
    }

    @Test func aCheckpointBeforeItsShardIsOfAnotherShard() {
        #expect(
            finding(saved: [1: .settled(150)], [.open(1, from: 9000)])
                == .checkpointBeforeStart(shardID(1), checkpoint: sequenceNumber(150), starting: sequenceNumber(9000)))
        #expect(finding(saved: [1: .settled(9000)], [.open(1, from: 9000)]) == nil)
        #expect(
            finding(saved: [1: .settled(150)], [.open(1, from: 9000)], created: born, now: born) == nil,
            "the creation time proves the stream")
    }

    /// The creation time is asked for once, at the start, and says nothing of what happens later.
    @Test func aStreamRecreatedWhileItIsReadIsNoticedWhateverTheCreationTimeSays() throws {
        var script = ShardTreeScript(saved: [1: .settled(150)], created: born)
        #expect(try script.list([.open(1)], created: born) == ["1 after 150"])
        let finding = RecreatedStream.Finding.startChanged(
            shardID(1), from: sequenceNumber(100), to: sequenceNumber(9000))
        #expect(throws: RecreatedStream(finding: finding)) { try script.list([.open(1, from: 9000)], created: born) }
    }

    @Test func withTheSameCreationTimeACheckpointBeforeItsShardReadsTheWholeShard() throws {
        var script = ShardTreeScript(saved: [1: .settled(150)], created: born)
        #expect(try script.list([.open(1, from: 9000)], created: born) == ["1 trim-horizon"])
    }

    /// The new stream has fewer shards, and those the old one had under these names were read to their ends.
    @Test func youngShardsWithOldNamesAreOfAnotherStream() {
        let saved: [Int: Checkpoint] = [0: .shardEnd, 1: .settled(150), 2: .settled(250)]
        #expect(
            finding(saved: saved, [.open(0, from: 9000)])
                == .startedLater(
                    shardID(0), starting: sequenceNumber(9000), than: shardID(2), checkpoint: sequenceNumber(250)))
        #expect(
            finding(saved: [4: .settled(450)], [.open(0, from: 9000), .open(1, from: 9000)])
                == .startedLater(
                    shardID(0), starting: sequenceNumber(9000), than: shardID(4), checkpoint: sequenceNumber(450)))
    }

    @Test func aShardWhoseFirstNumberChangesIsAnotherShard() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(1)])
        #expect(
            throws: RecreatedStream(
                finding: .startChanged(shardID(1), from: sequenceNumber(100), to: sequenceNumber(9000)))
        ) {
            try script.list([.open(1, from: 9000)])
        }
        #expect(script.stage(1) == .reading, "the list was not taken")
    }

    /// No sequence number was saved that could tell. But a shard that was read to its end is closed.
    @Test func aShardThatStaysOpenAfterItsEndIsAnotherShard() throws {
        var script = ShardTreeScript(saved: [0: .shardEnd, 1: .shardEnd])
        #expect(try script.list([.open(0)]) == [], "that list may be an old one")
        script.passLongTime()
        #expect(throws: RecreatedStream(finding: .openThoughEnded(shardID(0)))) { try script.list([.open(0)]) }
    }

    @Test func anOldListAfterAShardsEndIsNoAlarm() throws {
        var script = ShardTreeScript()
        _ = try script.list([.open(0)])
        _ = script.end(0)
        _ = try script.list([.open(0)])
        _ = try script.list([.closed(0), .open(1, of: [0])])
        script.passLongTime()
        #expect(try script.list([.open(0)]) == [])
    }

    /// Somebody set it, and the other checkpoints show that the stream is the same.
    @Test func anEndThatWasSetByHandIsToldAndStopsNobodyElse() throws {
        var script = ShardTreeScript(saved: [0: .shardEnd, 1: .settled(150)])
        #expect(try script.list([.open(0), .open(1)]) == ["1 after 150"])
        script.passLongTime()
        #expect(try script.tree.listed([.open(0), .open(1)], now: script.now).openThoughEnded == [shardID(0)])
    }

    @Test(
        arguments: [
            // Retention took every shard that was read; what is left descends from them.
            ([1: .settled(150), 2: .shardEnd], [.closed(7, of: [5]), .open(8, of: [7])]),
            // The same, and an idle shard of a low number that never got a checkpoint is left.
            ([1: .settled(150)], [.open(0), .open(7, of: [3])]),
            // The only checkpoints are ends, and say nothing of time.
            ([1: .shardEnd], [.open(0), .open(7, of: [3])]),
            // Begun at LATEST, and idle since.
            ([0: .atTime(Instant(milliseconds: 0))], [.closed(0), .open(1, of: [0])]),
            // Shards of one second are not in the order of their sequence numbers.
            ([16: .settled(1600)], [.open(15, from: 1700), .open(14, from: 1400), .open(19, of: [17])]),
        ] as [([Int: Checkpoint], [Shard])])
    func whatRetentionLeavesIsNoAlarm(saved: [Int: Checkpoint], shards: [Shard]) {
        #expect(finding(saved: saved, shards) == nil)
    }

    @Test func anAcceptedStreamStartsAnew() throws {
        var script = ShardTreeScript(saved: [0: .shardEnd, 1: .settled(150)], start: .latest, acceptsRecreated: true)
        let new: [Shard] = [.open(0, from: 9000), .open(1, from: 9000)]
        let listing = try script.tree.listed(new, now: script.now)
        #expect(listing.obsolete == [shardID(0), shardID(1)])
        #expect(listing.abandoned == [])
        #expect(Set(listing.beginning.keys) == [shardID(0), shardID(1)], "the configured start applies")
        script.tree.saved(listing.beginning)
        #expect(script.take() == ["0 latest", "1 latest"])
        #expect(try script.tree.listed(new, now: script.now).obsolete == [], "once")
    }

    @Test func anAcceptedStreamNamesTheReadingsOfTheOldOne() throws {
        var script = ShardTreeScript(acceptsRecreated: true)
        let later = Instant(milliseconds: 1_700_000_060_000)
        #expect(try script.list([.open(1), .open(2)], created: born) == ["1 trim-horizon", "2 trim-horizon"])
        script.save(1, .settled(150))
        let listing = try script.tree.listed([.open(1, from: 9000)], created: later, now: script.now)
        #expect(listing.abandoned == [shardID(1), shardID(2)])
        #expect(listing.obsolete == [shardID(1)])
        #expect(script.take() == ["1 trim-horizon"])
    }

    @Test func theErrorSaysWhatWasFound() {
        let error = RecreatedStream(
            finding: .checkpointBeforeStart(shardID(1), checkpoint: sequenceNumber(150), starting: sequenceNumber(9000))
        )
        #expect(
            error.description == """
                the stream is not the one that its checkpoints are of: the checkpoint of shardId-000000000001 is 150, \
                and the shard begins at 9000, after that. It was deleted and created again under its name, so nothing \
                is read before it is accepted as a new stream (tailrace run --accept-recreated-stream)
                """)
    }
}
