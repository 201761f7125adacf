import Foundation
import Testing

/// One run of a program as a child process, `tailrace` unless another is named.
///
/// It is ended with the last reference to it, whatever it does.
actor Program {
    enum Ending: Hashable {
        case exited(Int32)
        /// By this signal.
        case killed(Int32)
    }

    enum Failure: Error { case notStarted(errno: Int32), stillRunning(after: Duration) }

    /// Beside the tests, which stand in one file.
    static let tailrace = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("tailrace").path

    /// How long a program may take to end. For hangs only.
    private static let patience = Duration.seconds(120)

    /// More than these tests ever have open.
    private static let descriptorsMax: Int32 = 1024

    nonisolated let pid: pid_t
    private var ending: Ending?

    /// - Parameters:
    ///   - output: Where standard output goes; stays the caller's.
    ///   - errors: Where standard error goes.
    init(
        _ path: String, _ arguments: [String], environment: [String: String], output: Int32, errors: Int32
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // The emulator's sockets are this process's own: a child that held one would keep it open.
        for descriptor in 3..<min(Self.descriptorsMax, getdtablesize()) {
            posix_spawn_file_actions_addclose(&actions, descriptor)
        }
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, path, &actions, nil, &words, &variables)
        guard code == 0 else { throw Failure.notStarted(errno: code) }
        self.pid = pid
    }

    /// Starts `tailrace`.
    init(_ arguments: [String], environment: [String: String], output: Int32, errors: Int32) throws {
        try self.init(Self.tailrace, arguments, environment: environment, output: output, errors: errors)
    }

    deinit {
        guard ending == nil else { return }
        Glibc.kill(pid, SIGKILL)
        var status: Int32 = 0
        waitpid(pid, &status, 0)
    }

    var isRunning: Bool { poll() == nil }

    /// The most that it ever had in memory, in bytes. It must be running.
    nonisolated func peakMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) << 10
    }

    func signal(_ number: Int32) {
        guard poll() == nil else { return }
        Glibc.kill(pid, number)
    }

    /// Waits for the end.
    func ended(within patience: Duration = Program.patience) async throws -> Ending {
        let start = ContinuousClock.now
        while true {
            if let ending = poll() { return ending }
            guard start.duration(to: .now) < patience else { throw Failure.stillRunning(after: patience) }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    /// Asks for an orderly stop and waits for it.
    func stop() async throws -> Ending {
        signal(SIGTERM)
        return try await ended()
    }

    /// As the power does.
    func kill() async throws {
        signal(SIGKILL)
        _ = try await ended()
    }

    private func poll() -> Ending? {
        if let ending { return ending }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        let signal = status & 0x7f
        ending = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(signal)
        return ending
    }
}
