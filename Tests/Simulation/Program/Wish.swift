internal import StreamWorld

/// What the command line asks for.
struct Wish {
    enum Worlds {
        case one(seed: UInt64)
        /// With the seeds from 1 on.
        case many(UInt64)
    }

    static let usage = "usage: simulate [SEEDS] | --seed SEED [--trace], and [--sabotage NAME]"
    private static let usualSeeds: UInt64 = 1_000_000

    private(set) var worlds = Worlds.many(usualSeeds)
    private(set) var traces = false
    private(set) var sabotage: Sabotage?

    /// `nil` for anything that is not as `usage` says.
    init?(_ arguments: some Sequence<String>) {
        var words = Array(arguments)[...]
        var isChosen = false
        while let word = words.popFirst() {
            switch word {
            case "--trace":
                traces = true
            case "--sabotage":
                guard let name = words.popFirst(), let known = Sabotage(rawValue: name) else { return nil }
                sabotage = known
            case "--seed":
                guard !isChosen, let seed = words.popFirst().flatMap(UInt64.init) else { return nil }
                worlds = .one(seed: seed)
                isChosen = true
            default:
                guard !isChosen, let seeds = UInt64(word), seeds > 0 else { return nil }
                worlds = .many(seeds)
                isChosen = true
            }
        }
        if traces, case .many = worlds { return nil }
    }
}
