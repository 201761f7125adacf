/// One request, complete: nothing is added to it but `Host`, `User-Agent` and `Content-Length`, and each of these only
/// where `headers` does not name it.
package struct HTTPRequest: Sendable {
    /// A token of RFC 9110: `GET`, `POST`, `HEAD`, …
    package var method: String
    /// `http` or `https`, without a user name. Its path and query are sent as written.
    package var url: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// For the whole transfer, from the call to the last byte; waiting for a turn and connecting are part of it.
    package var timeout: Duration
    /// For resolving the name, connecting, the proxy's and the TLS handshake.
    package var connectTimeout: Duration
    /// A longer response body fails with `bodyTooLarge` while it arrives. Does not bound a streamed body.
    package var bodyBytesMax: Int
    /// The request is not sent when this has passed since `made`, but fails with `stale`.
    ///
    /// For requests whose signature expires: the machine may have slept, or the request have waited for its turn.
    package var validFor: Duration?
    package var proxy: Proxy
    package var version: Version
    /// When this value was made, by the clock that also counts the time a machine is suspended.
    package var made: ContinuousClock.Instant

    package enum Proxy: Sendable {
        /// The one of `HTTPTransportSettings.proxies` that fits the URL, if any.
        case environment
        /// Straight to the server, whatever the settings say: for addresses that only this machine can reach.
        case none
    }

    package enum Version: Sendable {
        /// HTTP/1.1: one request at a time on a connection, which is kept for the next.
        case http1
        /// HTTP/2 where a TLS server offers it, else HTTP/1.1; always on a connection of its own, because libcurl 7.88
        /// keeps a shared HTTP/2 connection after a timeout and buffers without bound for a paused stream on it.
        case http2
    }

    package init(
        method: String = "GET",
        url: String,
        headers: HTTPHeaders = HTTPHeaders(),
        body: [UInt8] = [],
        timeout: Duration = .seconds(30),
        connectTimeout: Duration = .seconds(5),
        bodyBytesMax: Int = 16 << 20,
        validFor: Duration? = nil,
        proxy: Proxy = .environment,
        version: Version = .http1,
        made: ContinuousClock.Instant = .now
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.connectTimeout = connectTimeout
        self.bodyBytesMax = bodyBytesMax
        self.validFor = validFor
        self.proxy = proxy
        self.version = version
        self.made = made
    }
}
