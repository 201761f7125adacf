internal import Adapters
internal import ArgumentParser
internal import Core

struct CheckpointsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Removes the checkpoints of some shards, or of the whole stream.",
        discussion: """
            A shard without a checkpoint, of a stream that has others, is read from its oldest record on. A stream without \
            any counts as never seen and begins where stream.start of the settings says. Shows what changes and asks. The \
            daemon has to be stopped. What is read again is delivered again: files and log groups will hold those records \
            twice.
            """)

    @Argument(help: ArgumentHelp("Shards, such as shardId-000000000000.", valueName: "shard"))
    var shards: [String] = []

    @Flag(name: .long, help: "All shards of the stream.")
    var all = false

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @OptionGroup var options: StreamOptions

    func validate() throws {
        guard all != !shards.isEmpty else { throw ValidationError("give the shards to remove, or --all, one of both") }
    }

    func run() async throws {
        let shards = Set(try self.shards.map(PositionText.shard))
        let place = try options.load()
        let saved = try SQLiteStateStore.readEveryCheckpoint(path: place.path).ofDaemon
        let stream = try await place.arn(known: saved.keys) { name, _ in
            throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(name)")
        }
        let editing = try await CheckpointEditing(path: place.path, stream: stream) { saved in
            guard !saved.isEmpty else {
                throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(stream)")
            }
            for shard in shards.sorted() where saved[shard] == nil {
                throw CommandFailure(
                    .failed, "\(place.path) holds no checkpoint of \(shard): \"checkpoints list\" shows those it has")
            }
            return Dictionary(uniqueKeysWithValues: (all ? Set(saved.keys) : shards).map { ($0, nil) })
        }
        try await editing.run(yes: yes)
    }
}
