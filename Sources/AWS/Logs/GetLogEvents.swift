package import Core

/// One event as CloudWatch Logs gives it back.
package struct StoredLogEvent: Hashable, Sendable {
    package let timestamp: Instant
    package let message: String
    /// The log stream; only FilterLogEvents says it.
    package let stream: String?

    package init(timestamp: Instant, message: String, stream: String? = nil) {
        self.timestamp = timestamp
        self.message = message
        self.stream = stream
    }
}

/// Some events and the token for those that follow.
package struct StoredLogEvents: Hashable, Sendable {
    package let events: [StoredLogEvent]
    /// GetLogEvents gives the token it was asked with when there are no more for now, FilterLogEvents none.
    package let next: String?
}

extension LogsClient {
    /// A page of one log stream, oldest events first.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
    package func logEvents(
        of stream: String, in group: String, from token: String? = nil
    ) async throws -> StoredLogEvents {
        let request = GetLogEventsRequest(
            logGroupName: group, logStreamName: stream, startFromHead: true, nextToken: token)
        let reply = try await service.call("GetLogEvents", request, replyingWith: GetLogEventsReply.self)
        return StoredLogEvents(events: reply.events.map(\.event), next: reply.nextForwardToken)
    }
}

private struct GetLogEventsRequest: Encodable {
    let logGroupName: String
    let logStreamName: String
    let startFromHead: Bool
    let nextToken: String?
}

private struct GetLogEventsReply: Decodable {
    let events: [WireLogEvent]
    let nextForwardToken: String?
}

/// An event in the replies of GetLogEvents and FilterLogEvents.
struct WireLogEvent: Decodable {
    let timestamp: Int64
    let message: String
    let logStreamName: String?

    var event: StoredLogEvent {
        StoredLogEvent(timestamp: Instant(milliseconds: timestamp), message: message, stream: logStreamName)
    }
}
