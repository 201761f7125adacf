internal import Adapters
internal import ArgumentParser
internal import Core
internal import Settings

/// Which store a command is for: a settings file names it, or a flag.
struct StoreOptions: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("The settings file, which names the store and the stream.", valueName: "file"))
    var config: String?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The store, in place of a settings file; by default where \"run\" puts it.", valueName: "file"))
    var state: String?

    /// Where the store is, and the settings when there is a file of them.
    func load() throws -> (path: String, settings: TailraceSettings?) {
        guard let config else {
            return (state ?? SettingsFlags().atHome().state ?? CheckpointSettings.defaultPath, nil)
        }
        guard state == nil else {
            throw CommandFailure(.usage, "--config \(config) and --state exclude each other: the file names the store")
        }
        let settings = try SettingsFile.settings(in: config)
        return (settings.checkpoints.sqlite, settings)
    }
}

/// Which stream of a store a command is for.
struct StreamOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The stream; by default that of the settings file, or the only one in the store.", valueName: "name-or-arn")
    )
    var stream: String?

    @Option(
        name: .long,
        help:
            "The Region of a stream given by its name; by default that of the settings file, AWS_REGION or the profile's."
    )
    var region: String?

    @OptionGroup var store: StoreOptions

    func load() throws -> StoreAndStream {
        let (path, settings) = try store.load()
        let wanted = try stream.map(Self.reference) ?? settings?.stream.stream
        if let region, !AWSNames.isRegion(region) {
            throw CommandFailure(.usage, "--region: '\(region)' is no Region; allowed: a name like us-east-1")
        }
        return StoreAndStream(path: path, stream: wanted, region: region ?? settings?.stream.region)
    }

    private static func reference(_ text: String) throws -> Settings.StreamReference {
        if let arn = StreamARN(text) { return .arn(arn) }
        guard AWSNames.isStreamName(text) else {
            throw CommandFailure(
                .usage,
                "--stream: '\(text)' is no stream; allowed: 1 to 128 letters, digits and _ . -, or \(StreamARN.example)"
            )
        }
        return .name(text)
    }
}

/// A store and the stream in it that is meant, as far as the arguments tell.
struct StoreAndStream {
    let path: String
    /// `nil`: the only one that the store has.
    let stream: Settings.StreamReference?
    let region: String?

    /// What the store is asked by: a stream is kept by its ARN.
    ///
    /// - Parameters:
    ///   - known: The ARNs that the store has. What it knows is not asked of AWS, so this works where AWS is out of reach.
    ///   - ask: Answers the ARN of a stream's name.
    func arn(
        known: some Sequence<String>, ask: (_ name: String, _ region: String?) async throws -> String
    ) async throws -> String {
        switch stream {
        case .arn(let arn): return arn.text
        case .name(let name):
            let meant = known.filter { text in
                guard let arn = StreamARN(text) else { return false }
                return arn.name == name && region ?? arn.region == arn.region
            }
            if meant.isEmpty { return try await ask(name, region) }
            return try only(of: meant, "more than one stream called \(name)")
        case nil:
            let known = Array(known)
            if known.isEmpty {
                throw CommandFailure(.usage, "\(path) holds no checkpoint that would tell the stream: give --stream")
            }
            return try only(of: known, "more than one stream")
        }
    }

    private func only(of arns: [String], _ many: String) throws -> String {
        guard arns.count == 1 else {
            throw CommandFailure(
                .usage, "\(path) holds \(many): give --stream, one of \(arns.sorted().joined(separator: ", "))")
        }
        return arns[0]
    }
}
