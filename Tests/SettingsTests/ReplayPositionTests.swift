import Core
import Settings
import Testing

@Suite struct ReplayPositionTests {
    private static let ten = Instant(milliseconds: 1_795_168_800_000)

    @Test func namesAPlace() throws {
        let shard = try #require(ShardID("shardId-000000000001"))
        let sequence = try #require(SequenceNumber("49590338271490256608559692538361571095921575989136588898"))
        let all: [(String, ReplayPosition)] = [
            ("trim-horizon", .trimHorizon), ("latest", .latest), ("checkpoint", .checkpoint),
            ("checkpoint:export.json", .checkpointFile("export.json")),
            ("checkpoint:a:b", .checkpointFile("a:b")),
            ("2026-11-20T10:00:00Z", .time(Self.ten)),
            ("\(shard):\(sequence)", .record(shard, sequence)),
        ]
        for (text, position) in all { #expect(try ReplayPosition(text) == position) }
    }

    private static let allowed =
        "allowed: trim-horizon, latest, a time such as 2026-11-20T10:00:00Z, checkpoint, checkpoint:FILE, SHARD:SEQUENCE"

    @Test(arguments: [
        ("", "'' is no position; \(allowed)"),
        ("Latest", "'Latest' is no position; \(allowed)"),
        ("checkpoint:", "'checkpoint:' names no file; allowed: checkpoint:FILE"),
        ("shardId-0:abc", "'shardId-0:abc' is no position; \(allowed)"),
        ("shardId-0:", "'shardId-0:' is no position; \(allowed)"),
        ("shard 0:1", "'shard 0:1' is no position; \(allowed)"),
        (
            "2026-11-20",
            "'2026-11-20' is no time; allowed: ISO 8601 with seconds and zone, such as 2026-11-20T10:00:00Z"
        ),
        // A shard may be called 2026-11-20T10 and have a record 30; a person means a time.
        (
            "2026-11-20T10:30",
            "'2026-11-20T10:30' is no time; allowed: ISO 8601 with seconds and zone, such as 2026-11-20T10:00:00Z"
        ),
    ])
    func isNoPlace(text: String, problem: String) {
        do throws(PositionError) {
            _ = try ReplayPosition(text)
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.description == problem)
        }
    }

    @Test func namesAnEnd() throws {
        let shard = try #require(ShardID("shardId-000000000001"))
        let sequence = try #require(SequenceNumber("7"))
        let all: [(String, ReplayEnd)] = [
            ("now", .now), ("latest", .now), ("2026-11-20T10:00:00Z", .time(Self.ten)), ("checkpoint", .checkpoint),
            ("checkpoint:export.json", .checkpointFile("export.json")),
            ("\(shard):\(sequence)", .record(shard, sequence)),
        ]
        for (text, end) in all { #expect(try ReplayEnd(text) == end) }
    }

    private static let allowedEnds =
        "allowed: now, a time such as 2026-11-20T10:00:00Z, checkpoint, checkpoint:FILE, SHARD:SEQUENCE"

    @Test(arguments: [
        ("trim-horizon", "nothing lies before 'trim-horizon', so a replay cannot end there; \(allowedEnds)"),
        ("soon", "'soon' is no end; \(allowedEnds)"), ("shardId-0:", "'shardId-0:' is no end; \(allowedEnds)"),
        ("checkpoint:", "'checkpoint:' names no file; allowed: checkpoint:FILE"),
        (
            "2026-11-20 10:00",
            "'2026-11-20 10:00' is no time; allowed: ISO 8601 with seconds and zone, such as 2026-11-20T10:00:00Z"
        ),
    ])
    func isNoEnd(text: String, problem: String) {
        do throws(PositionError) {
            _ = try ReplayEnd(text)
            Issue.record("taken: \(text)")
        } catch {
            #expect(error.description == problem)
        }
    }
}
