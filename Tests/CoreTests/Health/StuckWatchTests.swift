import Core
import Testing

@Suite struct StuckWatchTests {
    private let shard: HealthSubject
    private let other: HealthSubject

    init() throws {
        shard = .shard(try #require(ShardID("shardId-000000000001")))
        other = .shard(try #require(ShardID("shardId-000000000002")))
    }

    /// Looked at every second for an hour.
    @Test func saysSoOncePerPeriod() {
        var watch = StuckWatch(period: .seconds(300))
        var notices: [StuckWatch.Notice] = []
        for second in 0...3600 { notices += watch.look([shard: .seconds(second)]) }
        #expect(notices == (1...12).map { .stuck(shard, for: .seconds(300 * $0)) })
    }

    @Test func saysOnceThatItMovesAgain() {
        var watch = StuckWatch(period: .seconds(300))
        #expect(watch.look([shard: .seconds(299)]) == [])
        #expect(watch.look([shard: .seconds(301)]) == [.stuck(shard, for: .seconds(301))])
        #expect(watch.look([shard: .seconds(450)]) == [])
        #expect(watch.look([shard: .seconds(1)]) == [.moves(shard, after: .seconds(450))])
        #expect(watch.look([shard: .seconds(2)]) == [])
        #expect(watch.look([shard: .seconds(300)]) == [.stuck(shard, for: .seconds(300))], "and then anew")
    }

    /// A program that was suspended looks again after hours.
    @Test func whatWasMissedIsSaidOnce() {
        var watch = StuckWatch(period: .seconds(300))
        #expect(watch.look([shard: .seconds(3000)]) == [.stuck(shard, for: .seconds(3000))])
        #expect(watch.look([shard: .seconds(3001)]) == [])
        #expect(watch.look([shard: .seconds(3300)]) == [.stuck(shard, for: .seconds(3300))])
    }

    @Test func whatIsGoneDoesNotMove() {
        var watch = StuckWatch(period: .seconds(300))
        _ = watch.look([shard: .seconds(300)])
        #expect(watch.look([:]) == [])
        #expect(watch.look([shard: .zero]) == [])
    }

    @Test func eachSubjectHasItsOwnTime() {
        var watch = StuckWatch(period: .seconds(300))
        #expect(
            watch.look([other: .seconds(300), shard: .seconds(300), .listing: .seconds(300), .commit: .zero]) == [
                .stuck(.listing, for: .seconds(300)), .stuck(shard, for: .seconds(300)),
                .stuck(other, for: .seconds(300)),
            ])
        #expect(watch.look([other: .seconds(310), shard: .zero]) == [.moves(shard, after: .seconds(300))])
    }
}
