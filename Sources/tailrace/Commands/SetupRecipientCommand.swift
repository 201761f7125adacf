internal import ArgumentParser
internal import Setup

struct SetupRecipientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipient",
        abstract: "The recipient's side: stream, role, destination and who may send.",
        discussion: """
            Makes what is missing: the stream, the role by which CloudWatch Logs writes to it, the destination and its access \
            policy. Senders who are admitted stay admitted; --remove-sender takes one away. An organization, given alone, \
            takes the place of account ids. Prints the destination's ARN and the command that each sender runs.

            The stream's monthly cost is estimated from AWS's list prices.
            """)

    @OptionGroup var recipient: RecipientOptions

    @Option(
        name: .customLong("remove-sender"), parsing: .upToNextOption,
        help: ArgumentHelp("Accounts or organizations that may no longer send.", valueName: "id"))
    var removed: [String] = []

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var credentials: RecipientCredentials
    @OptionGroup var options: PlanOptions

    func run() async throws {
        try await OpenAccount.use(credentials.identity, region: recipient.region) { account in
            let goal = recipient.goal(in: account, consent: consent.consent, removed: removedAccess)
            let clients = account.clients
            let state = try await RecipientState.read(goal, with: clients)
            let plan = goal.plan(from: state)
            if options.form == nil { CostText.lines(for: goal, state).forEach(StandardStream.tell) }
            let progress = SetupProgress()
            let applying = Applying(
                clients: clients, region: goal.place.region,
                diagnose: { goal.findings(in: try await RecipientState.read(goal, with: clients)) },
                tell: { progress.tell($0) })
            let run = PlanRun(
                options: options, profile: credentials.profile,
                role: "recipient", place: goal.place, cost: goal.cost(state))
            guard try await run.run(plan, with: applying) else { return }
            let lines = goal.senderLines(after: state).map(PlainText.escaped)
            try StandardStream.deliver(Array((lines.joined(separator: "\n") + "\n").utf8))
        }
    }

    private var removedAccess: SenderAccess {
        SenderAccess(
            accounts: removed, organizations: removed,
            paths: removed)
    }
}
