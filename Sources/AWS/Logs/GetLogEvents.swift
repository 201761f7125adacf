package import Core

/// One event as CloudWatch Logs gives it back.
package struct StoredLogEvent: Hashable, Sendable {
    package let timestamp: Instant
    package let message: String

    package init(timestamp: Instant, message: String) {
        self.timestamp = timestamp
        self.message = message
    }
}

/// Some events and the token for those that follow.
package struct StoredLogEvents: Hashable, Sendable {
    package let events: [StoredLogEvent]
    /// The token it was asked with when there are no more for now.
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

private struct WireLogEvent: Decodable {
    let timestamp: Int64
    let message: String

    var event: StoredLogEvent {
        StoredLogEvent(timestamp: Instant(milliseconds: timestamp), message: message)
    }
}
