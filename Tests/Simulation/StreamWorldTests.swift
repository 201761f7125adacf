import StreamWorld
import Testing

@Suite struct NothingOfAStreamIsLost {
    /// Splits, merges, lists that are late, everything that Kinesis, sinks and stores may refuse, crashes and clocks that
    /// jump, in an order chosen by the seed: `Invariant` says what has to hold after every step. A million of such worlds
    /// are lived by `scripts/simulate`.
    @Test func whateverHappens() async {
        let failures = await Lives.failures(of: 1...10_000)
        for failure in failures { Issue.record("\(failure)") }
    }

    /// Otherwise a failing seed could not be looked at.
    @Test(arguments: UInt64(1)...5)
    func aSeedIsTheSameWorldEachTime(seed: UInt64) {
        let lives = (1...2).map { _ in
            var trace: [String] = []
            _ = World(seed: seed) { trace.append($0) }.run()
            return trace
        }
        #expect(lives[0] == lives[1])
        #expect(lives[0].count > 100)
    }
}
