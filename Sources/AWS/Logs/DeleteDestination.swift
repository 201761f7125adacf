extension LogsClient {
    /// Deletes a destination; `false` when it was not there. Filters that name it stay listed in the senders' accounts.
    ///
    /// An attempt whose answer was lost and that is made again finds nothing: `false` may mean that this call did it.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteDestination.html
    package func deleteDestination(_ name: String) async throws -> Bool {
        try await unlessNotFound {
            try await service.call("DeleteDestination", DeleteDestinationRequest(destinationName: name))
        } != nil
    }
}

private struct DeleteDestinationRequest: Encodable {
    let destinationName: String
}
