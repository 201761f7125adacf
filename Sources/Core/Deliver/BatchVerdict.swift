/// Which events of a request AWS did not take, in its own terms; indices count from 0 in request order.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_RejectedLogEventsInfo.html
package struct RejectedIndexes: Hashable, Sendable {
    /// Those before it are older than 14 days.
    package var tooOldEnd: Int?
    /// Those before it, and not too old, are older than the retention of the log group.
    package var expiredEnd: Int?
    /// Those from it on are more than two hours ahead.
    package var tooNewStart: Int?

    package init(tooOldEnd: Int? = nil, expiredEnd: Int? = nil, tooNewStart: Int? = nil) {
        self.tooOldEnd = tooOldEnd
        self.expiredEnd = expiredEnd
        self.tooNewStart = tooNewStart
    }

    package static let none = RejectedIndexes()
}

/// What became of each event of a request that AWS took: four neighbouring ranges, each possibly empty.
package struct BatchVerdict: Hashable, Sendable {
    /// How far our clock may be from AWS's before it proves nothing: beyond it AWS refuses our signatures.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html
    static let clockDoubtMilliseconds: Int64 = 5 * 60_000

    package let tooOld: Range<Int>
    package let expired: Range<Int>
    package let stored: Range<Int>
    package let tooNew: Range<Int>

    /// Reads AWS's indices, cut to the request's events.
    ///
    /// AWS's word is the last one, except that an event which our clock shows to be far beyond a limit was not stored if
    /// AWS says that this limit was broken at all. Emulators count the end of a range differently (some name the last
    /// rejected event); an event taken for rejected is a dead letter too many, one taken for stored would be lost.
    package init(_ rejected: RejectedIndexes, of batch: LogBatch, at now: Instant) {
        let count = batch.count
        var tooOldEnd = min(max(rejected.tooOldEnd ?? 0, 0), count)
        if rejected.tooOldEnd != nil {
            let limit = now.milliseconds - PutLimits.ageMillisecondsMax - Self.clockDoubtMilliseconds
            while tooOldEnd < count, batch.timestamp(at: tooOldEnd).milliseconds < limit { tooOldEnd += 1 }
        }
        let expiredEnd = min(max(rejected.expiredEnd ?? 0, tooOldEnd), count)
        var tooNewStart = min(max(rejected.tooNewStart ?? count, expiredEnd), count)
        if rejected.tooNewStart != nil {
            let limit = now.milliseconds + PutLimits.aheadMillisecondsMax + Self.clockDoubtMilliseconds
            while tooNewStart > expiredEnd, batch.timestamp(at: tooNewStart - 1).milliseconds > limit {
                tooNewStart -= 1
            }
        }
        tooOld = 0..<tooOldEnd
        expired = tooOldEnd..<expiredEnd
        stored = expiredEnd..<tooNewStart
        tooNew = tooNewStart..<count
    }
}
