/// Says how a shard stands from what its parts tell, and from when on it is stuck.
package struct StuckRule: Hashable, Sendable {
    /// As long as this nothing that has to move may stand still.
    ///
    /// At least twice as long as events rest in a sink by intention, which is until the next commit or for a linger.
    package let after: Duration

    package init(after: Duration) { self.after = after }

    package static let standard = StuckRule(after: .seconds(300))

    /// Waits that are shorter are daily life: a sink that makes a call, a disk that syncs.
    private static let waitMax = Duration.seconds(10)

    /// How long a sink may keep a shard waiting before it is said to stall it.
    package var patience: Duration { min(Self.waitMax, after / 2) }

    /// The sink that keeps a shard from going on, and since how long ago.
    ///
    /// It is the sink that whoever reads the shard or hands its records on has waited for, for `patience` or longer: for it
    /// to take events, or for memory, when among all shards' unsettled records this sink has been at its oldest one longest,
    /// and for `patience` or longer. Otherwise it is the sink whose oldest unsettled record of this shard has been it
    /// longest: for `patience` or longer when the sink says itself that it cannot deliver, else for half of `after`, as no
    /// sink rests that long by intention.
    package func staller(_ settling: SettlingHealth) -> (sink: SinkName, lasting: Duration)? {
        if let wait = settling.wait, let sink = wait.sink, wait.lasting >= patience { return (sink, wait.lasting) }
        guard let oldest = settling.oldest else { return nil }
        let allowed = oldest.isInTrouble ? patience : after / 2
        return oldest.standing >= allowed ? (oldest.sink, oldest.standing) : nil
    }

    /// A shard that somebody reads.
    package func standing(of shard: ShardID, _ reading: ShardHealth, _ settling: SettlingHealth) -> ShardStanding {
        ShardStanding(
            shard: shard, state: state(reading.state, settling), behindLatest: reading.behindLatest,
            sinceProgress: sinceProgress(reading, settling), unsettled: settling.unsettled)
    }

    /// A shard that nobody reads, since so long ago as it has been in this stage.
    ///
    /// What no list shows is decided by lists, within `ShardTree.listLagMax` and a little more. Until then nothing is due,
    /// unless lists fail.
    package func standing(
        of shard: ShardID, _ stage: ShardTree.Status.Stage, for lasting: Duration, whileListsFail: Bool
    ) -> ShardStanding {
        let undecided = whileListsFail ? lasting : nil
        return switch stage {
        case .unlisted: ShardStanding(shard: shard, state: .unlisted, sinceProgress: undecided)
        case .waiting(let parents): ShardStanding(shard: shard, state: .waiting(for: parents))
        case .ready, .reading: ShardStanding(shard: shard, state: .locating, sinceProgress: lasting)
        case .notFound: ShardStanding(shard: shard, state: .missing, sinceProgress: undecided)
        case .ended: ShardStanding(shard: shard, state: .ended)
        case .agedOut: ShardStanding(shard: shard, state: .agedOut)
        case .atBound: ShardStanding(shard: shard, state: .atBound)
        }
    }

    package func isStuck(_ standing: ShardStanding) -> Bool { standing.sinceProgress.map { $0 >= after } ?? false }

    private func state(_ reading: ShardHealth.State, _ settling: SettlingHealth) -> ShardStanding.State {
        // What fails at Kinesis says more of the shard than what its earlier records wait for.
        if case .backingOff(let fault, let lasting) = reading { return .backingOff(fault, for: lasting) }
        if let staller = staller(settling) { return .stalled(by: staller.sink, for: staller.lasting) }
        return switch reading {
        case .locating: .locating
        case .waitingForTime(let instant): .waitingForTime(instant)
        case .reading: .reading
        case .idle: .idle
        case .backingOff(let fault, let lasting): .backingOff(fault, for: lasting)
        case .ended: .finishing
        case .vanished: .missing
        }
    }

    /// Reading that waits for room moves when what was read is settled.
    private func sinceProgress(_ reading: ShardHealth, _ settling: SettlingHealth) -> Duration? {
        let standing = settling.oldest?.standing
        switch reading.state {
        case .waitingForTime: return standing
        case .locating, .reading, .idle, .backingOff, .ended, .vanished:
            let moved = settling.sinceMoved.map { min($0, reading.sinceProgress) } ?? reading.sinceProgress
            return max(moved, standing ?? .zero)
        }
    }
}
