extension EmulatedStream {
    /// How records find their shard. Only on-demand streams have a choice.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamRecordDistributionStrategy.html
    enum Distribution: String, Codable, Sendable {
        /// To any shard, whatever keys a record has: the order of one key's records is lost.
        case auto = "AUTO"
        case partitionKey = "USER_PARTITION_KEY"
    }

    /// `nil` for a provisioned stream, which is not described as having one.
    var shownDistribution: Distribution? {
        switch mode {
        case .provisioned: nil
        case .onDemand: distribution
        }
    }

    /// Changes how the stream is paid for, done by `ready`. Its shards stay as they are.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateStreamMode.html
    mutating func change(to new: Mode, now: Int64, ready: Int64) throws(ServiceFault) {
        try requireActive(at: now)
        guard new != mode else { return }
        modeChanges.removeAll { $0 <= now - StreamLimits.dayMilliseconds }
        guard modeChanges.count < StreamLimits.modeChangesPerDayMax else {
            throw .limitExceeded(
                "The mode can be changed \(StreamLimits.modeChangesPerDayMax) times in 24 hours for a stream. Stream "
                    + "\(name.name) under account \(name.account) was changed as often.")
        }
        modeChanges.append(now)
        mode = new
        distribution = .partitionKey
        change = .updating(until: ready)
    }

    mutating func distribute(_ new: Distribution, now: Int64) throws(ServiceFault) {
        try requireActive(at: now)
        try Self.requireDistribution(new, in: mode)
        distribution = new
    }

    static func requireDistribution(_ wanted: Distribution, in mode: Mode) throws(ServiceFault) {
        guard wanted == .partitionKey || mode == .onDemand else {
            throw .invalidArgument("RecordDistributionStrategy AUTO is only supported for streams in ON_DEMAND mode.")
        }
    }
}
