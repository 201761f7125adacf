internal import ArgumentParser
internal import Settings
internal import Setup

/// What the program's exit tells whoever started it. The one place that knows.
///
/// A command that has told all there is to tell throws one; a `CommandFailure` has something left to tell.
enum ExitCode: Int32, Error {
    /// Also a daemon's orderly stop on SIGTERM or SIGINT: what is pending is read again.
    case done = 0
    case failed = 1
    /// Wrong arguments or wrong settings: starting again as before cannot help.
    case usage = 2
    /// `verify` found a fault.
    case faultFound = 3
    /// A one-shot command ended with events still pending.
    case eventsPending = 4
    /// A one-shot command was interrupted by SIGINT, or any command by the second one.
    case interrupted = 130
    /// The same by SIGTERM.
    case terminated = 143
}

/// Ends a command with one message for the person who started it: what, where, and what to do.
struct CommandFailure: Error, Equatable {
    let exitCode: ExitCode
    let message: String

    init(_ exitCode: ExitCode, _ message: String) {
        self.exitCode = exitCode
        self.message = message
    }
}

/// How a command ended: with which exit code, and what is still to be told.
struct CommandEnding: Equatable {
    let exitCode: ExitCode
    /// For standard error, without newlines at their ends.
    var complaints: [String] = []
    /// For standard output: help and the version, when they were asked for.
    var answer: String?
}

extension CommandEnding {
    /// The arguments were not understood, or asked for help or the version.
    init(parsing error: any Error) {
        let text = Tailrace.fullMessage(for: error)
        // The parser's own code for wrong usage is 64.
        if Tailrace.exitCode(for: error) == .success {
            self.init(exitCode: .done, answer: text)
        } else {
            self.init(exitCode: .usage, complaints: text.split(separator: "\n").map(String.init))
        }
    }

    /// The command ran and threw `error`.
    init(running error: any Error) {
        switch error {
        case let code as ExitCode:
            self.init(exitCode: code)
        case let failure as CommandFailure:
            self.init(exitCode: failure.exitCode, complaints: ["tailrace: \(failure.message)"])
        case let failure as SetupFailure:
            // What happened, then what to do about it.
            let lines = failure.description.split(separator: "\n").map(String.init)
            self.init(exitCode: .failed, complaints: ["tailrace: \(lines[0])"] + lines.dropFirst())
        case let settings as SettingsError:
            self.init(exitCode: .usage, complaints: Self.complaints(settings))
        default:
            switch Tailrace.exitCode(for: error) {
            // The parser's own errors: help is a command that throws, too.
            case .success, .validationFailure: self.init(parsing: error)
            default: self.init(exitCode: .failed, complaints: ["tailrace: \(error)"])
            }
        }
    }

    private static func complaints(_ error: SettingsError) -> [String] {
        let count = error.problems.count
        let verdict = "tailrace: the settings cannot be used: \(count == 1 ? "1 problem" : "\(count) problems")"
        return error.problems.map(\.description) + [verdict]
    }
}
