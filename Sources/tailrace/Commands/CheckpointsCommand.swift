internal import ArgumentParser

struct CheckpointsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoints",
        abstract: "Shows the checkpoints in a store, takes them out and in, and moves them.",
        discussion: """
            A checkpoint is where the daemon goes on in a shard. "list" and "export" read beside a running daemon; \
            "import", "set" and "remove" change the store and want the daemon stopped. The daemon never moves a \
            checkpoint back; these commands do, and what is then read again is delivered again, to files as well. Run \
            them as the user who runs the daemon, so that the store stays that user's.
            """,
        subcommands: [
            CheckpointsListCommand.self, CheckpointsExportCommand.self, CheckpointsImportCommand.self,
            CheckpointsSetCommand.self, CheckpointsRemoveCommand.self,
        ])
}
