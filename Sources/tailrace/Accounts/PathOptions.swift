internal import ArgumentParser
internal import Core
internal import Setup

/// How the path is proved.
struct PathOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The log group that gets the test event; by default the first of --log-group. For an account policy any that it subscribes.",
            valueName: "group"))
    var testLogGroup: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "The test event's message; by default one that the pattern matches is made up.", valueName: "text"))
    var event: String?

    @Option(name: .long, help: ArgumentHelp("How long to wait for it.", valueName: "seconds"))
    var wait = Int(PathProof.patienceDefault.components.seconds)

    func validate() throws {
        guard (1...3600).contains(wait) else { throw ValidationError("--wait: 1 to 3600") }
    }

    /// Sends an event when there is a sender, and has AWS write its control message when there is none.
    func prove(
        _ goal: RecipientGoal, _ account: OpenAccount, sender: (goal: SenderGoal, account: OpenAccount)?,
        _ report: inout VerifyReport
    ) async throws {
        let proof = PathProof(goal, clients: account.clients, patience: .seconds(wait))
        guard let sender, let group = testLogGroup ?? sender.goal.groups.first else {
            let state = try await RecipientState.read(goal, with: account.clients)
            return try report.add(await proof.findingsByControlMessage(state))
        }
        let there = try await SenderState.read(sender.goal, with: sender.account.clients, now: .now)
        let event = PathProof.TestEvent(
            place: sender.goal.place, clients: sender.account.clients, group: group,
            pattern: sender.goal.pattern(in: there), message: event)
        try report.add(await proof.findings(sending: event))
    }
}
