/// A response body that is read while it arrives, in pieces as they come; one reader at a time.
///
/// What lies unread is bounded by `HTTPTransportSettings.streamWindowBytes`; then the server has to wait. The transfer is
/// aborted when this and its iterators are dropped, or when the reading task is cancelled. Throws `HTTPFailure` where
/// the body breaks off, after all that arrived before, or `CancellationError`.
package struct HTTPBody: AsyncSequence, Sendable {
    private let reader: BodyReader

    init(_ reader: BodyReader) { self.reader = reader }

    package func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }

    package struct AsyncIterator: AsyncIteratorProtocol {
        fileprivate let reader: BodyReader

        /// The bytes that have arrived, at least one; `nil` at the end of the body.
        package mutating func next() async throws -> [UInt8]? { try await reader.exchange.take() }
    }
}

/// Ends the transfer when nobody holds it any more. The transport stays for as long.
final class BodyReader: Sendable {
    let exchange: BodyExchange
    private let transport: HTTPTransport

    init(_ exchange: BodyExchange, of transport: HTTPTransport) {
        self.exchange = exchange
        self.transport = transport
    }

    deinit { exchange.abort() }
}
