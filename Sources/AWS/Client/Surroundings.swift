package import Core
import FoundationEssentials
package import HTTPClient
package import Signing

/// Whatever sends a request: `HTTPTransport`, or a test's script.
package protocol HTTPSender: Sendable {
    /// Throws `HTTPFailure` or `CancellationError`.
    func perform(_ request: HTTPRequest) async throws -> HTTPResponse
}

extension HTTPTransport: HTTPSender {}

/// Time and chance, as a client meets them; a test chooses both.
package struct Surroundings: Sendable {
    package let now: @Sendable () -> UTCTime
    /// Throws `CancellationError` when the task is cancelled meanwhile.
    package let sleep: @Sendable (Duration) async throws -> Void
    /// In `0..<1`.
    package let jitter: @Sendable () -> Double

    package init(
        now: @escaping @Sendable () -> UTCTime, sleep: @escaping @Sendable (Duration) async throws -> Void,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.jitter = jitter
    }

    /// This machine's.
    package static let real = Surroundings(
        now: { UTCTime(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) },
        sleep: { try await Task.sleep(for: $0) },
        jitter: { Double.random(in: 0..<1) })
}

extension Surroundings {
    /// Now, as a point in time like any other.
    package var instant: Instant { Instant(milliseconds: now().milliseconds) }
}
