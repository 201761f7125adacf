/// How much is measured.
struct Effort {
    let rounds: Int
    /// What each side works at least in each round, in whole passes.
    let secondsMin: Double
    /// Of each corpus that is made.
    let textBytes: Int

    static let usual = Effort(rounds: 5, secondsMin: 0.3, textBytes: MadeCorpus.usualTextBytes)
    /// Shows that everything works; its numbers mean nothing.
    static let quick = Effort(rounds: 1, secondsMin: 0.001, textBytes: 400_000)
}
