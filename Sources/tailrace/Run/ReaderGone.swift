internal import Logging
internal import Pipeline

/// Does `work`, for which a reader of standard output that has gone is a stop like any other: reading has ended, sinks
/// have sent what they hold, what is settled is committed, and what the reader did not take is pending.
func endingWithReader(_ logger: Logger, _ work: () async throws -> Void) async throws {
    do {
        try await work()
    } catch let closed as SinkClosed {
        logger.notice(
            "stopping: the sink's reader has gone", metadata: ["sink": "\(closed.sink)", "cause": "\(closed)"])
    }
}
