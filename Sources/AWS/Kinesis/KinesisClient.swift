/// Kinesis Data Streams; one file per operation.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/
package struct KinesisClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.kinesis`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .kinesis, "a client of \(service.service) given to Kinesis")
        self.service = service
    }
}
