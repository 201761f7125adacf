internal import AWS
internal import ArgumentParser
internal import Settings
internal import Setup

struct VerifyAllCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "all",
        abstract: "Both sides, then the path if nothing is wrong with them.",
        discussion: """
            What "recipient", "sender" and "path" do. Needs credentials for both accounts: --profile and --sender-profile, \
            or roles.
            """)

    @OptionGroup var recipient: RecipientOptions
    @OptionGroup var subscription: SubscriptionOptions
    @OptionGroup var path: PathOptions
    @OptionGroup var daemon: DaemonSettingsOption
    @OptionGroup var credentials: RecipientCredentials
    @OptionGroup var senderCredentials: SenderCredentials
    @OptionGroup var options: VerifyOptions

    func validate() throws {
        guard !subscription.isEmpty else { throw ValidationError("give --log-group or --account-policy") }
    }

    func run() async throws {
        let settings = try daemon.load()
        var report = VerifyReport(isJSON: options.json)
        try await report.attempting("recipient") { report in
            try await OpenAccount.use(credentials.identity, region: recipient.region) { account in
                let goal = recipient.goal(in: account)
                try await report.attempting("sender") { report in
                    try await OpenAccount.use(senderCredentials.identity, region: goal.place.region) { sender in
                        try await verify(goal, settings, account, sender, &report)
                    }
                }
            }
        }
        try report.end()
    }

    private func verify(
        _ goal: RecipientGoal, _ settings: TailraceSettings?, _ account: OpenAccount, _ sender: OpenAccount,
        _ report: inout VerifyReport
    ) async throws {
        var goal = goal
        goal.admit(sender.clients.identity.account, wholeAccount: subscription.accountPolicy != nil)
        try await Verifying.recipient(goal, settings, account, &report)
        var senderGoal = subscription.goal(
            place: sender.clients.place(region: sender.region), destination: goal.destinationARN,
            byOrganization: goal.senders.isByOrganization)
        // An account that is admitted by its id need not belong to an organization.
        if !goal.senders.accounts.contains(senderGoal.place.account) {
            senderGoal.organizations = goal.senders.allOrganizations
        }
        try await Verifying.sender(senderGoal, sender, &report)
        guard !report.hasFault else {
            return StandardStream.tell("the path is not tried before these faults are mended")
        }
        try await path.prove(goal, account, sender: (senderGoal, sender), &report)
    }
}
