internal import ArgumentParser
internal import Setup

struct TeardownRecipientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipient",
        abstract: "Removes the destination, the role and, when asked, the stream.",
        discussion: "A role that serves another Region or stream stays. The stream's records go with it.")

    @OptionGroup var recipient: RecipientOptions

    @Flag(name: .long, help: "Delete the stream and all records in it, too.")
    var deleteStream = false

    @OptionGroup var credentials: RecipientCredentials
    @OptionGroup var options: PlanOptions

    func run() async throws {
        try await OpenAccount.use(credentials.identity, region: recipient.region) { account in
            let goal = recipient.goal(in: account)
            let state = try await RecipientState.read(goal, with: account.clients)
            let progress = SetupProgress()
            let applying = Applying(
                clients: account.clients, region: goal.place.region, diagnose: { [] }, tell: { progress.tell($0) })
            let run = PlanRun(
                options: options, profile: credentials.profile,
                role: "recipient", place: goal.place)
            _ = try await run.run(goal.teardown(from: state, withStream: deleteStream), with: applying)
        }
    }
}
