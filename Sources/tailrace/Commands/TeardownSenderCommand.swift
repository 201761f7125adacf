internal import ArgumentParser
internal import Setup

struct TeardownSenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sender",
        abstract: "Removes subscription filters or the account policy, and the role.",
        discussion: "A filter that sends elsewhere stays, and so does a role that other log groups need.")

    @OptionGroup var destination: DestinationOption
    @OptionGroup var subscription: SubscriptionOptions
    @OptionGroup var recipientCredentials: RecipientCredentials
    @OptionGroup var credentials: SenderCredentials
    @OptionGroup var options: PlanOptions

    func validate() throws {
        guard !subscription.isEmpty else { throw ValidationError("give --log-group or --account-policy") }
    }

    func run() async throws {
        let target = destination.destination
        let identity = credentials.identity(or: recipientCredentials)
        try await OpenAccount.use(identity, region: destination.region ?? target.place.region) { account in
            let goal = subscription.goal(
                place: account.clients.place(region: account.region), destination: target)
            let state = try await SenderState.read(goal, with: account.clients, now: .now)
            let progress = SetupProgress()
            let applying = Applying(
                clients: account.clients, region: goal.place.region, diagnose: { [] }, tell: { progress.tell($0) })
            let run = PlanRun(
                options: options, profile: identity.profile,
                role: "sender", place: goal.place)
            _ = try await run.run(goal.teardown(from: state), with: applying)
        }
    }
}
