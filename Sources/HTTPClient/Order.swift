/// A request and who waits for it.
final class Order: Sendable {
    let id: UInt64
    let wire: WireRequest
    let sink: Sink

    init(id: UInt64, wire: WireRequest, sink: Sink) {
        self.id = id
        self.wire = wire
        self.sink = sink
    }

    var stale: HTTPFailure {
        HTTPFailure(.stale, "\(wire.attempt): not sent, it waited for longer than it is valid")
    }

    var closed: HTTPFailure { HTTPFailure(.closed, "\(wire.attempt): the HTTP transport was shut down") }
}

/// Where a response goes. Each continuation in it is resumed once: where its transfer leaves the loop, or at the refusal
/// of its order.
enum Sink: Sendable {
    case whole(CheckedContinuation<HTTPResponse, any Error>)
    case stream(BodyExchange)

    func fail(_ error: any Error) {
        switch self {
        case .whole(let continuation): continuation.resume(throwing: error)
        case .stream(let exchange): exchange.finish(.failure(error))
        }
    }
}
