internal import Adapters
internal import ArgumentParser
internal import Core
internal import Settings

struct CheckpointsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes exported checkpoints into a store, which is made if it is missing.",
        discussion: """
            Shows what changes and asks. Shards that are not in the file keep what they have. A file of another stream is \
            refused: a sequence number is a place in its own stream and nowhere else. The daemon has to be stopped. Where a \
            checkpoint goes back, what is read again is delivered again: files and log groups will hold those records twice.
            """)

    @Argument(help: ArgumentHelp("What \"checkpoints export\" wrote; '-' is standard input.", valueName: "file"))
    var file: String

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @OptionGroup var options: StreamOptions

    func run() async throws {
        let place = try options.load()
        let export = try ExportFile.read(file)
        let stream = try await arn(of: export, in: place)
        guard export.isOf(arn: stream) else {
            throw CommandFailure(.failed, "\(file) holds checkpoints of \(export.stream), not of \(stream)")
        }
        try Self.refuseTimesToCome(export, in: file)
        let editing = try await CheckpointEditing(path: place.path, stream: stream) { _ in
            export.checkpoints.mapValues(Optional.some)
        }
        try await editing.run(yes: yes)
    }

    /// From a moment to come nothing would be read before it comes, and nothing would look wrong.
    static func refuseTimesToCome(_ export: CheckpointExport, in file: String, now: Instant = .now) throws {
        for (shard, checkpoint) in export.checkpoints.sorted(by: { $0.key < $1.key }) {
            guard case .atTime(let instant) = checkpoint, instant > now || instant.milliseconds < 0 else { continue }
            throw CommandFailure(
                .failed,
                "\(file): \(shard) has \(checkpoint.text), which is no past moment; expected milliseconds since 1970")
        }
    }

    /// The file may know the ARN of what the settings only name.
    private func arn(of export: CheckpointExport, in place: StoreAndStream) async throws -> String {
        let exported = StreamARN(export.stream)
        guard let stream = place.stream ?? exported.map({ .arn($0) }) else {
            throw CommandFailure(.usage, "\(file) has a stream's name and no ARN: give --stream or --config")
        }
        let known: [String]
        do {
            known = Array(try SQLiteStateStore.readEveryCheckpoint(path: place.path).ofDaemon.keys)
        } catch StoreError.missing {
            known = []
        }
        let wanted = StoreAndStream(path: place.path, stream: stream, region: place.region)
        return try await wanted.arn(known: known) { name, region in
            if let exported, exported.name == name, region ?? exported.region == exported.region {
                return exported.text
            }
            return try await StreamQuestion.arn(ofStream: name, region: region)
        }
    }
}
