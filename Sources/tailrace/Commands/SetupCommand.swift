internal import ArgumentParser

struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Sets up the accounts: what CloudWatch Logs needs to carry log events from one to the other.",
        discussion: """
            First the recipient, then each sender. Both compare what is wanted with what is there, show a plan and ask before \
            anything is changed. Run again, they go on where they were stopped, and do nothing when all is there. What \
            tailrace makes carries the tag tailrace:setup; what it did not make is changed only with --adopt.
            """,
        subcommands: [SetupRecipientCommand.self, SetupSenderCommand.self])
}
