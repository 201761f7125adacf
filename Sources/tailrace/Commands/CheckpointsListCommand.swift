internal import Adapters
internal import ArgumentParser
internal import Core

struct CheckpointsListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Shows all checkpoints of a store.",
        discussion: """
            One line for each shard of each stream: where reading goes on, when that was saved and how long ago that is. A \
            position is what "checkpoints set" takes. Reads beside a running daemon.
            """)

    @Flag(name: .long, help: "An array of JSON objects, for machines.")
    var json = false

    @OptionGroup var store: StoreOptions

    func run() throws {
        let saved = try SQLiteStateStore.readEveryCheckpoint(path: store.load().path)
        let exports = saved.map { ($0.namespace, CheckpointExport(stream: $0.stream, shards: $1)) }
        let table = CheckpointTable(exports, now: .now)
        try StandardStream.deliver(json ? table.json : Array(table.text.utf8))
    }
}
