import Glibc
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The ways in which an answer gets onto the wire, or does not.
enum Delivering {
    /// Closes the connection, when the server meets it.
    struct Stopped: Error {}

    @concurrent
    static func whole(_ answer: ReplyBody, _ head: HTTPResponse, _ writer: consuming ResponseWriter) async throws {
        switch answer.pieces.count {
        case 0: try await writer.writeResponse(head)
        case 1: try await writer.write(response: head, body: ResponseBody(byteBuffer: answer.pieces[0]))
        default:
            var body = try await writer.writeHead(head)
            try await body.write(contentsOf: answer.pieces)
            try await body.finish(nil)
        }
    }

    /// Half an answer, and an error that closes the connection.
    @concurrent
    static func half(_ answer: ReplyBody, _ head: HTTPResponse, _ writer: consuming ResponseWriter) async throws {
        let bytes = answer.bytes
        var body = try await writer.writeHead(head)
        try await body.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
        throw Stopped()
    }

    /// Half an answer, then the connection is reset: nothing more is sent, not even that this is the end.
    @concurrent
    static func halfAndReset(
        _ answer: ReplyBody, _ head: HTTPResponse, _ writer: consuming ResponseWriter, _ channel: any Channel
    ) async throws {
        guard let options = channel as? any SocketOptionProvider else { throw Stopped() }
        let bytes = answer.bytes
        var body = try await writer.writeHead(head)
        try await body.write(ByteBuffer(bytes: bytes.prefix(bytes.count / 2)))
        // By itself the server would close its sending side first, which is an orderly end.
        try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        try await channel.close()
        throw Stopped()
    }

    @concurrent
    static func drip(
        _ answer: ReplyBody, bytesPerSecond: Int, _ head: HTTPResponse, _ writer: consuming ResponseWriter
    ) async throws {
        let bytes = answer.bytes
        let piece = max(1, bytesPerSecond / dripsPerSecond)
        let pause = Duration.seconds(1) * piece / bytesPerSecond
        var body = try await writer.writeHead(head)
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try await body.write(ByteBuffer(bytes: bytes[start..<min(start + piece, bytes.count)]))
            try await Task.sleep(for: pause)
        }
        try await body.finish(nil)
    }

    private static let dripsPerSecond = 10
}
