package import Core

extension LogsClient {
    /// Sends one batch. `body` is the whole request, `{"logGroupName":…,"logStreamName":…,"logEvents":[…]}`.
    ///
    /// Answers which events were rejected. An attempt that got no answer may have stored its events, and they are stored
    /// again by the next.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
    package func putLogEvents(body: [UInt8]) async throws -> RejectedIndexes {
        try await service.call(service.jsonCall("PutLogEvents", body: body)) { reply in
            try PutLogEventsReply.rejected(in: reply)
        }
    }
}
