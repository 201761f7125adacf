extension LogsClient {
    /// Makes or changes a destination in the recipient account and answers its ARN.
    ///
    /// `target` is the stream's ARN, `role` the ARN of the role by which CloudWatch Logs writes to it.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestination.html
    package func putDestination(_ name: String, target: String, role: String) async throws -> String {
        let reply = try await service.call(
            "PutDestination", PutDestinationRequest(destinationName: name, targetArn: target, roleArn: role),
            replyingWith: PutDestinationReply.self)
        return reply.destination.arn
    }
}

private struct PutDestinationRequest: Encodable {
    let destinationName: String
    let targetArn: String
    let roleArn: String
}

private struct PutDestinationReply: Decodable {
    struct Destination: Decodable { let arn: String }

    let destination: Destination
}
