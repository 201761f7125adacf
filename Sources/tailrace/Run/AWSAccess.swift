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
    init(environment: [String: String], logger: Logger) throws {
        let configuration = try AWSConfiguration.load(environment: AWS.ProcessEnvironment(environment))
        self.configuration = configuration
        transport = try HTTPTransport(configuration.transportSettings(version: Tailrace.version))
        credentials = DefaultCredentials(configuration)
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

    func shutdown() async { await transport.shutdown() }

    private func client(of service: AWSService, region: String) throws -> ServiceClient {
        try configuration.client(
            of: service, region: region, credentials: credentials, sender: transport, logger: logger)
    }
}
