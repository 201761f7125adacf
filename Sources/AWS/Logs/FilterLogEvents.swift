package import Core

extension LogsClient {
    /// The messages of a log group's events from `instant` on, oldest first, `limit` of them at most.
    ///
    /// AWS searches in pieces, of which many may be empty: ten are asked for, and what they hold is the answer.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html
    package func recentEvents(of group: String, limit: Int, since instant: Instant) async throws -> [String] {
        var messages: [String] = []
        var token: String?
        for _ in 0..<FilterLogEventsRequest.piecesMax where messages.count < limit {
            let request = FilterLogEventsRequest(
                logGroupName: group, startTime: instant.milliseconds,
                limit: min(limit, FilterLogEventsRequest.eventsMax), nextToken: token)
            let piece = try await service.call("FilterLogEvents", request, replyingWith: FilterLogEventsReply.self)
            messages += (piece.events ?? []).map(\.message)
            guard let next = piece.nextToken else { break }
            token = next
        }
        return Array(messages.prefix(limit))
    }
}

private struct FilterLogEventsRequest: Encodable {
    let logGroupName: String
    let startTime: Int64
    let limit: Int
    let nextToken: String?

    static let piecesMax = 10
    /// AWS's own limit of `limit`.
    static let eventsMax = 10_000
}

private struct FilterLogEventsReply: Decodable {
    struct Event: Decodable { let message: String }

    let events: [Event]?
    let nextToken: String?
}
