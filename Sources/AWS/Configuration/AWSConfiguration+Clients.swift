package import Logging

extension AWSConfiguration {
    /// A client of one service in one Region, set up as the environment and the profile want it.
    ///
    /// `credentials` are shared by the clients of one identity, `DefaultCredentials(self)` as a rule; `sender` is the
    /// transport that all clients share. `endpoint` is the program's own setting, before AWS's variables.
    package func client(
        of service: AWSService, region: String, credentials: any CredentialsProvider, sender: any HTTPSender,
        endpoint: String? = nil, surroundings: Surroundings = .real, logger: Logger = Logger(label: "aws")
    ) throws(AWSSettingsError) -> ServiceClient {
        ServiceClient(
            service: service, endpoint: try self.endpoint(of: service, region: region, setting: endpoint),
            credentials: credentials, sender: sender, rules: try retryRules(), surroundings: surroundings,
            logger: logger)
    }
}
