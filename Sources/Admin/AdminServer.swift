private import HTTPTypes
private import Hummingbird
private import HummingbirdCore
package import Logging
private import NIOCore
private import NIOPosix
package import Pipeline
private import ServiceLifecycle

/// The address cannot be listened on.
package struct AdminUnavailable: Error, Sendable, CustomStringConvertible {
    package let address: String
    package let cause: String

    package var description: String { "cannot listen on \(address) for health, status and metrics: \(cause)" }
}

/// Answers `GET /health`, `/status` and `/metrics` over HTTP/1.1.
package struct AdminServer: Sendable {
    /// What bounds those who ask, whoever they are.
    private enum Limits {
        /// Open at once; more wait to be accepted.
        static let connectionsMax = 64
        static let backlog = 64
        /// Of a request's head. What anybody sends who asks for three short paths is far below.
        static let headBytesMax = 16 << 10
        static let headFieldsMax = 100
        /// How long a connection may lie idle, and a request take to arrive.
        static let idleSeconds: Int64 = 60
        /// How long an answer under way has when the daemon stops. Idle connections are closed at once.
        static let shutdownMax = Duration.seconds(1)
    }

    /// Closes the connection, when the server meets it.
    private struct Closing: Error {}

    private let host: String
    private let port: Int
    private let desk: AdminDesk
    private let logger: Logger

    /// - Parameters:
    ///   - host: a name or an address, that of IPv6 without brackets.
    ///   - port: 0 lets the system choose.
    ///   - snapshot: is asked for each answer.
    package init(
        host: String, port: Int, version: String, logger: Logger,
        snapshot: @escaping @Sendable () async -> HealthSnapshot
    ) {
        self.host = host
        self.port = port
        self.logger = logger
        desk = AdminDesk(version: version, snapshot: snapshot)
    }

    /// Serves while `work` is done. `listening` is told the port before that begins.
    ///
    /// Throws `AdminUnavailable` before `work` begins, and afterwards only what `work` throws.
    package func during<Value: Sendable>(
        listening: @escaping @Sendable (_ port: Int) -> Void,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let (ports, port) = AsyncThrowingStream<Int, any Error>.makeStream()
        let services = services { port.yield($0) }
        return try await withThrowingTaskGroup(of: Value?.self) { tasks in
            tasks.addTask {
                do {
                    try await services.run()
                    port.finish()
                } catch {
                    port.finish(throwing: error)
                }
                return nil
            }
            listening(try await first(of: ports))
            tasks.addTask { try await work() }
            do {
                while let end = try await tasks.next() {
                    guard let value = end else {
                        logger.error("health, status and metrics are answered no more")
                        continue
                    }
                    await services.triggerGracefulShutdown()
                    try await tasks.waitForAll()
                    return value
                }
            } catch {
                await services.triggerGracefulShutdown()
                // Cancelled in the middle of it, the server's thread would complain on standard error.
                while await tasks.nextResult() != nil {}
                throw error
            }
            preconditionFailure("the work ended without an end")
        }
    }

    private func first(of ports: AsyncThrowingStream<Int, any Error>) async throws -> Int {
        do {
            for try await port in ports { return port }
        } catch {
            throw AdminUnavailable(
                address: host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)", cause: "\(error)")
        }
        throw CancellationError()
    }

    private func services(_ listening: @escaping @Sendable (Int) -> Void) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: [Serving { try await serve(listening) }], logger: Self.quiet)
        configuration.maximumGracefulShutdownDuration = Limits.shutdownMax
        return ServiceGroup(configuration: configuration)
    }

    /// For what libraries tell of themselves.
    private static let quiet = Logger(label: "admin") { _ in SwiftLogNoOpLogHandler() }

    private struct Serving: Service {
        let serve: @Sendable () async throws -> Void

        @concurrent
        func run() async throws { try await serve() }
    }
}

// MARK: The wire

extension AdminServer {
    private func serve(_ listening: @escaping @Sendable (Int) -> Void) async throws {
        let channel = HTTP1Channel.Configuration(
            idleTimeout: .seconds(Limits.idleSeconds),
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: Limits.headBytesMax, maxHeaderListSize: Limits.headBytesMax,
                maxHeaderFieldCount: Limits.headFieldsMax))
        // One is enough for who asks for health, however many cores there are.
        let thread = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let server = try HTTPServerBuilder.http1(configuration: channel).buildServer(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), serverName: nil, backlog: Limits.backlog, reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(Limits.connectionsMax, logger: Self.quiet)),
            eventLoopGroup: thread, logger: Self.quiet
        ) { request, writer, _ in
            try await answer(request, writer)
        } onServerRunning: { channel in
            listening(channel.localAddress?.port ?? port)
        }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await server.run()) } catch { outcome = .failure(error) }
        try await thread.shutdownGracefully()
        try outcome.get()
    }

    @concurrent
    private func answer(_ request: Request, _ writer: consuming ResponseWriter) async throws {
        // Nothing that is asked for here has a body, so nobody reads one: the connection ends instead.
        let hasBody = request.headers.contains(.transferEncoding) || (request.headers[.contentLength] ?? "0") != "0"
        let answer =
            hasBody
            ? AdminDesk.text("a request has no body here", status: 413)
            : await desk.answer(method: request.method.rawValue, target: request.head.path ?? "/")
        var head = HTTPResponse(status: HTTPResponse.Status(code: answer.status))
        head.headerFields[.contentType] = answer.contentType
        head.headerFields[.contentLength] = String(answer.body.count)
        head.headerFields[.cacheControl] = "no-store"
        head.headerFields[.allow] = answer.allowed
        if hasBody { head.headerFields[.connection] = "close" }
        if request.method == .head {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
        }
        if hasBody { throw Closing() }
    }
}
