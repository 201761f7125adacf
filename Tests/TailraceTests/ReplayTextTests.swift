import Core
import Pipeline
import Settings
import Testing

@testable import tailrace

/// A moment so many seconds after 2026-11-20T10:00:00Z.
private func at(_ seconds: Int64) -> Instant { Instant(milliseconds: 1_795_168_800_000 + seconds * 1000) }

private func shard(_ number: Int) throws -> ShardID {
    let digits = String(number)
    return try #require(ShardID("shardId-" + String(repeating: "0", count: 12 - digits.count) + digits))
}

private func sequence(_ number: Int) throws -> SequenceNumber { try #require(SequenceNumber("\(number)")) }

// MARK: Progress

@Suite struct ProgressTellsHowFarAReplayIs {
    private static func sight(
        _ first: Int64? = nil, _ reached: Int64? = nil, isDone: Bool = false
    ) -> ReplaySights.ShardSight {
        ReplaySights.ShardSight(
            from: .trimHorizon, first: first.map(at), reached: reached.map(at), end: isDone ? .ofShard : nil)
    }

    private static func reckoning(
        _ shards: [ReplaySights.ShardSight], from: Int64? = 0, until: Int64? = 100, events: Int = 400, earlier: Int = 0,
        after seconds: Int = 20, first: ReplayReckoning.Milestone? = nil
    ) -> ReplayReckoning {
        var counts = LedgerCounts()
        (counts.recordsRead, counts.eventsRead) = (40, events)
        return ReplayReckoning(
            counts, earlier: earlier, shards: shards, span: .init(from: from.map(at), until: until.map(at)),
            elapsed: .seconds(seconds), first: first)
    }

    @Test func theSlowestShardTellsTheShare() {
        let reckoning = Self.reckoning([Self.sight(5, 80), Self.sight(5, 25), Self.sight(5, 10, isDone: true)])
        #expect(reckoning.share == 0.25)
        #expect(reckoning.reached == at(25))
    }

    @Test func whatIsLeftIsReckonedFromThisRun() {
        let first = ReplayReckoning.Milestone(share: 0.05, at: .seconds(10))
        let reckoning = Self.reckoning([Self.sight(5, 25)], first: first)
        // A fifth of the way in ten seconds, and three quarters to go.
        #expect(reckoning.left == .milliseconds(37_500))
        #expect(Self.reckoning([Self.sight(5, 25)]).left == nil, "nothing to reckon from")
        let standing = ReplayReckoning.Milestone(share: 0.25, at: .seconds(10))
        #expect(Self.reckoning([Self.sight(5, 25)], first: standing).left == nil, "it does not move")
    }

    @Test func whatCannotBeKnownIsNotShown() {
        #expect(Self.reckoning([Self.sight(5, 25)], until: nil).share == nil, "the end is no moment")
        #expect(Self.reckoning([Self.sight(5, 25), Self.sight()]).share == nil, "one shard has not begun")
        #expect(Self.reckoning([]).share == nil)
        #expect(Self.reckoning([Self.sight(20, 60)], from: nil).share == 0.5, "the first record is where it begins")
        #expect(Self.reckoning([Self.sight(5, 25, isDone: true)]).share == 1)
        #expect(Self.reckoning([Self.sight(5, 300)]).share == 1)
        #expect(Self.reckoning([Self.sight(5, -300)]).share == 0)
    }

    @Test func onATerminalThereIsABar() {
        let first = ReplayReckoning.Milestone(share: 0.05, at: .seconds(10))
        let reckoning = Self.reckoning([Self.sight(5, 25)], earlier: 100, first: first)
        let line = "25 %, 37s left, 40 records, 400 events, 15 events/s, at 2026-11-20T10:00:25Z"
        #expect(reckoning.line == line)
        #expect(reckoning.bar(columns: 200) == "[#####---------------] " + line)
        #expect(reckoning.bar(columns: 30) == "[#####---------------] 25 %, ")
        let unknown = Self.reckoning([], until: nil)
        #expect(unknown.bar(columns: 200) == "40 records, 400 events, 20 events/s")
    }

    @Test(arguments: [
        (0, "0s"), (59, "59s"), (60, "1m 0s"), (3599, "59m 59s"), (3600, "1h 0m"), (86_399, "23h 59m"),
        (90_000, "1d 1h"),
    ])
    func timeIsSaidShortly(seconds: Int, text: String) {
        #expect(ReplayReckoning.text(of: .seconds(seconds)) == text)
    }
}

// MARK: Summary

@Suite struct ASummaryTellsWhatBecameOfAReplay {
    private static func lines(_ events: [TelemetryEvent], isResumed: Bool = false) -> [String] {
        var sights = ReplaySights()
        events.forEach { sights.note($0) }
        let summary = ReplaySummary(
            sights: sights, ledger: LedgerCounts(), deadLetters: "/dead/replay", isResumed: isResumed)
        return summary.lines.filter { !$0.hasPrefix("records read") && !$0.hasPrefix("events  read") }
    }

    private static func replayed(
        _ number: Int, from position: ShardPosition = .trimHorizon, records: Int, until bound: ReplayBound,
        isFound: Bool = true
    ) throws -> [TelemetryEvent] {
        let shard = try shard(number)
        return [
            .shardStarted(shard, at: position), .pageReplayed(shard, records: records, from: at(1), upTo: at(5)),
            .replayed(shard, until: bound, isFound: isFound),
        ]
    }

    @Test func shardsThatWereReadAlikeShareALine() throws {
        let bound = ReplayBound.time(at(60))
        let events = try (0..<5).flatMap { try Self.replayed($0, records: 2, until: bound) }
        #expect(
            Self.lines(events) == [
                "5 shards, shardId-000000000000 to shardId-000000000004: "
                    + "from trim-horizon until 2026-11-20T10:01:00.000Z, 10 records"
            ])
        #expect(
            Self.lines(try Self.replayed(1, records: 1, until: bound), isResumed: true) == [
                "since it was resumed, shardId-000000000001: from trim-horizon until 2026-11-20T10:01:00.000Z, 1 record"
            ])
    }

    @Test func howAShardEndedIsTold() throws {
        let (record, after) = (ReplayBound.record(try sequence(9)), ShardPosition.after(try sequence(3)))
        let ended = try shard(2)
        var events = try Self.replayed(0, from: after, records: 1, until: record)
        events += try Self.replayed(1, from: after, records: 0, until: record, isFound: false)
        events += [.shardStarted(ended, at: .trimHorizon), .shardEnded(ended)]
        events += [.shardStarted(try shard(3), at: .trimHorizon)]
        events += [.shardStarted(try shard(4), at: after)]
        events += [.pageReplayed(try shard(4), records: 7, from: at(1), upTo: at(2))]
        events += [.replayed(try shard(5), until: .nothing, isFound: true)]
        #expect(
            Self.lines(events) == [
                "shardId-000000000000: from after 3 until record 9, 1 record",
                "shardId-000000000001: from after 3 until its tip, as the stream does not hold record 9, 0 records",
                "shardId-000000000002: from trim-horizon until its end, 0 records",
                "shardId-000000000003: from trim-horizon until it was stopped, 0 records",
                "shardId-000000000004: from after 3 until what arrived at 2026-11-20T10:00:02.000Z, 7 records",
                "shardId-000000000005: nothing to read, 0 records",
            ])
    }

    @Test func thousandsOfShardsDoNotFillTheScreen() throws {
        let events = try (0..<1000).flatMap {
            try Self.replayed($0, records: 1, until: .record(try sequence($0)))
        }
        let lines = Self.lines(events)
        #expect(lines.count == 21)
        #expect(lines.last == "980 more shards: 980 records")
    }

    @Test func whatWasRefusedIsCountedByReason() throws {
        let central = try #require(SinkName("central"))
        let events: [TelemetryEvent] = [
            .eventsRejected(central, target: "a:b", .tooOld, events: 4),
            .eventsRejected(central, target: "a:c", .tooOld, events: 8),
            .eventsRejected(central, target: "a:c", .tooBig, events: 1),
            .undecodable(try shard(0), try sequence(1), Undecodable(.notGzip, "it begins with 7b")),
        ]
        #expect(
            Self.lines(events) == [
                "sink central refused events: too-big 1, too-old 12; they are kept in /dead/replay",
                "records that cannot be decoded: not-gzip 1; they are kept in /dead/replay",
            ])
    }

    @Test func whatHadExpiredIsToldWithBothPositions() throws {
        let gap = ReadGap(
            shard: try shard(0), from: .after(try sequence(3)), currentAt: nil,
            to: .init(sequence: try sequence(8), arrival: at(7)), cause: .positionRefused)
        let open = ReadGap(
            shard: try shard(1), from: .atTime(at(0)), currentAt: nil, to: nil, cause: .olderThanRetention)
        let events: [TelemetryEvent] = [
            .gap(gap), .gap(open), .agedOut(try shard(2), .after(try sequence(5))), .agedOut(try shard(3), nil),
        ]
        #expect(
            Self.lines(events) == [
                "shardId-000000000000: what followed after 3 may have expired (position-refused), up to record 8, "
                    + "which arrived at 2026-11-20T10:00:07.000Z",
                "shardId-000000000001: what followed at 2026-11-20T10:00:00.000Z may have expired (older-than-retention), "
                    + "up to the shard's end",
                "shardId-000000000002: all of it after 5 has expired", "shardId-000000000003: all of it has expired",
            ])
    }
}

// MARK: Before it begins

@Suite struct EventsTooOldForALogGroupAreToldBefore {
    private static let day: Int64 = 86_400
    private static let now = at(100 * day)

    private static func warnings(
        _ from: ReplayPosition, horizonDays: Int64 = 0, sink: String = "{log-group: {group: \"/central\"}}"
    ) throws -> [String] {
        let settings = try TailraceSettings(
            yaml: "{stream: {name: Logs}, sinks: {central: \(sink), console: {stdout: {}}}}", file: "test.yaml")
        return OldEvents(from: from, horizon: at(horizonDays * day), now: now, deadLetters: "/dead/replay").warnings(
            for: settings.sinks)
    }

    @Test func sinceWhenTheyAreAndWhatBecomesOfThem() throws {
        #expect(
            try Self.warnings(.time(at(80 * Self.day))) == [
                "sink central: the replay reaches back to 2027-02-08T10:00:00.000Z, and CloudWatch Logs takes no events "
                    + "older than 14 days: events from before 2027-02-14T10:00:00.000Z become dead letters (too-old) in "
                    + "/dead/replay"
            ])
    }

    @Test func aLogGroupThatKeepsEventsForLessRefusesMore() throws {
        let sink = "{log-group: {group: \"/central\", retention-days: 7}}"
        let warnings = try Self.warnings(.time(at(90 * Self.day)), sink: sink)
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("its log groups keep events for 7 days") == true)
        #expect(warnings.first?.contains("(expired)") == true)
    }

    @Test func nothingIsToldWhereNothingIsTooOld() throws {
        #expect(try Self.warnings(.time(at(87 * Self.day))) == [])
        #expect(try Self.warnings(.time(at(0)), horizonDays: 99) == [], "the stream does not keep it")
        #expect(try Self.warnings(.latest) == [])
        #expect(try Self.warnings(.trimHorizon, sink: "{files: {directory: /a}}") == [])
    }

    @Test(arguments: [ReplayPosition.trimHorizon, .checkpoint, .checkpointFile("f")])
    func whereTimeIsNotKnownTheHorizonCounts(from: ReplayPosition) throws {
        #expect(try Self.warnings(from, horizonDays: 1).count == 1)
        #expect(try Self.warnings(from, horizonDays: 90) == [])
    }
}
