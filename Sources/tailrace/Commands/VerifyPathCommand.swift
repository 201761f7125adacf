internal import ArgumentParser
internal import Setup

struct VerifyPathCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path",
        abstract: "Proves the path: something is sent, and seen to arrive.",
        discussion: """
            With --log-group (or --account-policy and --test-log-group), and credentials for the sender, a test event goes into that log group (log stream \
            tailrace-verify) and is waited for in the stream; a daemon that reads the stream delivers it like any other. \
            Without, the destination is put again as it is, at which AWS itself writes a control message. Tells how long \
            each part of the way took.
            """)

    @OptionGroup var recipient: RecipientOptions
    @OptionGroup var subscription: SubscriptionOptions
    @OptionGroup var path: PathOptions
    @OptionGroup var credentials: RecipientCredentials
    @OptionGroup var senderCredentials: SenderCredentials
    @OptionGroup var options: VerifyOptions

    func run() async throws {
        var report = VerifyReport(isJSON: options.json)
        try await report.attempting("path") { report in
            try await OpenAccount.use(credentials.identity, region: recipient.region) { account in
                let goal = recipient.goal(in: account)
                guard !subscription.isEmpty || path.testLogGroup != nil else {
                    return try await path.prove(goal, account, sender: nil, &report)
                }
                try await OpenAccount.use(senderCredentials.identity, region: goal.place.region) { sender in
                    let senderGoal = subscription.goal(
                        place: sender.clients.place(region: sender.region), destination: goal.destinationARN)
                    try await path.prove(goal, account, sender: (senderGoal, sender), &report)
                }
            }
        }
        try report.end()
    }
}
