internal import ArgumentParser
internal import Setup

struct SetupSenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sender",
        abstract: "A sender's side: subscription filters, or an account policy, and the role if one is needed.",
        discussion: """
            Subscribes log groups, or the whole account, to the recipient's destination. What AWS would refuse later, or take \
            and never act upon, is refused before anything is changed: another Region, a pattern that does not parse, or one \
            that matches none of the group's latest events. AWS replaces a filter whole: what is not asked for here stays as \
            it is.
            """)

    @OptionGroup var destination: DestinationOption
    @OptionGroup var subscription: SubscriptionOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The daemon's settings, so that log groups it writes to are not sent to it again.", valueName: "file"))
    var config: String?

    @OptionGroup var consent: ConsentOptions
    @OptionGroup var recipientCredentials: RecipientCredentials
    @OptionGroup var credentials: SenderCredentials
    @OptionGroup var options: PlanOptions

    func validate() throws {
        guard !subscription.isEmpty else {
            throw ValidationError("give --log-group, or --account-policy for the whole account")
        }
    }

    func run() async throws {
        let sinks = try config.map { try SettingsFile.settings(in: $0) }
        let target = destination.destination
        try destination.requireOneRegion()
        let identity = credentials.identity(or: recipientCredentials)
        try await OpenAccount.use(identity, region: destination.region ?? target.place.region) { account in
            var goal = subscription.goal(
                place: account.clients.place(region: account.region), destination: target, consent: consent.consent)
            goal.sinks = sinks.map { SinkGroups($0, streamRegion: target.place.region) } ?? SinkGroups()
            let clients = account.clients
            let state = try await SenderState.read(goal, with: clients, now: .now)
            let progress = SetupProgress()
            let wanted = goal
            let applying = Applying(
                clients: clients, region: goal.place.region,
                diagnose: { wanted.findings(in: try await SenderState.read(wanted, with: clients, now: .now)) },
                tell: { progress.tell($0) })
            let run = PlanRun(
                options: options, profile: identity.profile,
                role: "sender", place: goal.place)
            _ = try await run.run(goal.plan(from: state), with: applying)
        }
    }
}
