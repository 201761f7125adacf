package import AWS

/// The way into one account, for who sets it up or looks at it.
package struct AccountClients: Sendable {
    package let identity: CallerIdentity
    private let client: @Sendable (AWSService, String) throws(AWSSettingsError) -> ServiceClient

    /// `client` makes a client of a service in a Region with this account's credentials.
    package init(
        identity: CallerIdentity,
        client: @escaping @Sendable (AWSService, String) throws(AWSSettingsError) -> ServiceClient
    ) {
        self.identity = identity
        self.client = client
    }

    package func place(region: String) -> AccountPlace {
        // arn:PARTITION:iam::ACCOUNT:…
        let partition = identity.arn.split(separator: ":").dropFirst().first.map(String.init) ?? "aws"
        return AccountPlace(partition: partition, account: identity.account, region: region)
    }

    package func kinesis(_ region: String) throws(AWSSettingsError) -> KinesisClient {
        KinesisClient(try client(.kinesis, region), speaking: .json)
    }

    package func logs(_ region: String) throws(AWSSettingsError) -> LogsClient { LogsClient(try client(.logs, region)) }

    package func kms(_ region: String) throws(AWSSettingsError) -> KMSClient { KMSClient(try client(.kms, region)) }

    /// IAM is one for all Regions of a partition, which `region` names.
    package func iam(_ region: String) throws(AWSSettingsError) -> IAMClient { IAMClient(try client(.iam, region)) }

    /// Organizations is one for all Regions, as IAM is.
    func organizations(_ region: String) throws(AWSSettingsError) -> OrganizationsClient {
        OrganizationsClient(try client(.organizations, region))
    }

    /// How far AWS's clock is ahead of ours; `nil` when it does not tell.
    func clockOffset(_ region: String) async throws -> Duration? { try await client(.sts, region).clockOffset() }
}
