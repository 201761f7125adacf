import Signing

/// Keys that are looked up each time they are asked for, because other programs renew them where they stand.
struct ProfileKeys: CredentialsProvider {
    let configuration: AWSConfiguration
    let source: ProfileRoles.Source

    func credentials() async throws -> Credentials { try read() }

    func credentials(insteadOf refused: Credentials) async throws -> Credentials { try read() }

    func read() throws(AWSSettingsError) -> Credentials {
        switch source {
        case .environment:
            if let keys = try EnvironmentCredentials.read(configuration.environment) { return keys }
            throw AWSSettingsError(
                "credential_source is Environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")
        case .profile(let name):
            let files = try configuration.filesNow()
            if let profile = files.named(name), let keys = try ProfileCredentials.read(profile) { return keys }
            throw noKeys(of: name, in: files)
        }
    }

    private func noKeys(of profile: String, in files: SharedFiles) -> AWSSettingsError {
        let isAlternative = configuration.chosenProfile == nil && profile == files.profileName
        let missing =
            isAlternative
            ? "neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor keys of profile \"\(profile)\""
            : "profile \"\(profile)\" has no keys"
        return AWSSettingsError("no credentials: \(missing) in \(files.paths.joined(separator: ", "))")
    }
}
