/// What a signing key is good for: one UTC day, one Region, one service.
package struct CredentialScope: Hashable, Sendable {
    /// `20261120`.
    package let date: String
    /// `us-east-1` and the like.
    package let region: String
    /// The signing name: `kinesis`, `logs`, `sts`.
    package let service: String

    package init(date: String, region: String, service: String) {
        self.date = date
        self.region = region
        self.service = service
    }

    static let terminator = "aws4_request"
}

extension CredentialScope: CustomStringConvertible {
    /// `20261120/us-east-1/kinesis/aws4_request`.
    package var description: String { "\(date)/\(region)/\(service)/\(Self.terminator)" }
}
