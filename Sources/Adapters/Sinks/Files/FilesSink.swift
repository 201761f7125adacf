package import Core
package import Pipeline

/// Log events as lines of files below one directory, each exactly once.
///
/// Lines are rendered as records are accepted, so a record's text is not kept until it is written. Two runs that read the
/// same records write the same bytes, as long as each file is fed by one shard.
package actor FilesSink: Sink {
    package nonisolated let name: SinkName
    private let queue: BlockingQueue
    private let format: LineFormat
    private var paths: PathCache
    private let files: CommittedFiles

    package nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// Opens the directory for this program alone and takes its files back to what is committed.
    ///
    /// - Parameters:
    ///   - saved: What the store holds of this sink. Another name is another sink, with nothing saved.
    ///   - sleep: Waits between attempts; a test need not.
    ///
    /// Throws `FileLockHeld`, `SystemError` and the store's errors.
    package init(
        name: SinkName, directory: String, path: PathTemplate, format: LineFormat, store: any StateStore,
        saved: FilesCut?, telemetry: Telemetry, now: Instant, limits: FileLimits = FileLimits(),
        disk: DiskCalls = .system,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) async throws {
        let files = try AppendFiles(
            directory: directory, of: name, store: store, telemetry: telemetry, now: now, limits: limits, disk: disk)
        try await files.restore(saved?.lengths ?? [:])
        self.name = name
        self.format = format
        self.files = CommittedFiles(
            files, of: name, frontier: saved?.frontier ?? [:], telemetry: telemetry, sleep: sleep)
        paths = PathCache(path)
        queue = BlockingQueue("files sink \(name)")
    }

    package func accept(_ deliveries: [Delivery]) async throws {
        for delivery in deliveries { try await append(delivery) }
    }

    private func append(_ delivery: Delivery) async throws {
        let owed = CommittedFiles.Owed(receipt: delivery.receipt, events: delivery.eventCount, outcome: .delivered)
        var runs = EventRuns(delivery)
        try await files.append(owed, at: (delivery.shard, delivery.sequence)) { files in
            guard let (message, events) = runs.next(where: { paths.prefix(of: $0, in: delivery.record.events) }) else {
                return false
            }
            let path = paths.path(
                for: message.origin, at: delivery.record.events[events.lowerBound].timestamp)
            files.append(to: path) { lines in
                format.append(delivery.record.events[events], of: message, in: delivery.record.text, to: &lines)
            }
            return !runs.isAtEnd
        }
    }

    package func cut() async throws -> FilesCut? { try await files.cut() }

    /// A cut does this sink's work.
    package func run() {}

    /// Nothing: a receipt that is settled between a cut and its commit lets a checkpoint pass bytes not committed with it.
    package func drain() {}
}
