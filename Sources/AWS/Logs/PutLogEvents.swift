/// Which events of an accepted batch were refused all the same, by their index in the request.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_RejectedLogEventsInfo.html
package struct RejectedEvents: Hashable, Sendable, Decodable {
    /// Events before this index are older than 14 days.
    package let tooOldEnd: Int?
    /// Events before this index, and not too old, are older than the log group's retention.
    package let expiredEnd: Int?
    /// Events from this index on are more than 2 hours ahead.
    package let tooNewStart: Int?

    private enum CodingKeys: String, CodingKey {
        case tooOldEnd = "tooOldLogEventEndIndex"
        case expiredEnd = "expiredLogEventEndIndex"
        case tooNewStart = "tooNewLogEventStartIndex"
    }

    package init(tooOldEnd: Int?, expiredEnd: Int?, tooNewStart: Int?) {
        self.tooOldEnd = tooOldEnd
        self.expiredEnd = expiredEnd
        self.tooNewStart = tooNewStart
    }
}

extension LogsClient {
    /// Sends one batch. `body` is the whole request, `{"logGroupName":…,"logStreamName":…,"logEvents":[…]}`.
    ///
    /// Answers which events were refused, `nil` for none. An attempt that got no answer may have stored its events, and
    /// they are stored again by the next.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    package func putLogEvents(body: [UInt8]) async throws -> RejectedEvents? {
        let json = service.wireJSON
        return try await service.call(service.jsonCall("PutLogEvents", body: body)) { reply in
            try json.decode(PutLogEventsReply.self, from: reply).rejectedLogEventsInfo
        }
    }
}

private struct PutLogEventsReply: Decodable {
    let rejectedLogEventsInfo: RejectedEvents?
}
