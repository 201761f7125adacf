internal import ArgumentParser
private import Glibc

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Shows how the daemon is: each shard, each sink and the ledger.",
        discussion: """
            Asks the daemon where it answers (admin.listen of the settings file, by default 127.0.0.1:9600). When none \
            answers there, says so and shows what its store holds: checkpoints, and the ledger as it was saved. Ends with 1 \
            when neither can be read, and with 0 otherwise, however the daemon is; "curl --fail" on /health tells that.
            """)

    @Flag(name: .long, help: "Show it anew every second, until interrupted.")
    var watch = false

    @Flag(name: .long, help: "As JSON, for machines: what GET /status answers.")
    var json = false

    @Option(
        name: .long,
        help: ArgumentHelp("Where the daemon answers, in place of the settings.", valueName: "address:port"))
    var admin: String?

    @OptionGroup var options: StreamOptions

    /// How often it is shown anew.
    private static let interval = Duration.seconds(1)

    func run() async throws {
        let question = try StatusQuestion(options, address: admin)
        // Whoever watches wants to see a daemon come and go, but not a mistake in the arguments over and over.
        var isShown = try show(await question.answer())
        while watch, isShown {
            try await Task.sleep(for: Self.interval)
            do {
                isShown = try show(await question.answer())
            } catch let failure as CommandFailure {
                isShown = try write(PlainText.escaped(failure.message) + "\n")
            }
        }
        await question.end()
    }

    /// Answers whether there is still somebody who reads.
    private func show(_ answer: StatusAnswer) throws(CommandFailure) -> Bool {
        try write(json ? String(decoding: answer.json, as: UTF8.self) : StatusText(answer.document).text)
    }

    private func write(_ text: String) throws(CommandFailure) -> Bool {
        let isOnTerminal = watch && isatty(StandardStream.output.rawValue) == 1
        // To the upper left and what is below cleared, line by line so that nothing flickers; in a pipe, block by block.
        let shown =
            isOnTerminal
            ? "\u{1B}[H" + text.replacing("\n", with: "\u{1B}[K\n") + "\u{1B}[J" : text + (watch ? "\n" : "")
        do throws(StandardStream.WriteFailure) {
            try StandardStream.output.write(Array(shown.utf8))
            return true
        } catch {
            switch error {
            case .closed: return false
            case .system(let fault): throw CommandFailure(.failed, "cannot write to standard output: \(fault)")
            }
        }
    }
}
