/// What all requests of one transport have in common.
package struct HTTPTransportSettings: Sendable {
    /// A PEM file whose certificates replace the system's; `nil` for the system's.
    package var caBundle: String?
    package var userAgent: String
    package var proxies: ProxySettings
    /// Requests under way at once, and connections kept; further requests wait for their turn. Streams do not count.
    package var connectionsMax: Int
    /// A connection that lay idle for longer is not used again, but closed when the next one is looked for. Whole seconds.
    package var idleMax: Duration
    /// A connection that was made longer ago is not used again, so that a name's new address is found. Whole seconds.
    package var lifetimeMax: Duration
    /// What a streamed body may hold in memory while nobody reads it.
    package var streamWindowBytes: Int

    package init(
        caBundle: String? = nil,
        userAgent: String = "tailrace",
        proxies: ProxySettings = .ofProcess(),
        connectionsMax: Int = 256,
        idleMax: Duration = .seconds(60),
        lifetimeMax: Duration = .seconds(180),
        streamWindowBytes: Int = 256 << 10
    ) {
        self.caBundle = caBundle
        self.userAgent = userAgent
        self.proxies = proxies
        self.connectionsMax = connectionsMax
        self.idleMax = idleMax
        self.lifetimeMax = lifetimeMax
        self.streamWindowBytes = streamWindowBytes
    }

    /// Throws `HTTPFailure` (`tls` for the CA bundle, else `badRequest`) when these settings cannot work.
    func check() throws(HTTPFailure) {
        guard userAgent.utf8.allSatisfy(isFieldByte) else {
            throw HTTPFailure(.badRequest, "the user agent holds a control character")
        }
        guard connectionsMax > 0, streamWindowBytes > 0, idleMax >= .seconds(1), lifetimeMax >= .seconds(1) else {
            throw HTTPFailure(.badRequest, "connections, window and ages must be at least 1, 1 byte and 1 second")
        }
        if let caBundle { try CABundle.check(path: caBundle) }
    }
}
