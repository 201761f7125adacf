/// How one shard stands at one moment: what is done with it, and how long nothing has moved that has to.
package struct ShardStanding: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        /// No list of this run has shown it: it is too new, it aged out, or lists fail.
        case unlisted
        /// These parents come first.
        case waiting(for: [ShardID])
        /// Its position is a moment that has not come.
        case waitingForTime(Instant)
        /// Free to start, on the way to its first page, or to the next one with a fresh iterator.
        case locating
        /// Pages come.
        case reading
        /// At the tip, between polls.
        case idle
        /// Calls fail, the last one with this fault, and are tried again; the first of them is so long ago.
        case backingOff(ReadFault, for: Duration)
        /// Its events do not get through this sink, since so long ago: see `StuckRule.staller`.
        case stalled(by: SinkName, for: Duration)
        /// Read to its end, which is not committed yet.
        case finishing
        /// Kinesis denies it; a list will decide.
        case missing
        case ended
        /// Nothing of it can be read any more.
        case agedOut
        /// A replay has all that it wanted of it.
        case atBound
    }

    package let shard: ShardID
    package let state: State
    /// How far reading is from the tip, as `ShardHealth` says; `nil` while nobody reads the shard.
    package let behindLatest: Duration?
    /// How long nothing has moved that has to: the longer of how long reading has stood and how long the oldest unsettled
    /// record has been it. `nil` for a shard of which nothing is due: its parents or a moment come first, or it is over.
    package let sinceProgress: Duration?
    /// Records that were read and are not settled.
    package let unsettled: Int

    package init(
        shard: ShardID, state: State, behindLatest: Duration? = nil, sinceProgress: Duration? = nil, unsettled: Int = 0
    ) {
        self.shard = shard
        self.state = state
        self.behindLatest = behindLatest
        self.sinceProgress = sinceProgress
        self.unsettled = unsettled
    }

    /// Whether the shard is over, so that nothing of it changes any more.
    package var isOver: Bool {
        switch state {
        case .ended, .agedOut, .atBound: true
        case .unlisted, .waiting, .waitingForTime, .locating, .reading, .idle, .backingOff, .stalled, .finishing,
            .missing:
            false
        }
    }
}

/// What becomes of the records of one shard that were read.
package struct SettlingHealth: Hashable, Sendable {
    /// What one sink has of the shard and has not settled.
    package struct Backlog: Hashable, Sendable {
        package let sink: SinkName
        /// How long its oldest unsettled record of the shard has been it.
        package let standing: Duration
        /// Whether the sink says that it cannot deliver.
        package let isInTrouble: Bool

        package init(sink: SinkName, standing: Duration, isInTrouble: Bool) {
            self.sink = sink
            self.standing = standing
            self.isInTrouble = isInTrouble
        }
    }

    /// Whoever reads or hands records on waits: for this sink to take events, or for memory, which all wait for that this
    /// sink keeps from going on.
    package struct Wait: Hashable, Sendable {
        /// `nil` when memory is waited for and no sink stands still.
        package let sink: SinkName?
        package let lasting: Duration

        package init(sink: SinkName?, lasting: Duration) {
            self.sink = sink
            self.lasting = lasting
        }
    }

    /// Records that were read and are not settled.
    package let unsettled: Int
    /// Since a sink last settled the oldest record that it had of the shard; `nil` before the first time.
    package let sinceMoved: Duration?
    /// Of the sinks that have unsettled events of the shard.
    package let backlogs: [Backlog]
    package let wait: Wait?

    package init(unsettled: Int = 0, sinceMoved: Duration? = nil, backlogs: [Backlog] = [], wait: Wait? = nil) {
        self.unsettled = unsettled
        self.sinceMoved = sinceMoved
        self.backlogs = backlogs
        self.wait = wait
    }

    /// The backlog whose oldest record has been it longest.
    var oldest: Backlog? { backlogs.max { ($0.standing, $1.sink) < ($1.standing, $0.sink) } }
}
