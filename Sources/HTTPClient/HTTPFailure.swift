/// Why there is no response, or no more of it.
package struct HTTPFailure: Error, Equatable, Sendable {
    package let kind: Kind
    /// What was attempted (method, scheme, host and port; never a header, a path or a body) and the cause, with
    /// libcurl's own text and number where it is libcurl's.
    package let detail: String
    /// False when surely no byte of the request has left, so that it can be repeated whatever it does.
    package let mayHaveBeenSent: Bool

    package enum Kind: Hashable, Sendable {
        /// The name of the server, or of the proxy, has no address.
        case unresolved
        /// No connection: refused, unreachable, or the proxy would not make it.
        case connect
        /// No trust: a certificate that does not fit the name or the CA bundle; or the handshake broke off.
        case tls
        /// `timeout` or `connectTimeout` passed.
        case timedOut
        /// The connection was lost before the response was whole.
        case interrupted
        /// The response's body is longer than `bodyBytesMax`, or its head than any head should be.
        case bodyTooLarge
        /// The request was not sent because `validFor` had passed.
        case stale
        /// The transport was shut down.
        case closed
        /// The request, or a setting, is not one that can be sent.
        case badRequest
        /// Anything else, such as an answer that is not HTTP.
        case other
    }

    package init(_ kind: Kind, _ detail: String, mayHaveBeenSent: Bool = false) {
        self.kind = kind
        self.detail = detail
        self.mayHaveBeenSent = mayHaveBeenSent
    }
}

extension HTTPFailure: CustomStringConvertible {
    package var description: String { "\(kind): \(detail)" }
}
