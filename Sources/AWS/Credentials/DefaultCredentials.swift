package import Signing

/// The search that all of AWS's programs make: environment, then profile. The first source that is configured decides,
/// even by failing.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
package actor DefaultCredentials: CredentialsProvider {
    private let environment: ProcessEnvironment
    private let readFile: SharedFiles.Reader
    private let now: @Sendable () -> UTCTime
    private var found: Credentials?

    package init(_ configuration: AWSConfiguration, surroundings: Surroundings = .real) {
        environment = configuration.environment
        readFile = configuration.readFile
        now = surroundings.now
    }

    package func credentials() async throws -> Credentials {
        if let found, !isPast(found) { return found }
        return try search()
    }

    /// Reads the files again, because another program may have renewed the keys in them.
    package func credentials(insteadOf refused: Credentials) async throws -> Credentials {
        if let found, found != refused { return found }
        return try search()
    }

    private func isPast(_ credentials: Credentials) -> Bool {
        credentials.expiration.map { $0 <= now() } ?? false
    }

    private func search() throws(AWSSettingsError) -> Credentials {
        let credentials: Credentials
        if let given = try EnvironmentCredentials.read(environment) {
            credentials = given
        } else {
            credentials = try fromFiles()
        }
        if let end = credentials.expiration, isPast(credentials) {
            throw AWSSettingsError("the credentials of the environment ended at \(end.basic)")
        }
        found = credentials
        return credentials
    }

    private func fromFiles() throws(AWSSettingsError) -> Credentials {
        if environment["AWS_WEB_IDENTITY_TOKEN_FILE"] != nil {
            throw AWSSettingsError("AWS_WEB_IDENTITY_TOKEN_FILE: this source of credentials is not supported yet")
        }
        let files = try SharedFiles.load(environment: environment, readFile: readFile)
        if let credentials = try ProfileCredentials.read(files) { return credentials }
        throw AWSSettingsError(
            "no credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor keys of profile "
                + "\"\(files.profileName)\" in \(files.paths.joined(separator: ", "))")
    }
}
