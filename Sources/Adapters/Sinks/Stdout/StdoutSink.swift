package import Core
private import Glibc
package import Pipeline

/// Log events as lines on standard output, or on any other descriptor.
///
/// Lines leave whole: one is never given up half way. What a cancelled `accept` has not written stays, and goes before
/// anything else when `drain` or the next `accept` comes. Only a program that ends while its reader does not read can
/// leave a torn line, and only one longer than a pipe takes at once (`PIPE_BUF`).
///
/// The program must ignore SIGPIPE, or a closed pipe ends it before it can commit.
package actor StdoutSink: Sink {
    package nonisolated let name: SinkName
    private let queue: BlockingQueue
    private let format: LineFormat
    private let output: PatientOutput
    private let turns = Turns()
    private let telemetry: Telemetry
    private let sleep: @Sendable (Duration) async throws -> Void

    private var unwritten = PendingLines()
    private var closed: SinkClosed?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Writes to `descriptor`, which stays the caller's and is never closed or changed here.
    package init(
        name: SinkName, format: LineFormat, descriptor: Int32 = STDOUT_FILENO, telemetry: Telemetry,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.name = name
        self.format = format
        self.telemetry = telemetry
        self.sleep = sleep
        queue = BlockingQueue("stdout sink \(name)")
        output = PatientOutput(descriptor: descriptor)
    }

    /// Returns when the lines are written, and their events settled.
    package func accept(_ deliveries: [Delivery]) async throws {
        await turns.take()
        defer { turns.giveBack() }
        if let closed { throw closed }
        try Task.checkCancellation()
        for delivery in deliveries { try await write(delivery) }
        try await write()
    }

    private func write(_ delivery: Delivery) async throws {
        var runs = EventRuns(delivery)
        while let (message, events) = runs.next() {
            unwritten.append(events, of: message, in: delivery.record, as: format)
            if unwritten.isFull { try await write() }
        }
        unwritten.end(delivery)
    }

    package func run() {}

    package func drain() async {
        await turns.take()
        defer { turns.giveBack() }
        // Both are known to whoever accepted: a closed output there, a cancellation here. The rest stays unsettled.
        do { try await write() } catch {}
    }

    package func cut() -> FilesCut? { nil }
}

extension StdoutSink {
    /// How long a full disk behind a redirected output is left alone.
    private static let backoff = Backoff(first: .milliseconds(100), ceiling: .seconds(10))

    private func write() async throws {
        var failures = 0
        while !unwritten.isEmpty {
            switch output.write(unwritten.next(atMost: output.chunkBytesMax)) {
            case .wrote(let count):
                if failures > 0 { telemetry.report(.sinkRecovered(name, target: "standard output", after: failures)) }
                failures = 0
                unwritten.wrote(count)
            case .full:
                // Other callers' work on this actor gets its turn, and a cancellation is seen.
                await Task.yield()
                try Task.checkCancellation()
            case .closed(let cause):
                let closed = SinkClosed(sink: name, description: "standard output is closed: \(cause)")
                self.closed = closed
                throw closed
            case .failed(let cause):
                let delay = Self.backoff.delay(attempt: failures, jitter: 0.5)
                failures += 1
                telemetry.report(
                    .sinkFailed(
                        name, target: "standard output", cause: "\(cause)", attempt: failures, retryIn: delay))
                try await sleep(delay)
            }
        }
    }
}
