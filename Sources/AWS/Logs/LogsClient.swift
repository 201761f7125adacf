/// CloudWatch Logs; one file per operation.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/
package struct LogsClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.logs`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .logs, "a client of \(service.service) given to CloudWatch Logs")
        self.service = service
    }
}
