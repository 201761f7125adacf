import Core
import Testing

@Suite struct HealthPictureTests {
    private let rule = StuckRule(after: .seconds(300))
    private let one: ShardID
    private let two: ShardID
    private let central: SinkName

    init() throws {
        one = try #require(ShardID("shardId-000000000001"))
        two = try #require(ShardID("shardId-000000000002"))
        central = try #require(SinkName("central"))
    }

    private func reading(_ shard: ShardID) -> ShardStanding {
        ShardStanding(shard: shard, state: .reading, behindLatest: .zero, sinceProgress: .zero)
    }

    private func failing(_ shard: ShardID, _ fault: ReadFault, _ seconds: Int) -> ShardStanding {
        ShardStanding(
            shard: shard, state: .backingOff(fault, for: .seconds(seconds)), behindLatest: .zero,
            sinceProgress: .seconds(seconds))
    }

    private func fault(_ seconds: Int, target: String? = nil) -> OngoingFault {
        OngoingFault(target: target, cause: "why", lasting: .seconds(seconds))
    }

    @Test func allIsWell() {
        let waiting = ShardStanding(shard: two, state: .waiting(for: [one]))
        let verdict = HealthPicture(rule: rule, shards: [reading(one), waiting]).verdict
        #expect(verdict == HealthVerdict(status: .ok, causes: []))
    }

    /// A throttle is daily life; what a person should read of is not.
    @Test func whatFailsNowDegrades() {
        #expect(HealthPicture(rule: rule, shards: [failing(one, .throttled, 20)]).verdict.status == .ok)
        let verdict = HealthPicture(rule: rule, shards: [reading(one), failing(two, .accessDenied, 20)]).verdict
        #expect(verdict.status == .degraded)
        #expect(verdict.causes == ["shard shardId-000000000002: backing off for 20s, access-denied"])
    }

    @Test func whatIsStuckIsRedAndComesFirst() {
        let picture = HealthPicture(
            rule: rule, shards: [failing(one, .accessDenied, 20), failing(two, .throttled, 301)], commit: fault(5),
            sinks: [central: [fault(7, target: "/a:b"), fault(9, target: "/c:d")]])
        #expect(
            picture.verdict
                == HealthVerdict(
                    status: .red,
                    causes: [
                        "shard shardId-000000000002: no progress for 301s (backing off for 301s, throttled)",
                        "checkpoints: fails for 5s (why)",
                        "shard shardId-000000000001: backing off for 20s, access-denied",
                        "sink central: fails for 9s (why, and 1 more)",
                    ]))
    }

    /// A sink's own trouble is red by the shards that it stalls.
    @Test func sinksDegrade() {
        let picture = HealthPicture(rule: rule, shards: [reading(one)], sinks: [central: [fault(1000)]])
        #expect(picture.verdict.status == .degraded)
    }

    @Test(arguments: [(299, HealthVerdict.Status.degraded), (300, .red)])
    func whatNobodyCanListOrSaveIsStuckAsWell(seconds: Int, status: HealthVerdict.Status) {
        let pictures = [
            HealthPicture(rule: rule, shards: [], stream: fault(seconds)),
            HealthPicture(rule: rule, shards: [reading(one)], listing: fault(seconds)),
            HealthPicture(rule: rule, shards: [reading(one)], commit: fault(seconds)),
        ]
        for picture in pictures {
            #expect(picture.verdict.status == status)
            #expect(picture.verdict.causes.count == 1)
        }
    }

    @Test func whatHasEndedHasMovedAndWhatAgedOutNeverWill() {
        let shards = [ShardStanding(shard: one, state: .ended), ShardStanding(shard: two, state: .agedOut)]
        let stillness = HealthPicture(rule: rule, shards: shards).stillness
        #expect(stillness[.shard(one)] == .zero)
        #expect(stillness[.shard(two)] == nil)
    }

    @Test(arguments: [(299, HealthVerdict.Status.degraded), (300, .red)])
    func aShardThatIsNotReadAlthoughItGoesOnIsSeen(seconds: Int, status: HealthVerdict.Status) {
        let ended = ShardStanding(shard: one, state: .ended)
        let verdict = HealthPicture(rule: rule, shards: [ended], unread: [one: .seconds(seconds)]).verdict
        #expect(verdict.status == status)
        #expect(verdict.causes.count == 1)
        #expect(verdict.causes.first?.contains("but it goes on") == true)
    }
}
