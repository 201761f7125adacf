/// AWS Organizations; one file per operation. It is one service for all Regions of a partition.
///
/// https://docs.aws.amazon.com/organizations/latest/APIReference/
package struct OrganizationsClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.organizations`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .organizations, "a client of \(service.service) given to Organizations")
        self.service = service
    }
}
