private import Glibc
private import StreamWorld

/// Lives as many worlds as one likes, or a single one aloud.
@main struct Simulate {
    static func main() async {
        guard let wish = Wish(CommandLine.arguments.dropFirst()) else {
            tell(Wish.usage + "\n")
            exit(2)
        }
        exit(await grant(wish) ? 0 : 1)
    }

    /// Returns whether nothing went wrong.
    private static func grant(_ wish: Wish) async -> Bool {
        switch wish.worlds {
        case .one(let seed):
            let trace: ((String) -> Void)? = wish.traces ? { print($0) } : nil
            let violation = World(seed: seed, sabotage: wish.sabotage, trace: trace).run()
            print(violation.map { "seed \(seed): \($0)" } ?? "seed \(seed): nothing went wrong")
            return violation == nil
        case .many(let seeds):
            let progress = Progress(of: seeds)
            let failures = await Lives.failures(
                of: 1...seeds, sabotage: wish.sabotage, threads: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
            ) { progress.lived($0) }
            for failure in failures { print(failure) }
            progress.finish()
            return failures.isEmpty
        }
    }
}
