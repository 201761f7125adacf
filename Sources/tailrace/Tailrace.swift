internal import ArgumentParser
private import CMalloc
private import Core
private import Glibc

/// The program: its name, its version, its commands.
@main
struct Tailrace: AsyncParsableCommand {
    static let version = "0.1.0"
    /// The version, and what this build inflates payloads with: `0.1.0 (zlib 1.2.13)`.
    static let versionAnswer = "\(version) (\(RecordDecoder.inflaterName))"

    static let configuration = CommandConfiguration(
        commandName: "tailrace",
        abstract: "Receives the CloudWatch Logs that other AWS accounts share through a Kinesis stream.",
        discussion: """
            Standard output carries data only, standard error everything else. Exit codes: 0 done, 1 failed, 2 usage or \
            settings, 3 verify found a fault, 4 a one-shot command ended with events still pending, 130 and 143 \
            interrupted.
            """,
        version: versionAnswer,
        subcommands: [
            RunCommand.self, ReplayCommand.self, StatusCommand.self, CheckpointsCommand.self, DecodeCommand.self,
            CheckCommand.self, SetupCommand.self, VerifyCommand.self, TeardownCommand.self, PoliciesCommand.self,
            DemoCommand.self, EmulateCommand.self,
        ]
    )

    static func main() async {
        shareOneHeap()
        occupyStandardStreams()
        // A reader that went away is an error of write(2), for whoever writes, and not the end of the program.
        signal(SIGPIPE, SIG_IGN)
        listenToSignals()
        let ending = await ending(of: nil)
        ending.complaints.forEach(StandardStream.tell)
        if let answer = ending.answer { StandardStream.answer(answer) }
        Glibc.exit(ending.exitCode.rawValue)
    }

    /// Threads hand buffers to each other here, and with a heap for each the largest ever needed stays in all of them: a
    /// seventh more memory, and no time won, as next to nothing is allocated per event. mallopt(3)
    private static func shareOneHeap() {
        mallopt(M_ARENA_MAX, 1)
    }

    /// Started with a standard descriptor closed, the next file or socket would get its number, and lines or logs with it.
    ///
    /// Standard output becomes one that cannot be written to, so that delivering to it is an error and no loss.
    private static func occupyStandardStreams() {
        for (descriptor, mode) in [(STDIN_FILENO, O_RDONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
            // The lowest free number is this one, since those below are taken.
            _ = open("/dev/null", mode)
        }
    }

    /// Whoever started this program may have blocked signals, and a blocked SIGTERM would never stop it.
    private static func listenToSignals() {
        var signals = sigset_t()
        sigemptyset(&signals)
        StopSignal.allCases.forEach { sigaddset(&signals, $0.number) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// Runs the command that `arguments` name; `nil`: those the program was started with.
    @concurrent
    static func ending(of arguments: [String]?) async -> CommandEnding {
        let command: any ParsableCommand
        do {
            command = try await asyncParseAsRoot(arguments)
        } catch {
            return CommandEnding(parsing: error)
        }
        do {
            try await run(command)
            return CommandEnding(exitCode: .done)
        } catch {
            return CommandEnding(running: error)
        }
    }

    @concurrent
    private static func run(_ command: any ParsableCommand) async throws {
        if var command = command as? any AsyncParsableCommand {
            try await command.run()
        } else {
            var command = command
            try command.run()
        }
    }
}
