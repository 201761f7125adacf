/// How much is measured.
struct Effort {
    let rounds: Int
    /// What each side works at least in each round, in whole passes.
    let secondsMin: Double
    /// Of each corpus that is made.
    let textBytes: Int
    /// Of text that a daemon reads in one run: some seconds of work, beside which its start counts little.
    let streamBytes: Int
    /// How often it reads that for each line.
    let runs: Int
    /// From how many shards, one run after the other.
    let shards: [Int]

    static let usual = Effort(
        rounds: 5, secondsMin: 0.3, textBytes: MadeCorpus.usualTextBytes, streamBytes: 2_000_000_000, runs: 3,
        shards: [1, 4, 64])
    /// Shows that everything works; its numbers mean nothing.
    static let quick = Effort(rounds: 1, secondsMin: 0.001, textBytes: 400_000, streamBytes: 0, runs: 1, shards: [2])
}
