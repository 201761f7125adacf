internal import Adapters
internal import ArgumentParser
internal import Core

struct CheckpointsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the checkpoints of one stream as JSON.",
        discussion: """
            For "checkpoints import", and for "replay --from checkpoint:FILE". Reads beside a running daemon. A file that is \
            there is replaced, whole or not at all.
            """)

    @Argument(help: ArgumentHelp("Where to; '-', or none, is standard output.", valueName: "file"))
    var file = "-"

    @OptionGroup var options: StreamOptions

    func run() async throws {
        let place = try options.load()
        let saved = try SQLiteStateStore.readEveryCheckpoint(path: place.path).ofDaemon
        let stream = try await place.arn(known: saved.keys) { name, _ in
            throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(name)")
        }
        guard let shards = saved[stream] else {
            throw CommandFailure(.failed, "\(place.path) holds no checkpoint of \(stream)")
        }
        let json = CheckpointExport(stream: stream, shards: shards).json()
        if file == "-" { try StandardStream.deliver(json) } else { try ExportFile.write(json, to: file) }
    }
}

extension [SQLiteStateStore.Scope: [ShardID: CheckpointExport.Entry]] {
    /// What the daemon resumes by, per stream's ARN.
    var ofDaemon: [String: [ShardID: CheckpointExport.Entry]] {
        let scopes = filter { $0.key.namespace == SQLiteStateStore.Scope.daemonNamespace }
        return [String: [ShardID: CheckpointExport.Entry]](
            uniqueKeysWithValues: scopes.map { ($0.key.stream, $0.value) })
    }
}
