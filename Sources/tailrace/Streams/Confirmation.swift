private import Glibc

/// Asks whoever sits at the terminal.
enum Confirmation {
    /// Returns when the answer is yes. Without a terminal to ask at, nothing is done.
    static func ask(_ question: String) throws(CommandFailure) {
        guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
            throw CommandFailure(
                .usage, "nothing was changed: there is no terminal to ask at; --yes does it without asking")
        }
        StandardStream.tell("\(question) Type yes:")
        guard readLine() == "yes" else { throw CommandFailure(.failed, "nothing was changed") }
    }
}
