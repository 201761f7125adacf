extension EmulatedStream {
    /// Which shards ListShards is to give.
    ///
    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_ShardFilter.html
    enum ShardFilter: Hashable, Sendable {
        case fromTrimHorizon
        case atTrimHorizon
        case atLatest
        /// Milliseconds since 1970.
        case atTimestamp(Int64)
        case fromTimestamp(Int64)
        case afterShard(String)
    }

    /// The shards that `filter` picks, by number. Those that have aged out are gone.
    func shards(_ filter: ShardFilter, now: Int64) throws(ServiceFault) -> [EmulatedShard] {
        let horizon = horizon(at: now)
        let listed = shards.filter { !$0.wasClosed(by: horizon) }
        switch filter {
        case .fromTrimHorizon: return listed
        case .atTrimHorizon: return listed.filter { $0.wasOpen(at: max(horizon, made)) }
        case .atLatest: return listed.filter(\.isOpen)
        case .atTimestamp(let time):
            let moment = try moment(time, horizon: horizon, now: now)
            return listed.filter { $0.wasOpen(at: moment) }
        case .fromTimestamp(let time):
            let moment = try moment(time, horizon: horizon, now: now)
            return listed.filter { !$0.wasClosed(by: moment) }
        case .afterShard(let id): return listed.filter { $0.id > id }
        }
    }

    private func moment(_ time: Int64, horizon: Int64, now: Int64) throws(ServiceFault) -> Int64 {
        guard time <= now else { throw .futureTimestamp }
        return max(time, horizon, made)
    }
}
