private import AWS
internal import ArgumentParser
import FoundationEssentials
internal import Logging
internal import Pipeline
private import Settings

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "The daemon: reads the stream and delivers its log events, until it is stopped.",
        discussion: """
            A stop (SIGTERM, SIGINT) is orderly: reading ends, sinks send what they hold for a few seconds, what is \
            settled is committed; what is pending is read again at the next start. A second signal ends at once. A reader of \
            standard output that goes away is such a stop as well.

            While it runs it answers GET /health (503 when something is stuck), /status and /metrics, by default on \
            127.0.0.1:9600; "tailrace status" asks there.
            """)

    @Flag(
        name: .customLong("accept-recreated-stream"),
        help: "If the stream was deleted and created again, forget its old checkpoints and read it from its start.")
    var acceptsRecreatedStream = false

    @OptionGroup var options: SettingsOptions

    func run() async throws {
        let settings = try options.load()
        let logger = ProgramLog.started(settings.log)
        for warning in settings.warnings { logger.warning("\(warning)") }
        let stop = try OrderlyStop.onSignals()
        let systemd = NotifySocket(logger: logger)
        let assembly = try Assembly(settings, environment: ProcessInfo.processInfo.environment, logger: logger)
        try await assembly.answering {
            try await assembly.watched { try await read(assembly, stop, systemd) }
        }
        await assembly.access.shutdown()
    }

    private func read(_ assembly: Assembly, _ stop: OrderlyStop, _ systemd: NotifySocket) async throws {
        let logger = assembly.logger
        guard let stream = try await unless(stop, { try await assembly.stream() }) else { return }
        let consumer = try await assembly.daemon(of: stream, acceptsAnother: acceptsRecreatedStream)
        logger.notice("started", metadata: ["stream": "\(stream.arn)", "version": "\(Tailrace.version)"])
        defer { logger.notice("stopped", metadata: assembly.ledger.snapshot.metadata) }
        try await endingWithReader(logger) {
            try await consumer.run(
                until: {
                    await stop.wait()
                    systemd.stopping()
                },
                ready: { systemd.ready(status: "reading \(stream.arn)") })
        }
    }
}

/// Does `work`; `nil` when it was stopped before the end.
func unless<Value: Sendable>(
    _ stop: OrderlyStop, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value? {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        defer { group.cancelAll() }
        group.addTask { try await work() }
        group.addTask {
            await stop.wait()
            return nil
        }
        return try await group.next() ?? nil
    }
}
