/// Lives many worlds, on some threads at once.
package enum Lives {
    package struct Failure: Sendable, CustomStringConvertible {
        package let seed: UInt64
        package let sabotage: Sabotage?
        package let violation: Violation

        package var description: String {
            let options = sabotage.map { " --sabotage \($0.rawValue)" } ?? ""
            return "seed \(seed): \(violation)\n  again: scripts/simulate --seed \(seed)\(options) --trace"
        }
    }

    /// Each thread ends after so many failures: what follows would mostly be the same ones.
    private static let failuresMax = 5

    /// The worlds that failed, by seed. `lived` is told after some worlds how many there were since it was told last.
    package static func failures(
        of seeds: ClosedRange<UInt64>, sabotage: Sabotage? = nil, threads: Int = 2,
        lived: @escaping @Sendable (Int) -> Void = { _ in }
    ) async -> [Failure] {
        await withTaskGroup(of: [Failure].self) { group in
            for thread in 0..<UInt64(threads) {
                group.addTask {
                    let own = stride(from: seeds.lowerBound + thread, through: seeds.upperBound, by: threads)
                    return failures(of: own, sabotage, lived: lived)
                }
            }
            return await group.reduce(into: []) { $0 += $1 }.sorted { $0.seed < $1.seed }
        }
    }

    /// The first world, more or less, in which one of these is violated. The threads look at some seeds each, in turns.
    package static func first(
        of seeds: ClosedRange<UInt64>, sabotage: Sabotage, violating invariants: Set<Invariant>, threads: Int = 2
    ) async -> Failure? {
        for first in stride(from: seeds.lowerBound, through: seeds.upperBound, by: Int(turn)) {
            let turn = first...min(seeds.upperBound, first + Self.turn - 1)
            let failures = await failures(of: turn, sabotage: sabotage, threads: threads)
            if let found = failures.first(where: { invariants.contains($0.violation.invariant) }) { return found }
        }
        return nil
    }

    private static let turn: UInt64 = 100

    private static func failures(
        of seeds: some Sequence<UInt64>, _ sabotage: Sabotage?, lived: (Int) -> Void
    ) -> [Failure] {
        var failures: [Failure] = []
        var untold = 0
        for seed in seeds where failures.count < failuresMax {
            if let violation = World(seed: seed, sabotage: sabotage).run() {
                failures.append(Failure(seed: seed, sabotage: sabotage, violation: violation))
            }
            untold += 1
            guard untold == 100 else { continue }
            lived(untold)
            untold = 0
        }
        lived(untold)
        return failures
    }
}
