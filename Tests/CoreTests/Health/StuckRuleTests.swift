import Testing

@testable import Core

/// What a shard's parts tell, and how the shard then stands.
@Suite struct StuckRuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let reading: ShardHealth.State
        var sinceRead = Duration.zero
        var settling = SettlingHealth()
        let state: ShardStanding.State
        let sinceProgress: Duration?
        let isStuck: Bool

        var testDescription: String { name }
    }

    private static let rule = StuckRule(after: .seconds(300))
    private static let central = sink("central")
    private static let archive = sink("archive")
    private static let shard = ShardID("shardId-000000000001") ?? fallback()

    private static func fallback() -> ShardID { preconditionFailure("a plain name is a shard's") }

    private static func sink(_ name: String) -> SinkName {
        guard let sink = SinkName(name) else { preconditionFailure("a plain name is a sink's") }
        return sink
    }

    private static func backlog(
        _ sink: SinkName, _ seconds: Int, isInTrouble: Bool = false
    ) -> SettlingHealth.Backlog {
        SettlingHealth.Backlog(sink: sink, standing: .seconds(seconds), isInTrouble: isInTrouble)
    }

    private static func settling(
        _ backlogs: SettlingHealth.Backlog..., moved: Int? = nil, wait: SettlingHealth.Wait? = nil
    ) -> SettlingHealth {
        SettlingHealth(
            unsettled: backlogs.count, sinceMoved: moved.map { .seconds($0) }, backlogs: backlogs, wait: wait)
    }

    static let cases = [
        Case(name: "well", reading: .reading, state: .reading, sinceProgress: .zero, isStuck: false),
        Case(
            name: "at the tip, polled a second ago", reading: .idle, sinceRead: .seconds(1), state: .idle,
            sinceProgress: .seconds(1), isStuck: false),
        Case(
            name: "just not stuck", reading: .backingOff(.network, for: .seconds(299)), sinceRead: .seconds(299),
            state: .backingOff(.network, for: .seconds(299)), sinceProgress: .seconds(299), isStuck: false),
        Case(
            name: "just stuck", reading: .backingOff(.network, for: .seconds(300)), sinceRead: .seconds(300),
            state: .backingOff(.network, for: .seconds(300)), sinceProgress: .seconds(300), isStuck: true),
        Case(
            name: "a throttle that lasts is stuck as well", reading: .backingOff(.throttled, for: .seconds(301)),
            sinceRead: .seconds(301), state: .backingOff(.throttled, for: .seconds(301)),
            sinceProgress: .seconds(301), isStuck: true),
        Case(
            name: "never a page", reading: .locating, sinceRead: .seconds(400), state: .locating,
            sinceProgress: .seconds(400), isStuck: true),
        Case(
            name: "a moment to come", reading: .waitingForTime(Instant(milliseconds: 0)), sinceRead: .seconds(400),
            state: .waitingForTime(Instant(milliseconds: 0)), sinceProgress: nil, isStuck: false),
        Case(
            name: "reading waits for room, and what was read is being settled", reading: .reading,
            sinceRead: .seconds(400), settling: settling(backlog(central, 2), moved: 2), state: .reading,
            sinceProgress: .seconds(2), isStuck: false),
        Case(
            name: "at the tip, but one sink keeps its oldest record", reading: .idle,
            settling: settling(backlog(central, 0), backlog(archive, 301), moved: 0),
            state: .stalled(by: archive, for: .seconds(301)), sinceProgress: .seconds(301), isStuck: true),
        Case(
            name: "a sink that rests says nothing", reading: .idle, settling: settling(backlog(central, 149)),
            state: .idle, sinceProgress: .seconds(149), isStuck: false),
        Case(
            name: "no sink rests for so long", reading: .idle, settling: settling(backlog(central, 150)),
            state: .stalled(by: central, for: .seconds(150)), sinceProgress: .seconds(150), isStuck: false),
        Case(
            name: "a sink in trouble is believed soon", reading: .idle,
            settling: settling(backlog(central, 10, isInTrouble: true)),
            state: .stalled(by: central, for: .seconds(10)), sinceProgress: .seconds(10), isStuck: false),
        Case(
            name: "but not at once", reading: .idle, settling: settling(backlog(central, 9, isInTrouble: true)),
            state: .idle, sinceProgress: .seconds(9), isStuck: false),
        Case(
            name: "a sink that does not take events", reading: .reading, sinceRead: .seconds(11),
            settling: settling(
                backlog(archive, 12), wait: SettlingHealth.Wait(sink: central, lasting: .seconds(11))),
            state: .stalled(by: central, for: .seconds(11)), sinceProgress: .seconds(12), isStuck: false),
        Case(
            name: "short waits are daily life", reading: .reading, sinceRead: .seconds(9),
            settling: settling(wait: SettlingHealth.Wait(sink: central, lasting: .seconds(9))), state: .reading,
            sinceProgress: .seconds(9), isStuck: false),
        Case(
            name: "memory that no sink holds", reading: .reading, sinceRead: .seconds(20),
            settling: settling(wait: SettlingHealth.Wait(sink: nil, lasting: .seconds(20))), state: .reading,
            sinceProgress: .seconds(20), isStuck: false),
        Case(
            name: "what Kinesis says goes before the sinks", reading: .backingOff(.accessDenied, for: .seconds(20)),
            sinceRead: .seconds(20), settling: settling(backlog(central, 30, isInTrouble: true)),
            state: .backingOff(.accessDenied, for: .seconds(20)), sinceProgress: .seconds(30), isStuck: false),
        Case(
            name: "read to its end, which is not committed", reading: .ended, sinceRead: .seconds(5),
            state: .finishing, sinceProgress: .seconds(5), isStuck: false),
        Case(
            name: "its end is never committed", reading: .ended, sinceRead: .seconds(500), state: .finishing,
            sinceProgress: .seconds(500), isStuck: true),
    ]

    @Test(arguments: cases) func aShardThatIsRead(_ each: Case) {
        let reading = ShardHealth(
            state: each.reading, behindLatest: .seconds(7), sinceProgress: each.sinceRead)
        let standing = Self.rule.standing(of: Self.shard, reading, each.settling)
        #expect(standing.state == each.state)
        #expect(standing.sinceProgress == each.sinceProgress)
        #expect(standing.behindLatest == .seconds(7))
        #expect(standing.unsettled == each.settling.unsettled)
        #expect(Self.rule.isStuck(standing) == each.isStuck)
    }

    @Test func aShardThatNobodyReads() {
        let hour = Duration.seconds(3600)
        let stages: [(ShardTree.Status.Stage, ShardStanding.State, Bool)] = [
            (.unlisted, .unlisted, true), (.notFound, .missing, true), (.ready, .locating, true),
            (.reading, .locating, true), (.waiting(for: [Self.shard]), .waiting(for: [Self.shard]), false),
            (.ended, .ended, false), (.agedOut, .agedOut, false), (.atBound, .atBound, false),
        ]
        for (stage, state, isStuck) in stages {
            let standing = Self.rule.standing(of: Self.shard, stage, for: hour, whileListsFail: true)
            #expect(standing.state == state)
            #expect(Self.rule.isStuck(standing) == isStuck, "\(stage)")
            #expect(standing.sinceProgress == (isStuck ? hour : nil))
            #expect(standing.behindLatest == nil)
        }
    }

    /// It takes lists minutes to say that a shard has aged out.
    @Test(arguments: [ShardTree.Status.Stage.unlisted, .notFound]) func whatListsWillDecideIsNotStuck(
        stage: ShardTree.Status.Stage
    ) {
        let standing = Self.rule.standing(of: Self.shard, stage, for: .seconds(3600), whileListsFail: false)
        #expect(standing.sinceProgress == nil && !Self.rule.isStuck(standing))
    }

    /// With a short period a sink is named before the shard is stuck, too.
    @Test func patienceIsShorterThanThePeriod() {
        let rule = StuckRule(after: .seconds(10))
        let wait = SettlingHealth.Wait(sink: Self.central, lasting: .seconds(5))
        #expect(rule.staller(SettlingHealth(wait: wait))?.sink == Self.central)
    }
}
