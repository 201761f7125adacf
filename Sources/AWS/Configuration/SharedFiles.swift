private import Glibc

/// The shared config and credentials files as one, and the profile in use.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
struct SharedFiles: Sendable {
    /// Answers a file's text, `nil` when there is none; throws when it cannot be read.
    typealias Reader = @Sendable (_ path: String) throws -> String?

    /// The profile's name: the one that was chosen, else AWS_PROFILE, else `default`.
    private(set) var profileName: String
    /// The profile's keys of both files; where both have one, the credentials file's counts. Empty when no file has it.
    var profile: ProfileFile.Section { profiles[profileName] ?? [:] }
    private let profiles: [String: ProfileFile.Section]
    /// The `services` sections of the config file.
    private let services: [String: ProfileFile.Section]
    /// Where was looked, for a person.
    let paths: [String]

    /// `chosen` is a profile that the program itself was told to use.
    static func load(
        environment: ProcessEnvironment, profile chosen: String?, readFile: Reader
    ) throws(AWSSettingsError) -> SharedFiles {
        let config = try file("AWS_CONFIG_FILE", "~/.aws/config", .config, environment, readFile)
        let credentials = try file(
            "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", .credentials, environment, readFile)
        let files = SharedFiles(
            profileName: chosen ?? environment["AWS_PROFILE"] ?? "default",
            profiles: (config.file?.profiles ?? [:]).merging(credentials.file?.profiles ?? [:]) { config, credentials in
                config.merging(credentials) { _, later in later }
            },
            services: config.file?.services ?? [:], paths: [config.path, credentials.path].compactMap { $0 })
        try files.requireProfile(chosen: chosen, environment: environment)
        return files
    }

    /// A profile that somebody named must be there.
    private func requireProfile(chosen: String?, environment: ProcessEnvironment) throws(AWSSettingsError) {
        guard chosen != nil || environment["AWS_PROFILE"] != nil, profiles[profileName] == nil else { return }
        let name = chosen == nil ? "AWS_PROFILE names profile \"\(profileName)\", which" : "profile \"\(profileName)\""
        throw AWSSettingsError("\(name) is in neither of \(paths.joined(separator: ", "))")
    }

    private static func file(
        _ variable: String, _ usual: String, _ kind: ProfileFile.Kind, _ environment: ProcessEnvironment,
        _ readFile: Reader
    ) throws(AWSSettingsError) -> (path: String?, file: ProfileFile?) {
        guard let path = environment.expanded(environment[variable] ?? usual) else { return (nil, nil) }
        let text: String?
        do { text = try readFile(path) } catch { throw AWSSettingsError("\(path): \(error)") }
        guard let text else { return (path, nil) }
        return (path, try ProfileFile(text, path: path, kind: kind))
    }

    /// Reads from the disk. A device will do, and `/dev/null` is a usual way to say that there is no file.
    static let disk: Reader = { path in
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw UnreadableFile(code: errno)
        }
        defer { close(file) }
        var (bytes, piece): ([UInt8], [UInt8]) = ([], Array(repeating: 0, count: pieceBytes))
        while bytes.count <= fileBytesMax {
            let count = piece.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw UnreadableFile(code: errno) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += piece[..<max(count, 0)]
        }
        throw UnreadableFile(code: EFBIG)
    }

    /// Thousands of profiles fit; a file that was named by mistake does not fill the memory.
    private static let fileBytesMax = 4 << 20
    private static let pieceBytes = 64 << 10

    private struct UnreadableFile: Error, CustomStringConvertible {
        let code: Int32

        var description: String { "cannot be read: \(String(cString: strerror(code)))" }
    }
}

extension SharedFiles {
    /// The same files with another profile in use; `nil` when they do not have it.
    func named(_ name: String) -> SharedFiles? {
        guard name == profileName || profiles[name] != nil else { return nil }
        var files = self
        files.profileName = name
        return files
    }

    /// A key's value; an empty one counts as absent.
    subscript(key: String) -> String? {
        profile[key].flatMap { $0.text.isEmpty ? nil : $0.text }
    }

    /// `profile "name", key "region" in /path, line 3`, for errors.
    func place(of key: String) -> String {
        let file = profile[key].map { " in \($0.file), line \($0.line)" } ?? ""
        return "profile \"\(profileName)\", key \"\(key)\"\(file)"
    }

    func flag(_ key: String) throws(AWSSettingsError) -> Bool? {
        guard let value = self[key] else { return nil }
        guard let flag = Bool(value.lowercased()) else {
            throw AWSSettingsError("\(place(of: key)): must be true or false")
        }
        return flag
    }

    /// What the profile's `services` section says of one service.
    func serviceEndpoint(_ service: AWSService) throws(AWSSettingsError) -> String? {
        guard let name = self["services"] else { return nil }
        guard let section = services[name] else {
            throw AWSSettingsError("\(place(of: "services")): there is no section [services \(name)]")
        }
        return section[service.endpointKey.lowercased()]?.properties["endpoint_url"].flatMap { $0.isEmpty ? nil : $0 }
    }
}
