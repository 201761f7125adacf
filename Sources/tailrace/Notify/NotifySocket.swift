private import Core
private import Glibc
internal import Logging

/// Tells systemd how the daemon is, as sd_notify(3) does: one datagram for each thing told.
///
/// Started by anything else, without `NOTIFY_SOCKET`, it does nothing.
/// https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html
struct NotifySocket: Sendable {
    /// A path, or a name in the abstract namespace after `@`.
    private let address: String?
    private let logger: Logger

    /// - Parameter environment: One variable's value by its name.
    init(environment: (String) -> String? = ProcessEnvironment.value, logger: Logger) {
        address = environment("NOTIFY_SOCKET").flatMap { $0.isEmpty ? nil : $0 }
        self.logger = logger
    }

    /// The daemon is reading: `systemctl start` returns.
    func ready(status: String) { send("READY=1\nSTATUS=\(PlainText.escaped(status))") }

    /// One line that `systemctl status` shows.
    func status(_ status: String) { send("STATUS=\(PlainText.escaped(status))") }

    /// The orderly stop has begun.
    func stopping() { send("STOPPING=1") }

    /// The daemon is alive. To be told within `watchdogPeriod` of the last time.
    func alive() { send("WATCHDOG=1") }

    private func send(_ state: String) {
        guard let address else { return }
        do throws(NotifyFailure) {
            try Datagram.send(Array(state.utf8), to: address)
        } catch {
            logger.warning("systemd cannot be told", metadata: ["socket": "\(address)", "cause": "\(error)"])
        }
    }
}

extension NotifySocket {
    /// How often to say `alive`: half of what the unit's `WatchdogSec` allows. `nil` when nobody watches this process.
    ///
    /// https://www.freedesktop.org/software/systemd/man/latest/sd_watchdog_enabled.html
    static func watchdogPeriod(
        environment: (String) -> String? = ProcessEnvironment.value, process: Int32 = ProcessEnvironment.process
    ) -> Duration? {
        guard let text = environment("WATCHDOG_USEC"), let microseconds = Int64(text), microseconds > 0 else {
            return nil
        }
        if let watched = environment("WATCHDOG_PID"), watched != "\(process)" { return nil }
        return .microseconds(microseconds) / 2
    }
}
