/// What has to be true after every step, whatever happens.
package enum Invariant: String, CaseIterable, Sendable {
    /// A checkpoint passes only records that are settled: where they were to go, or kept as dead letters, for good.
    case onlySettledIsPassed = "only-settled-is-passed"
    /// A record that nobody can read any more was settled, or somebody was told of the gap.
    case nothingIsLostInSilence = "nothing-is-lost-in-silence"
    case checkpointsNeverGoBack = "checkpoints-never-go-back"
    /// What is saved for a shard is a place in that shard.
    case checkpointsKeepToTheirShard = "checkpoints-keep-to-their-shard"
    /// A shard begins when the ends of all its parents are committed, or these have aged out.
    case parentsComeFirst = "parents-come-first"
    /// A reading begins at its shard's checkpoint and without one at TRIM_HORIZON; `start` is for what a new stream has.
    case readingsBeginWhereTheyShould = "readings-begin-where-they-should"
    /// A reading hands over every record of its shard once, in order, but for those that expired.
    case readingsLeaveNothingOut = "readings-leave-nothing-out"
    case oneReadingPerShard = "one-reading-per-shard"
    /// Of each log stream every sink gets a record before the next one, also across resharding.
    case logStreamsKeepTheirOrder = "log-streams-keep-their-order"
    /// Files hold no record twice.
    case filesHoldEachRecordOnce = "files-hold-each-record-once"
    /// The saved ledger is that of the records which the checkpoints passed, and the running one adds up.
    case theLedgerIsExact = "the-ledger-is-exact"
    /// A checkpoint is forgotten when its shard is gone and its children have begun.
    case forgottenIsWhatIsOver = "forgotten-is-what-is-over"
    /// A stream is refused as another one only if it is.
    case refusedIsWhatIsAnother = "refused-is-what-is-another"
    /// Once faults stop, everything settles in a bounded number of steps.
    case everythingSettlesInTheEnd = "everything-settles-in-the-end"
}

/// The first thing that went wrong in a world.
package struct Violation: Sendable, CustomStringConvertible {
    package let invariant: Invariant
    package let step: Int
    package let detail: String

    package var description: String { "\(invariant.rawValue), step \(step): \(detail)" }
}
