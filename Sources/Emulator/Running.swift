import Logging
import ServiceLifecycle

/// What `Emulator.start` began: one service group, from its start until its end.
actor Running {
    /// How long calls that are being answered have when the emulator is stopped.
    private static let shutdownMax = Duration.seconds(2)

    private enum State {
        case idle
        /// Until `stop`, or until serving failed.
        case serving(ServiceGroup, Task<Void, any Error>)
    }

    struct AlreadyStarted: Error, CustomStringConvertible {
        let description = "the emulator is already started"
    }

    private var state = State.idle

    /// Begins `serve` and returns the port that it says it listens on; throws what it throws before that.
    func start(
        logger: Logger,
        _ serve: @escaping @Sendable (_ onListening: @escaping @Sendable (Int) async -> Void) async throws -> Void
    ) async throws -> Int {
        guard case .idle = state else { throw AlreadyStarted() }
        let (ports, port) = AsyncThrowingStream<Int, any Error>.makeStream()
        var configuration = ServiceGroupConfiguration(
            services: [Serving { try await serve { port.yield($0) } }], logger: logger)
        configuration.maximumGracefulShutdownDuration = Self.shutdownMax
        let group = ServiceGroup(configuration: configuration)
        state = .serving(
            group,
            Task {
                do {
                    try await group.run()
                    port.finish()
                } catch {
                    port.finish(throwing: error)
                    throw error
                }
            })
        do {
            for try await number in ports { return number }
        } catch {
            state = .idle
            throw error
        }
        throw CancellationError()
    }

    func stop() async {
        guard case .serving(let group, let task) = state else { return }
        state = .idle
        await group.triggerGracefulShutdown()
        // What ended it was told to whoever started it, or is the end that we asked for.
        _ = await task.result
    }

    private struct Serving: Service {
        let serve: @Sendable () async throws -> Void

        @concurrent
        func run() async throws { try await serve() }
    }
}
