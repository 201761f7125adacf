import Core
import Pipeline

/// The events that were accepted and are not settled, by the run they were queued in.
///
/// Holding them holds their deliveries, and so their memory.
struct OpenRuns {
    struct Run {
        let delivery: Delivery
        let message: Int
        fileprivate var open: Int
    }

    private var runs: [Int: Run] = [:]
    private var nextTicket = 0

    var isEmpty: Bool { runs.isEmpty }

    /// Whether somebody waits for the memory that these hold.
    var isMemoryWanted: Bool { runs.values.first?.delivery.isMemoryWanted ?? false }

    /// The ticket of the next run to be added.
    var ticket: Int { nextTicket }

    mutating func add(_ delivery: Delivery, message: Int, events: Int) {
        runs[nextTicket] = Run(delivery: delivery, message: message, open: events)
        nextTicket += 1
    }

    func run(_ ticket: Int) -> Run {
        guard let run = runs[ticket] else { preconditionFailure("run \(ticket) is settled") }
        return run
    }

    /// Counts events of a run as settled and returns it, which has the receipt that is still to be told.
    mutating func settle(_ events: Int, of ticket: Int) -> Run {
        guard let index = runs.index(forKey: ticket) else { preconditionFailure("run \(ticket) is settled") }
        runs.values[index].open -= events
        let run = runs.values[index]
        precondition(run.open >= 0, "an event settles once")
        if run.open == 0 { runs.remove(at: index) }
        return run
    }
}
