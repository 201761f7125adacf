/// Two ways through the same bytes, measured in turn so that whatever disturbs one disturbs the other.
struct Comparison {
    /// Both sides pass as often.
    private struct Round {
        var ours = 0.0
        var theirs = 0.0
        var passes = 0.0
    }

    private var rounds: [Round] = []

    /// Whole passes alternate until each side had its seconds of this thread's CPU time; that is a round.
    init(_ effort: Effort, ours: () throws -> Void, theirs: () throws -> Void) rethrows {
        for _ in 0..<effort.rounds {
            var round = Round()
            while min(round.ours, round.theirs) < effort.secondsMin {
                round.ours += try CPUTime.spent(ours)
                round.theirs += try CPUTime.spent(theirs)
                round.passes += 1
            }
            rounds.append(round)
        }
    }

    var ourPassesPerSecond: Double { rounds.map { $0.passes / $0.ours }.median }
    var theirPassesPerSecond: Double { rounds.map { $0.passes / $0.theirs }.median }
    /// Our rate over theirs: the median of the rounds' ratios.
    var ratio: Double { rounds.map { $0.theirs / $0.ours }.median }
}
