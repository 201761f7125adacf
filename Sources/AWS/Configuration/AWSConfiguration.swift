package import Core
package import HTTPClient

/// What AWS's own variables and shared files say: Region, endpoints, retries, certificates, credentials.
///
/// Nothing of it is read behind the caller's back: the environment comes as a value, and files are read by `load`.
package struct AWSConfiguration: Sendable {
    package let environment: ProcessEnvironment
    /// The profile that the program was told to use, by an option of its own: it comes before all of the environment.
    package let chosenProfile: String?
    let files: SharedFiles
    let readFile: SharedFiles.Reader

    /// Reads the shared files. Throws when one is broken or unreadable, or lacks the profile that was named.
    ///
    /// `profile` acts like AWS_PROFILE, and as in AWS's command line its credentials come before AWS_ACCESS_KEY_ID.
    package static func load(
        environment: ProcessEnvironment, profile: String? = nil
    ) throws(AWSSettingsError) -> AWSConfiguration {
        try load(environment: environment, profile: profile, readFile: SharedFiles.disk)
    }

    static func load(
        environment: ProcessEnvironment, profile: String? = nil, readFile: @escaping SharedFiles.Reader
    ) throws(AWSSettingsError) -> AWSConfiguration {
        AWSConfiguration(
            environment: environment, chosenProfile: profile,
            files: try SharedFiles.load(environment: environment, profile: profile, readFile: readFile),
            readFile: readFile)
    }

    /// The shared files as they are now, which other programs change.
    func filesNow() throws(AWSSettingsError) -> SharedFiles {
        try SharedFiles.load(environment: environment, profile: chosenProfile, readFile: readFile)
    }

    /// The Region: `setting`, else AWS_REGION, AWS_DEFAULT_REGION, the profile's `region`.
    package func region(setting: String? = nil) throws(AWSSettingsError) -> String {
        guard let region = setting ?? namedRegion else {
            throw AWSSettingsError(
                "no Region: set it, or AWS_REGION, or \"region\" in profile \"\(files.profileName)\"")
        }
        guard Self.isRegion(region) else {
            throw AWSSettingsError("\"\(region)\" is no Region: expected a name like us-east-1")
        }
        return region
    }

    private var namedRegion: String? {
        environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? files["region"]
    }

    /// Where to ask for a role's credentials: any Region of its partition will do when none is named.
    func region(ofSTSFor role: AssumedRole) throws(AWSSettingsError) -> String {
        try region(setting: namedRegion ?? Partition(arn: role.arn)?.iamRegion)
    }

    /// It becomes a part of a host: lower case letters, digits and hyphens within.
    private static func isRegion(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: byte == UInt8(ascii: "-")
            }
        }
        return isPlain && (1...63).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasSuffix("-")
    }
}

extension AWSConfiguration {
    /// AWS's standard mode with the attempts of AWS_MAX_ATTEMPTS or the profile's `max_attempts`.
    package func retryRules() throws(AWSSettingsError) -> RetryRules {
        var rules = RetryRules.standard
        let fromEnvironment = environment["AWS_MAX_ATTEMPTS"]
        guard let text = fromEnvironment ?? files["max_attempts"] else { return rules }
        guard let attempts = Int(text), attempts >= 1 else {
            let place = fromEnvironment == nil ? files.place(of: "max_attempts") : "AWS_MAX_ATTEMPTS"
            throw AWSSettingsError("\(place): \"\(text)\" is not a number of attempts, 1 or more")
        }
        rules.attemptsMax = attempts
        return rules
    }

    /// How to reach the world: AWS_CA_BUNDLE or the profile's `ca_bundle`, the proxies' variables, and who we say we
    /// are: `tailrace/1.0 os/linux lang/swift app/ID`, the last from AWS_SDK_UA_APP_ID.
    package func transportSettings(version: String) -> HTTPTransportSettings {
        let app = (environment["AWS_SDK_UA_APP_ID"] ?? files["sdk_ua_app_id"]).map { " app/\($0)" } ?? ""
        let bundle = environment["AWS_CA_BUNDLE"] ?? files["ca_bundle"]
        return HTTPTransportSettings(
            caBundle: bundle.map { environment.expanded($0) ?? $0 },
            userAgent: "tailrace/\(version) os/linux lang/swift\(app)",
            proxies: ProxySettings { environment[$0] })
    }
}
