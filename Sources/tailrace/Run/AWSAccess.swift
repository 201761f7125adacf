internal import AWS
internal import HTTPClient
internal import Logging

/// The way to AWS for one identity: one transport, one set of credentials, a client for each service and Region.
struct AWSAccess: Sendable {
    let configuration: AWSConfiguration
    private let transport: HTTPTransport
    private let credentials: any CredentialsProvider
    private let logger: Logger

    /// Reads AWS's variables and shared files. Throws `AWSSettingsError`, or `HTTPFailure` for a bad CA bundle.
    ///
    /// `profile` is one that was chosen on the command line, before the environment. `role` is the ARN of one to assume
    /// with those credentials.
    init(environment: [String: String], profile: String? = nil, role: String? = nil, logger: Logger) throws {
        let configuration = try AWSConfiguration.load(
            environment: AWS.ProcessEnvironment(environment), profile: profile)
        self.configuration = configuration
        let transport = try HTTPTransport(configuration.transportSettings(version: Tailrace.version))
        self.transport = transport
        let own = DefaultCredentials(configuration, sender: transport, logger: logger)
        credentials =
            try role.map { role in
                let sts = try configuration.client(
                    of: .sts, region: try configuration.region(), credentials: own, sender: transport, logger: logger)
                return AssumedRoleCredentials(
                    AssumedRole(arn: role, sessionName: "tailrace"), by: STSClient(sts), logger: logger)
            } ?? own
        self.logger = logger
    }

    /// `way` is the setting; AWS's variables may say otherwise.
    func kinesis(region: String, speaking way: KinesisProtocol) throws -> KinesisClient {
        KinesisClient(
            try client(of: .kinesis, region: region), speaking: try configuration.kinesisProtocol(setting: way))
    }

    func logs(region: String) throws -> LogsClient {
        LogsClient(try client(of: .logs, region: region))
    }

    /// Who the credentials belong to.
    func identity(region: String) async throws -> CallerIdentity {
        try await STSClient(client(of: .sts, region: region)).callerIdentity()
    }

    func shutdown() async { await transport.shutdown() }

    func client(of service: AWSService, region: String) throws(AWSSettingsError) -> ServiceClient {
        try configuration.client(
            of: service, region: region, credentials: credentials, sender: transport, logger: logger)
    }
}
