/// The Security Token Service; one file per operation.
///
/// https://docs.aws.amazon.com/STS/latest/APIReference/
package struct STSClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.sts`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .sts, "a client of \(service.service) given to STS")
        self.service = service
    }
}
