/// A destination as it is.
package struct Destination: Hashable, Sendable {
    package let name: String
    package let arn: String
    /// Of the stream.
    package let targetARN: String
    /// Of the role by which CloudWatch Logs writes to the stream.
    package let roleARN: String
    /// A JSON document; `nil` until one was put, and then nobody may subscribe yet.
    package let accessPolicy: String?

    package init(name: String, arn: String, targetARN: String, roleARN: String, accessPolicy: String? = nil) {
        self.name = name
        self.arn = arn
        self.targetARN = targetARN
        self.roleARN = roleARN
        self.accessPolicy = accessPolicy
    }
}

extension LogsClient {
    /// All of the account in this Region.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDestinations.html
    package func destinations() async throws -> [Destination] {
        let operation = "DescribeDestinations"
        return try await service.allItems(of: operation) { token in
            let reply = try await service.call(
                operation, DescribeDestinationsRequest(nextToken: token), replyingWith: DescribeDestinationsReply.self)
            let found = (reply.destinations ?? []).map { wire in
                Destination(
                    name: wire.destinationName, arn: wire.arn, targetARN: wire.targetArn, roleARN: wire.roleArn,
                    accessPolicy: wire.accessPolicy)
            }
            return ListPage(items: found, next: reply.nextToken)
        }
    }
}

private struct DescribeDestinationsRequest: Encodable {
    let nextToken: String?
}

private struct DescribeDestinationsReply: Decodable {
    struct WireDestination: Decodable {
        let destinationName: String
        let arn: String
        let targetArn: String
        let roleArn: String
        let accessPolicy: String?
    }

    let destinations: [WireDestination]?
    let nextToken: String?
}
