internal import ArgumentParser

struct TeardownCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "teardown",
        abstract: "Removes what setup made, and nothing else.",
        discussion: """
            Senders first, then the recipient. Shows a plan and asks. Roles, destinations and streams are known by their \
            tag tailrace:setup; filters and account policies, which carry none, by their name and the destination.
            """,
        subcommands: [TeardownRecipientCommand.self, TeardownSenderCommand.self])
}
