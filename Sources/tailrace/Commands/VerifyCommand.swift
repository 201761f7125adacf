internal import ArgumentParser

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Looks at every part of both accounts by itself, and proves the path.",
        discussion: """
            AWS takes a subscription while the stream behind it is dead, and a policy with the wrong action in it. Here \
            each part is looked at: one line a check, ok, warning or fault with its remedy. Exit code 3 says that a fault \
            was found.
            """,
        subcommands: [
            VerifyRecipientCommand.self, VerifySenderCommand.self, VerifyPathCommand.self, VerifyAllCommand.self,
        ])
}
