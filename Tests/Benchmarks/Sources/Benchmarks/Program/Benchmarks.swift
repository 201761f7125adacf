private import Glibc

/// Runs one section: `scripts/bench` calls it, and its `--help` tells what there is.
@main struct Benchmarks {
    static func main() {
        do {
            try run(try Arguments(CommandLine.arguments.dropFirst()))
        } catch let signal as Interruption.Signal {
            exit(128 + signal.number)
        } catch {
            StandardStreams.tell("bench: \(error)")
            exit(error is UsageFailure ? 2 : 1)
        }
    }

    private static func run(_ arguments: Arguments) throws {
        switch arguments.section {
        case .decode: try DecodeSection(effort: arguments.effort).report(arguments)
        case .writers: try WritersSection(effort: arguments.effort).report(arguments)
        case .scaling: try ScalingSection(effort: arguments.effort).report(arguments)
        case .allocations: try AllocationsSection().report(arguments)
        case .page: try PageSection(effort: arguments.effort).report(arguments)
        case .pipeline:
            Interruption.hold()
            try PipelineSection(effort: arguments.effort, tailrace: arguments.tailrace).report(arguments)
        case .write: try WriteSection().report(arguments)
        }
    }
}
