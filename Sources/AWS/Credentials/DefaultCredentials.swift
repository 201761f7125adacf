package import Logging
package import Signing

/// The search that all of AWS's programs make: environment, then profile. The first source that is configured decides,
/// even by failing. A profile that was chosen for the program itself comes before the environment.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
package actor DefaultCredentials: CredentialsProvider {
    private enum Found {
        case keys(Credentials)
        case role(any CredentialsProvider)
    }

    private let configuration: AWSConfiguration
    private let sender: (any HTTPSender)?
    private let surroundings: Surroundings
    private let logger: Logger
    private var found: Found?

    /// `sender` is the way to the Security Token Service: without it, a profile with a role is an error.
    package init(
        _ configuration: AWSConfiguration, sender: (any HTTPSender)? = nil, surroundings: Surroundings = .real,
        logger: Logger = Logger(label: "aws")
    ) {
        self.configuration = configuration
        self.sender = sender
        self.surroundings = surroundings
        self.logger = logger
    }

    package func credentials() async throws -> Credentials {
        switch found {
        case .keys(let keys) where !isPast(keys): keys
        case .role(let role): try await role.credentials()
        case .keys, nil: try await search()
        }
    }

    /// Reads the files again, because another program may have renewed the keys in them. A role is asked for again.
    package func credentials(insteadOf refused: Credentials) async throws -> Credentials {
        switch found {
        case .keys(let keys) where keys != refused: keys
        case .role(let role): try await role.credentials(insteadOf: refused)
        case .keys, nil: try await search()
        }
    }

    private func search() async throws -> Credentials {
        let found = try find()
        self.found = found
        switch found {
        case .keys(let keys): return keys
        case .role(let role): return try await role.credentials()
        }
    }

    private func isPast(_ credentials: Credentials) -> Bool {
        credentials.expiration.map { $0 <= surroundings.now() } ?? false
    }
}

extension DefaultCredentials {
    private func find() throws(AWSSettingsError) -> Found {
        if configuration.chosenProfile == nil {
            if let given = try EnvironmentCredentials.read(configuration.environment) {
                guard let end = given.expiration, isPast(given) else { return .keys(given) }
                throw AWSSettingsError("the credentials of the environment ended at \(end.basic)")
            }
            if configuration.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] != nil {
                throw AWSSettingsError("AWS_WEB_IDENTITY_TOKEN_FILE: this source of credentials is not supported yet")
            }
        }
        let chain = try ProfileRoles.resolve(try configuration.filesNow(), now: surroundings.now())
        let keys = ProfileKeys(configuration: configuration, source: chain.source)
        return chain.roles.isEmpty ? .keys(try keys.read()) : .role(try assume(chain.roles, with: keys))
    }

    /// The credentials of the last role, each of them assumed with those of the one before.
    private func assume(
        _ roles: [AssumedRole], with keys: ProfileKeys
    ) throws(AWSSettingsError) -> any CredentialsProvider {
        guard let sender else {
            throw AWSSettingsError(
                "profile \"\(configuration.files.profileName)\" has a role, and nothing here can ask AWS for it")
        }
        var provider: any CredentialsProvider = keys
        for role in roles {
            let service = try configuration.client(
                of: .sts, region: try configuration.region(ofSTSFor: role), credentials: provider, sender: sender,
                surroundings: surroundings, logger: logger)
            provider = AssumedRoleCredentials(
                role, by: STSClient(service), surroundings: surroundings, logger: logger)
        }
        return provider
    }
}
