internal import Admin
internal import Logging
internal import Pipeline
internal import Settings

extension Assembly {
    /// Answers health, status and metrics while `work` is done, unless the settings do not want it.
    ///
    /// An address that nobody asked for may be another daemon's: that is a warning, and `work` is done without. Throws a
    /// `CommandFailure` when one that was asked for cannot be had, before `work` begins.
    func answering(_ work: @escaping @Sendable () async throws -> Void) async throws {
        guard let address = settings.admin.address else { return try await work() }
        let server = AdminServer(
            host: address.host, port: address.port, version: Tailrace.version, logger: logger,
            snapshot: health.snapshot)
        do {
            try await server.during(
                listening: { [logger] port in
                    logger.info(
                        "answering health, status and metrics",
                        metadata: ["address": "\(AdminAddress(host: address.host, port: port))"])
                }, work)
        } catch let error as AdminUnavailable {
            guard !settings.admin.isChosen else {
                throw CommandFailure(.failed, "\(error); give admin.listen (--admin) another address, or off")
            }
            logger.warning(
                "health, status and metrics are not answered: choose another address for admin.listen, or off",
                metadata: ["address": "\(error.address)", "cause": "\(error.cause)"])
            try await work()
        }
    }

    /// Says what is stuck while `work` is done.
    func watched(_ work: @escaping @Sendable () async throws -> Void) async throws {
        let watch = HealthWatch(health, telemetry: telemetry, surroundings: surroundings)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await watch.run() }
            group.addTask { try await work() }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
