import Core
import Logging
import Testing

@testable import Pipeline

@Suite struct TelemetryTests {
    private let shard = ShardID("shardId-000000000000")

    @Test func waitsAreInSecondsAndThousandths() throws {
        let shard = try #require(shard)
        func words(_ delay: Duration) -> Logger.MetadataValue? {
            TelemetryEvent.readFailed(shard, ReadTrouble(.network, "c"), retryIn: delay).line.metadata["retry-in"]
        }
        #expect(words(.milliseconds(1798) + .nanoseconds(5)) == "1.798s")
        #expect(words(.seconds(2)) == "2.000s")
    }

    /// A throttle is no failure: whoever catches up with a stream meets it all the time.
    @Test func aThrottleIsNoWarning() throws {
        let shard = try #require(shard)
        func level(_ fault: ReadFault) -> Logger.Level {
            TelemetryEvent.readFailed(shard, ReadTrouble(fault, "c"), retryIn: .zero).line.level
        }
        #expect(level(.throttled) < .warning)
        #expect(level(.accessDenied) == .warning)
    }

    @Test func positionsReadAsTheyAreWritten() throws {
        let sequence = try #require(SequenceNumber("42"))
        let positions: [ShardPosition] = [
            .trimHorizon, .latest, .at(sequence), .after(sequence), .atTime(Instant(milliseconds: 1_763_632_800_123)),
        ]
        #expect(
            positions.map(\.description) == [
                "trim-horizon", "latest", "at 42", "after 42", "at 2025-11-20T10:00:00.123Z",
            ])
    }
}
