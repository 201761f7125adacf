import Signing

/// How a profile gets its credentials: keys, and the roles that are assumed with them one after the other.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
struct ProfileRoles: Hashable, Sendable {
    /// Where the first role's caller has his keys.
    enum Source: Hashable, Sendable {
        case profile(String)
        case environment
    }

    let source: Source
    /// In the order in which they are assumed; the last is the one to act as. Empty when the keys themselves are.
    let roles: [AssumedRole]

    /// A chain longer than this is more likely a mistake than an intention.
    static let rolesMax = 5

    /// Follows `source_profile` from the profile in use. `now` names sessions that the profile does not name.
    static func resolve(_ files: SharedFiles, now: UTCTime) throws(AWSSettingsError) -> ProfileRoles {
        var files = files
        var names: [String] = []
        var roles: [AssumedRole] = []
        while true {
            try ProfileCredentials.refuseUnsupported(files)
            names.append(files.profileName)
            // The profile in use is the role it names; one that is only a source is its keys first.
            let hasKeys = try ProfileCredentials.read(files) != nil
            guard let arn = files["role_arn"], roles.isEmpty || !hasKeys else {
                return ProfileRoles(source: .profile(files.profileName), roles: roles.reversed())
            }
            guard roles.count < rolesMax else {
                throw AWSSettingsError("profiles \(path(names)): more than \(rolesMax) roles one after the other")
            }
            roles.append(try role(arn, files, now: now))
            switch try next(files) {
            case .environment: return ProfileRoles(source: .environment, roles: roles.reversed())
            case .profile(files.profileName) where hasKeys:
                return ProfileRoles(source: .profile(files.profileName), roles: roles.reversed())
            case .profile(let name):
                guard !names.contains(name) else {
                    throw AWSSettingsError("profiles \(path(names + [name])): each has its source in the next")
                }
                guard let source = files.named(name) else {
                    throw AWSSettingsError("\(files.place(of: "source_profile")): there is no profile \"\(name)\"")
                }
                files = source
            }
        }
    }

    private static func path(_ names: [String]) -> String {
        names.map { "\"\($0)\"" }.joined(separator: ", ")
    }

    private static func next(_ files: SharedFiles) throws(AWSSettingsError) -> Source {
        switch (files["source_profile"], files["credential_source"]) {
        case (let profile?, nil): return .profile(profile)
        case (nil, "Environment"): return .environment
        case (nil, let source?):
            throw AWSSettingsError(
                "\(files.place(of: "credential_source")): \"\(source)\" is not supported yet; "
                    + "use Environment, or source_profile")
        case (nil, nil):
            throw AWSSettingsError(
                "\(files.place(of: "role_arn")): source_profile or credential_source must say who assumes it")
        case (.some, .some):
            throw AWSSettingsError(
                "\(files.place(of: "credential_source")): the profile has source_profile as well; one must go")
        }
    }

    private static func role(
        _ arn: String, _ files: SharedFiles, now: UTCTime
    ) throws(AWSSettingsError) -> AssumedRole {
        if let device = files["mfa_serial"] {
            throw AWSSettingsError(
                "\(files.place(of: "mfa_serial")): a role that wants a code of \(device) is not supported")
        }
        return AssumedRole(
            arn: arn, sessionName: files["role_session_name"] ?? "tailrace-\(now.milliseconds / 1000)",
            externalID: files["external_id"], duration: try duration(files))
    }

    private static func duration(_ files: SharedFiles) throws(AWSSettingsError) -> Duration? {
        guard let text = files["duration_seconds"] else { return nil }
        guard let seconds = Int(text), (900...43_200).contains(seconds) else {
            throw AWSSettingsError(
                "\(files.place(of: "duration_seconds")): \"\(text)\" is not a number of seconds from 900 to 43200")
        }
        return .seconds(seconds)
    }
}
