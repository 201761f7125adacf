extension LogsClient {
    /// The indexes of those `messages` that `pattern` matches. `InvalidParameterException`: it is no pattern.
    ///
    /// AWS tries 50 messages at a time. Messages are told apart by their text, which is all that a match depends on.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
    package func matches(of pattern: String, in messages: [String]) async throws -> [Int] {
        var matched: Set<String> = []
        for start in stride(from: 0, to: messages.count, by: TestMetricFilterRequest.messagesMax) {
            let request = TestMetricFilterRequest(
                filterPattern: pattern,
                logEventMessages: Array(messages[start...].prefix(TestMetricFilterRequest.messagesMax)))
            let reply = try await service.call("TestMetricFilter", request, replyingWith: TestMetricFilterReply.self)
            matched.formUnion((reply.matches ?? []).map(\.eventMessage))
        }
        return messages.indices.filter { matched.contains(messages[$0]) }
    }
}

private struct TestMetricFilterRequest: Encodable {
    let filterPattern: String
    let logEventMessages: [String]

    static let messagesMax = 50
}

private struct TestMetricFilterReply: Decodable {
    struct Match: Decodable { let eventMessage: String }

    let matches: [Match]?
}
