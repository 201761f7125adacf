/// The Key Management Service; one file per operation.
///
/// https://docs.aws.amazon.com/kms/latest/APIReference/
package struct KMSClient: Sendable {
    let service: ServiceClient

    /// `service` is a client of `.kms`.
    package init(_ service: ServiceClient) {
        precondition(service.service == .kms, "a client of \(service.service) given to KMS")
        self.service = service
    }
}
