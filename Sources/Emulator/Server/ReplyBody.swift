import Hummingbird
import NIOCore

/// A reply's body in pieces, so that what is held ready need not be copied to be sent.
struct ReplyBody: Sendable {
    private(set) var pieces: [ByteBuffer]

    init(pieces: [ByteBuffer]) { self.pieces = pieces }

    init(_ bytes: [UInt8]) { pieces = [ByteBuffer(bytes: bytes)] }

    var byteCount: Int { pieces.reduce(0) { $0 + $1.readableBytes } }

    /// All of it in one piece.
    var bytes: [UInt8] { pieces.flatMap { Array($0.readableBytesView) } }
}
