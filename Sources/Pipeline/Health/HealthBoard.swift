package import Core
internal import Locking

/// What all parts of the pipeline tell about themselves, for whoever asks how it is.
///
/// Everything is judged when it is asked for, and by what was told last: while nothing is told ages grow, and what is over
/// is not there any more.
package final class HealthBoard: Sendable {
    fileprivate struct State {
        var tree: ShardTree?
        var pulses: [ShardID: ShardPulse] = [:]
        /// Since when those that nobody reads were seen in their stage.
        var stages: [ShardID: (stage: ShardTree.Status.Stage, since: Duration)] = [:]
        var troubles = Troubles()
        /// Since when it is known that shards go on that a checkpoint says have ended.
        var unread: [ShardID: Duration] = [:]
        weak var committer: Committer?
        /// The stream's name in the store, once it was found.
        var stream: String?
        var committed: Instant?
        /// What of the ledger was there before this process.
        var before = LedgerCounts()
    }

    package let rule: StuckRule
    package let sinks: [SinkName]
    private let ledger: Ledger
    private let surroundings: Surroundings
    private let start: (uptime: Duration, time: Instant)
    private let state = Locked(State())

    /// `sinks` are all that there are, in the order in which they are told.
    package init(rule: StuckRule, sinks: [SinkName], ledger: Ledger, surroundings: Surroundings) {
        self.rule = rule
        self.sinks = sinks
        self.ledger = ledger
        self.surroundings = surroundings
        start = (surroundings.uptime(), surroundings.now())
    }
}

// MARK: What it is told

extension HealthBoard {
    /// Every event of telemetry comes here as well.
    package func note(_ event: TelemetryEvent) {
        let (uptime, time) = (surroundings.uptime(), surroundings.now())
        state.withLock { state in
            state.troubles.note(event, at: uptime)
            if case .committed = event { state.committed = time }
        }
    }

    /// The stream was found; `name` is its one name in the store.
    package func found(stream name: String) {
        state.withLock { state in
            state.troubles.works(.stream)
            state.stream = name
        }
    }

    /// A call that may have failed before went well.
    package func works(_ subject: HealthSubject) { state.withLock { $0.troubles.works(subject) } }

    /// What the ledger holds of earlier processes.
    package func resumed(_ saved: LedgerCounts) { state.withLock { $0.before = saved } }

    /// Whose checkpoints are told.
    func follow(_ committer: Committer) { state.withLock { $0.committer = committer } }

    /// The shards as the tree has them, whenever that has changed; a shard that is read is told by its pulse.
    func publish(_ tree: ShardTree) {
        state.withLock { state in
            state.tree = tree
            state.pulses = state.pulses.filter { tree.status(of: $0.key)?.stage == .reading }
            state.troubles.keepWords(of: state.pulses.keys)
        }
    }

    /// The shards that the last list shows to go on, although a checkpoint says that they have ended.
    func unread(_ shards: Set<ShardID>) {
        let now = surroundings.uptime()
        state.withLock { state in
            let known = state.unread
            state.unread = Dictionary(uniqueKeysWithValues: shards.map { ($0, known[$0] ?? now) })
        }
    }

    /// For a shard whose reading begins.
    func pulse(of progress: ShardProgress) -> ShardPulse {
        let pulse = ShardPulse(progress, uptime: surroundings.uptime)
        state.withLock { $0.pulses[progress.shard] = pulse }
        return pulse
    }
}

// MARK: What it tells

extension HealthBoard {
    /// As it is now.
    package var picture: HealthPicture { picture(at: surroundings.moment) }

    /// All that there is to tell.
    package func snapshot() async -> HealthSnapshot {
        let committer = state.withLock { $0.committer }
        let checkpoints = await committer?.saved ?? [:]
        let now = surroundings.moment
        let (stream, committed, before, words) = state.withLock {
            ($0.stream, $0.committed, $0.before, $0.troubles.words)
        }
        return HealthSnapshot(
            stream: stream, time: now.time, started: start.time, uptime: now.uptime - start.uptime,
            picture: picture(at: now),
            sinks: sinks, ledger: ledger.snapshot, before: before, checkpoints: checkpoints, committed: committed,
            words: words)
    }

    private func picture(at now: Moment) -> HealthPicture {
        let (tree, pulses) = state.withLock { ($0.tree, $0.pulses) }
        let statuses = tree?.statuses ?? []
        let (troubles, unread, since) = state.withLock {
            ($0.troubles, $0.unread, $0.stageSince(statuses, at: now.uptime))
        }
        let (looks, failing) = (pulses.mapValues { $0.look(at: now) }, troubles.sinkFaults(at: now.uptime))
        let (hoarder, troubled) = (hoarder(of: looks.values), Set(failing.keys))
        let listing = troubles.fault(.listing, at: now.uptime)
        return HealthPicture(
            rule: rule,
            shards: statuses.filter { $0.isListed || !$0.isOver }.map { status in
                guard status.stage == .reading, let look = looks[status.shard], let reading = look.reading else {
                    let lasting = now.uptime - (since[status.shard] ?? now.uptime)
                    return rule.standing(of: status.shard, status.stage, for: lasting, whileListsFail: listing != nil)
                }
                return rule.standing(
                    of: status.shard, reading, look.settling(hoarder: hoarder, troubled: troubled))
            },
            stream: troubles.fault(.stream, at: now.uptime), listing: listing,
            commit: troubles.fault(.commit, at: now.uptime), sinks: failing,
            unread: unread.mapValues { max(.zero, now.uptime - $0) })
    }

    /// The sink that has been at its oldest unsettled record longest, of whichever shard, if that is long.
    private func hoarder(of looks: some Sequence<ShardPulse.Look>) -> SinkName? {
        var longest: (sink: SinkName, standing: Duration)?
        for look in looks {
            for (sink, standing) in look.standing where standing >= longest?.standing ?? rule.patience {
                longest = (sink, standing)
            }
        }
        return longest?.sink
    }
}

extension HealthBoard.State {
    /// Since when each shard has been in its stage, as far as anybody looked.
    fileprivate mutating func stageSince(_ statuses: [ShardTree.Status], at uptime: Duration) -> [ShardID: Duration] {
        var now: [ShardID: (stage: ShardTree.Status.Stage, since: Duration)] = [:]
        for status in statuses {
            let known = stages[status.shard]
            now[status.shard] = (status.stage, known?.stage == status.stage ? known?.since ?? uptime : uptime)
        }
        stages = now
        return now.mapValues(\.since)
    }
}

extension ShardTree.Status {
    /// Whether nothing of the shard will be read any more.
    fileprivate var isOver: Bool {
        switch stage {
        case .ended, .agedOut, .atBound: true
        case .unlisted, .waiting, .ready, .reading, .notFound: false
        }
    }
}
