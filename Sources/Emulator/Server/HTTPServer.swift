import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The HTTP/1.1 side: reads requests, writes answers, keeps connections open between them.
struct HTTPServer: Sendable {
    /// AWS takes PutRecords calls of 10 MiB of payload, which base64 makes a third longer.
    static let bodyBytesMax = 16 * 1024 * 1024
    /// Connections that may wait to be accepted.
    static let backlog = 1024

    let host: String
    let port: Int
    let reception: Reception
    let clock: WallClock
    let logger: Logger

    /// Serves until the task is cancelled or its service group shuts down. `onListening` is told the port.
    ///
    /// Throws when the address cannot be listened on.
    func run(onListening: @escaping @Sendable (Int) async -> Void) async throws {
        let server = try HTTPServerBuilder.http1().buildServer(
            configuration: ServerConfiguration(
                address: .hostname(host, port: port), serverName: nil, backlog: Self.backlog, reuseAddress: true),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: logger
        ) { request, writer, channel in
            try await serve(request, writer, channel)
        } onServerRunning: { channel in
            await onListening(channel.localAddress?.port ?? port)
        }
        try await server.run()
    }

    @concurrent
    private func serve(_ request: Request, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let id = UUID().uuidString.lowercased()
        let answer = await answer(request, id: id)
        var head = HTTPResponse(status: HTTPResponse.Status(code: answer.status))
        head.headerFields[.contentType] = answer.contentType
        head.headerFields[.contentLength] = String(answer.bytesPromised)
        head.headerFields[.date] = DateText.http(clock.now())
        if answer.hasID { head.headerFields[Self.requestID] = id }
        switch answer.delivery {
        case .whole: try await Delivering.whole(answer.body, head, writer)
        case .cutOff: try await Delivering.half(answer.body, head, writer)
        case .reset:
            try await Delivering.halfAndReset(answer.body, head, writer, channel)
        case .drip(let bytesPerSecond):
            try await Delivering.drip(answer.body, bytesPerSecond: bytesPerSecond, head, writer)
        case .nothing: throw Delivering.Stopped()
        }
    }

    private func answer(_ request: Request, id: String) async -> Answer {
        do {
            let body = try await request.body.collect(upTo: Self.bodyBytesMax)
            let call = Call(request: SignedRequest(request.head, body: Array(body.readableBytesView)), id: id)
            return await reception.answer(call)
        } catch {
            logger.debug("request not read", metadata: ["error": "\(error)"])
            return Reception.refusal(
                ServiceFault("RequestEntityTooLargeException", "The request could not be read: \(error)", status: 413),
                in: .json)
        }
    }

    // A valid field name, so it is never nil.
    private static let requestID = HTTPField.Name("x-amzn-RequestId")!
}

extension SignedRequest {
    init(_ head: HTTPRequest, body: [UInt8]) {
        let target = (head.path ?? "/").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let fields = head.headerFields.map { (name: $0.name.canonicalName, value: $0.value) }
        self.init(
            method: head.method.rawValue, path: String(target[0]), query: target.count > 1 ? String(target[1]) : "",
            headers: [(name: "host", value: head.authority ?? "")] + fields, body: body)
    }
}
