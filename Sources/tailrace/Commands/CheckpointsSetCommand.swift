internal import Adapters
internal import ArgumentParser
internal import Core
internal import Settings

struct CheckpointsSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Moves the checkpoint of one shard, forward or back.",
        discussion: """
            POSITION is a sequence number (reading resumes after it), \(PositionText.shardEnd) (the shard is done, its \
            children start), \(PositionText.trimHorizon) (the oldest record that the stream still holds), or an ISO 8601 \
            time such as \(InstantText.example) (the first record that arrived then or later). Shows what changes and asks. \
            The daemon has to be stopped. Where AWS can be reached, the shard and the number are checked against the stream. \
            What is read again is delivered again: files and log groups will hold those \
            records twice. A time cannot be compared with a sequence number; it counts as a way back.
            """)

    @Argument(help: ArgumentHelp("The shard, such as shardId-000000000000.", valueName: "shard"))
    var shard: String

    @Argument(help: ArgumentHelp("Where reading goes on.", valueName: "position"))
    var position: String

    @Flag(name: .long, help: "Do it without asking.")
    var yes = false

    @OptionGroup var options: StreamOptions

    func run() async throws {
        let shard = try PositionText.shard(shard)
        let checkpoint = try PositionText.checkpoint(position, now: .now)
        let place = try options.load()
        let known = try SQLiteStateStore.readEveryCheckpoint(path: place.path).ofDaemon.keys
        let stream = try await place.arn(known: known, ask: StreamQuestion.arn)
        let editing = try await CheckpointEditing(path: place.path, stream: stream) { _ in [shard: checkpoint] }
        try await check(checkpoint, of: shard, stream: stream)
        try await editing.run(yes: yes)
    }

    /// Against the stream itself, where AWS answers; where it does not, the operator knows better.
    private func check(_ checkpoint: Checkpoint, of shard: ShardID, stream: String) async throws {
        do {
            let shards = try await StreamQuestion.shards(ofStream: stream)
            try Self.check(checkpoint, of: shard, among: shards)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            StandardStream.tell("not checked against the stream itself: \(error)")
        }
    }

    static func check(_ checkpoint: Checkpoint, of id: ShardID, among shards: [Shard]) throws(CommandFailure) {
        guard let shard = shards.first(where: { $0.id == id }) else {
            throw CommandFailure(
                .failed, "the stream has no shard \(id); \"tailrace checkpoints remove\" removes what is saved of it")
        }
        guard case .after(let sequence) = checkpoint else { return }
        if let starting = shard.startingSequence, sequence < starting {
            throw CommandFailure(
                .failed,
                "\(id) begins at \(starting.digits), after that; \(PositionText.trimHorizon) is its oldest record")
        }
        if let ending = shard.endingSequence, sequence > ending {
            throw CommandFailure(
                .failed, "\(id) ended at \(ending.digits), before that; \(PositionText.shardEnd) is its end")
        }
    }
}
