internal import Core
internal import Locking

/// What goes on with one shard: its tasks and its sinks tell it, whoever asks for health looks.
///
/// It holds values and moments, never an age: a shard whose tasks hang grows old all the same.
final class ShardPulse: Sendable {
    enum Wait: Hashable, Sendable {
        /// For a sink to take events, or for the place for dead letters.
        case sink(SinkName)
        /// For memory that unsettled events of any shard hold.
        case memory
        /// For memory that pages hold, of any shard, whose records cannot be handed on.
        case pages

        /// Who waits: one task of the shard reads, the other hands on.
        fileprivate enum Waiter: Hashable { case reading, handingOn }

        fileprivate var waiter: Waiter {
            switch self {
            case .sink, .memory: .handingOn
            case .pages: .reading
            }
        }
    }

    /// Events given to a sink that is not done with them.
    struct Ticket: Sendable {
        let sink: SinkName
        fileprivate let place: SettleWindow.Ticket
    }

    private struct Backlog {
        var window = SettleWindow()
        /// The uptime since which its oldest unsettled record has been it.
        var since: Duration
    }

    private struct State {
        var reader: ShardReader?
        var waits: [Wait.Waiter: (what: Wait, since: Duration)] = [:]
        var backlogs: [SinkName: Backlog] = [:]
        /// The uptime at which a sink last settled the oldest record that it had.
        var moved: Duration?
    }

    private let progress: ShardProgress
    private let uptime: @Sendable () -> Duration
    private let state = Locked(State())

    init(_ progress: ShardProgress, uptime: @escaping @Sendable () -> Duration) {
        self.progress = progress
        self.uptime = uptime
    }

    /// The reader's state, whenever it has changed.
    func reads(_ reader: ShardReader) { state.withLock { $0.reader = reader } }

    /// Does what may have to wait.
    func waiting<Result>(for what: Wait, _ work: () async throws -> Result) async rethrows -> Result {
        let now = uptime()
        state.withLock { $0.waits[what.waiter] = (what, now) }
        defer { state.withLock { $0.waits[what.waiter] = nil } }
        return try await work()
    }

    /// The events of the next record that go to `sink`.
    func gives(_ sequence: SequenceNumber, to sink: SinkName) -> Ticket {
        let now = uptime()
        return state.withLock { state in
            if state.backlogs[sink]?.window.pending == 0 { state.backlogs[sink]?.since = now }
            return Ticket(
                sink: sink, place: state.backlogs[sink, default: Backlog(since: now)].window.admit(sequence))
        }
    }

    func settled(_ ticket: Ticket) {
        let now = uptime()
        state.withLock { state in
            guard state.backlogs[ticket.sink]?.window.settle(ticket.place) == true else { return }
            state.backlogs[ticket.sink]?.since = now
            state.moved = now
        }
    }
}

extension ShardPulse {
    /// All of it at one moment.
    struct Look: Sendable {
        let reading: ShardHealth?
        let unsettled: Int
        let sinceMoved: Duration?
        /// How long the oldest unsettled record of each sink has been it.
        let standing: [SinkName: Duration]
        let wait: (what: Wait, lasting: Duration)?
    }

    func look(at now: Moment) -> Look {
        let unsettled = progress.unsettled
        return state.withLock { state in
            Look(
                reading: state.reader?.health(at: now), unsettled: unsettled,
                sinceMoved: state.moved.map { max(.zero, now.uptime - $0) },
                standing: state.backlogs.filter { $0.value.window.pending > 0 }
                    .mapValues { max(.zero, now.uptime - $0.since) },
                wait: (state.waits[.handingOn] ?? state.waits[.reading]).map {
                    ($0.what, max(.zero, now.uptime - $0.since))
                })
        }
    }
}

extension ShardPulse.Look {
    /// - Parameters:
    ///   - hoarder: the sink that memory is waited for.
    ///   - troubled: the sinks that say that they cannot deliver.
    func settling(hoarder: SinkName?, troubled: Set<SinkName>) -> SettlingHealth {
        SettlingHealth(
            unsettled: unsettled, sinceMoved: sinceMoved,
            backlogs: standing.map {
                SettlingHealth.Backlog(sink: $0, standing: $1, isInTrouble: troubled.contains($0))
            },
            wait: wait.map { wait in
                switch wait.what {
                case .sink(let sink): SettlingHealth.Wait(sink: sink, lasting: wait.lasting)
                case .memory, .pages: SettlingHealth.Wait(sink: hoarder, lasting: wait.lasting)
                }
            })
    }
}
