internal import ArgumentParser
internal import Settings
internal import Setup

struct VerifyRecipientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recipient",
        abstract: "The recipient's side: stream, key, role, destination, access, and what Tailrace may do here.",
        discussion: """
            Changes nothing. With --config the daemon's sinks are looked at as well: whether they could be written to, and \
            whether what they get would be sent to the stream again.
            """)

    @OptionGroup var recipient: RecipientOptions
    @OptionGroup var daemon: DaemonSettingsOption
    @OptionGroup var credentials: RecipientCredentials
    @OptionGroup var options: VerifyOptions

    func run() async throws {
        let settings = try daemon.load()
        var report = VerifyReport(isJSON: options.json)
        try await report.attempting("recipient") { report in
            try await OpenAccount.use(credentials.identity, region: recipient.region) { account in
                try await Verifying.recipient(recipient.goal(in: account), settings, account, &report)
            }
        }
        try report.end()
    }
}

/// The settings that the daemon runs with.
struct DaemonSettingsOption: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The daemon's settings, for its sinks.", valueName: "file"))
    var config: String?

    func load() throws -> TailraceSettings? { try config.map { try SettingsFile.settings(in: $0) } }
}
