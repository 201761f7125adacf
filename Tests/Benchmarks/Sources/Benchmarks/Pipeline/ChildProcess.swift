internal import Glibc

/// A program that runs beside this one. It is killed with the last reference to it, unless it ended before.
final class ChildProcess {
    struct Ending {
        let exitCode: Int32
        /// Of its whole life and all its threads.
        let userSeconds: Double
        let systemSeconds: Double
    }

    let pid: pid_t
    private var ending: Ending?

    /// - Parameter errors: The file for its standard error. Its standard output is thrown away.
    init(_ path: String, _ arguments: [String], environment: [String: String], errors: String) throws(BenchmarkFailure)
    {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        // This process has signals blocked, and a child would inherit that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var nothing = sigset_t()
        sigemptyset(&nothing)
        posix_spawnattr_setsigmask(&attributes, &nothing)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var words = ([path] + arguments).map { strdup($0) } + [nil]
        var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, path, &actions, &attributes, &words, &variables)
        guard code == 0 else { throw BenchmarkFailure("\(path): \(String(cString: strerror(code)))") }
        self.pid = pid
    }

    deinit {
        guard ending == nil else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// How it ended; `nil` while it runs.
    func ended() -> Ending? {
        if let ending { return ending }
        var status: Int32 = 0
        var usage = rusage()
        guard wait4(pid, &status, WNOHANG, &usage) == pid else { return nil }
        let signal = status & 0x7F
        ending = Ending(
            exitCode: signal == 0 ? status >> 8 & 0xFF : 128 + signal,
            userSeconds: usage.ru_utime.inSeconds, systemSeconds: usage.ru_stime.inSeconds)
        return ending
    }

    /// Asks for an orderly stop and waits for it.
    func stop(within seconds: Double) throws -> Ending {
        if let ending = ended() { return ending }
        kill(pid, SIGTERM)
        var last: Ending?
        try Interruption.wait(for: "the end of process \(pid)", atMost: seconds) {
            last = ended()
            return last != nil
        }
        guard let last else { throw BenchmarkFailure("process \(pid) did not end") }
        return last
    }
}

extension timeval {
    fileprivate var inSeconds: Double { Double(tv_sec) + Double(tv_usec) / 1e6 }
}
