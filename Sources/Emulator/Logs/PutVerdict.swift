/// What AWS takes of a batch, and which events it refuses for their age.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_RejectedLogEventsInfo.html
struct PutVerdict: Hashable, Sendable {
    /// The events before this are older than 14 days. `nil` when there are none.
    private(set) var tooOldEnd: Int?
    /// The events before this, and after those too old, are older than the group keeps events.
    private(set) var expiredEnd: Int?
    /// The events from this on are more than two hours ahead.
    private(set) var tooNewStart: Int?
    let accepted: Range<Int>

    var rejectsSome: Bool { tooOldEnd != nil || expiredEnd != nil || tooNewStart != nil }

    /// Refuses a whole batch that breaks a rule. Sizes come first, then order, then span, in which the events refused
    /// for their age do not count.
    init(
        _ events: EventBatch, now: Int64, retentionDays: Int64?, settings: LogsSettings
    ) throws(ServiceFault) {
        try Self.checkSizes(events, settings)
        let times = events.timestamps
        guard zip(times, times.dropFirst()).allSatisfy({ $0 <= $1 }) else { throw LogsFault.outOfOrder }

        let tooOld = Self.first(in: times, notBefore: now - LogsLimits.ageMillisecondsMax)
        let expired = retentionDays.map { Self.first(in: times, notBefore: now - $0 * LogsLimits.day) } ?? 0
        let tooNew = Self.first(in: times, notBefore: now + LogsLimits.aheadMillisecondsMax + 1)
        if tooOld > 0 { tooOldEnd = tooOld }
        if expired > tooOld { expiredEnd = expired }
        if tooNew < times.count { tooNewStart = tooNew }
        accepted = max(tooOld, expired)..<max(tooOld, expired, tooNew)
        guard let first = times[accepted].first, let last = times[accepted].last else { return }
        guard last - first <= LogsLimits.batchSpanMillisecondsMax else { throw LogsFault.spanTooLong }
    }

    private static func checkSizes(_ events: EventBatch, _ settings: LogsSettings) throws(ServiceFault) {
        for index in 0..<events.count {
            let bytes = events.messageBytes(index) + LogsLimits.eventOverheadBytes
            guard bytes <= settings.eventBytesMax else {
                throw LogsFault.eventTooLarge(bytes, limit: settings.eventBytesMax)
            }
        }
        let bytes = events.text.count + events.count * LogsLimits.eventOverheadBytes
        guard bytes <= LogsLimits.batchBytesMax else { throw LogsFault.uploadTooLarge(bytes) }
    }

    /// How many of the rising `times` are before `moment`.
    private static func first(in times: [Int64], notBefore moment: Int64) -> Int {
        times.firstIndex { $0 >= moment } ?? times.count
    }
}

extension PutVerdict {
    func write(to reply: inout JSONWriter) {
        guard rejectsSome else { return }
        reply.member(
            "rejectedLogEventsInfo",
            object: { reply in
                reply.member("tooNewLogEventStartIndex", tooNewStart.map(Int64.init))
                reply.member("tooOldLogEventEndIndex", tooOldEnd.map(Int64.init))
                reply.member("expiredLogEventEndIndex", expiredEnd.map(Int64.init))
            })
    }
}
