package import Core

/// The calls that a log group sink makes. Each is one call with its client's few repeats; waiting for better times, and
/// what an answer means for the events, are the sink's.
package protocol LogGroupWriter: Sendable {
    /// PutLogEvents. `body` is the whole request and names `target` itself.
    func put(_ body: [UInt8], to target: LogTarget) async throws(CancellationError) -> PutOutcome

    func createStream(_ target: LogTarget) async throws(CancellationError) -> CreateOutcome

    func createGroup(_ group: String) async throws(CancellationError) -> CreateOutcome

    func putRetention(_ days: Int, of group: String) async throws(CancellationError) -> CreateOutcome
}
