/// Identity and Access Management; one file per operation or two that belong together.
///
/// It is one service for all Regions of a partition, and what it is told takes some seconds to hold everywhere.
/// https://docs.aws.amazon.com/IAM/latest/APIReference/
package struct IAMClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.iam`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .iam, "a client of \(service.service) given to IAM")
        self.service = service
    }
}
