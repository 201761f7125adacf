internal import ArgumentParser
internal import Setup

struct VerifySenderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sender",
        abstract: "A sender's side: role, filters or account policy, pattern, distribution.",
        discussion: "Changes nothing.")

    @OptionGroup var destination: DestinationOption
    @OptionGroup var subscription: SubscriptionOptions
    @OptionGroup var recipientCredentials: RecipientCredentials
    @OptionGroup var credentials: SenderCredentials
    @OptionGroup var options: VerifyOptions

    func validate() throws {
        guard !subscription.isEmpty else { throw ValidationError("give --log-group or --account-policy") }
    }

    func run() async throws {
        let target = destination.destination
        let identity = credentials.identity(or: recipientCredentials)
        var report = VerifyReport(isJSON: options.json)
        try await report.attempting("sender") { report in
            try await OpenAccount.use(identity, region: destination.region ?? target.place.region) { account in
                let goal = subscription.goal(
                    place: account.clients.place(region: account.region), destination: target)
                try await Verifying.sender(goal, account, &report)
            }
        }
        try report.end()
    }
}
