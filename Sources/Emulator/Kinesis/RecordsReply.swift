import Hummingbird
import NIOCore

/// A page on its way out: the records as they are held, and around them what is new in every reply.
struct RecordsReply: Sendable {
    private(set) var page: EmulatedStream.Page
    /// The text of `page.next`.
    private(set) var next: String?
    private let seal: UInt64

    /// `seal` goes into iterators.
    init(page: EmulatedStream.Page, seal: UInt64) {
        self.page = page
        self.seal = seal
        next = page.next?.text(seal: seal)
    }

    /// Whether the shard ends with this page.
    var isLast: Bool { next == nil }

    /// Makes a last page contradict itself.
    mutating func spoil(by flaw: FaultRule.LastPageFlaw) {
        switch flaw {
        case .nextWithChildren: next = page.end.text(seal: seal)
        case .noChildren: page.children = []
        case .childWithoutParents:
            for index in page.children.indices.prefix(1) { page.children[index].parents = [] }
        }
    }

    /// `page.records` must be in `encoding`.
    func body(in encoding: BodyEncoding) -> ReplyBody {
        switch encoding {
        case .json:
            ReplyBody(
                pieces: [ByteBuffer(string: #"{"Records":["#)] + page.records + [ByteBuffer(string: "]" + tail + "}")])
        case .cbor: ReplyBody(pieces: [Self.cborHead] + page.records + [ByteBuffer(bytes: cborTail)])
        }
    }

    private static let cborHead: ByteBuffer = {
        var head = CBORWriter()
        head.openMap()
        head.text("Records")
        head.openArray()
        return ByteBuffer(bytes: head.bytes)
    }()

    private var cborTail: [UInt8] {
        var tail = CBORWriter()
        tail.close()
        tail.text("MillisBehindLatest")
        tail.integer(page.millisecondsBehind)
        if let next {
            tail.text("NextShardIterator")
            tail.text(next)
        }
        if !page.children.isEmpty {
            tail.text("ChildShards")
            tail.encoded(ServiceCBOR.encode(page.children.map(Child.init)))
        }
        tail.close()
        return tail.bytes
    }

    private var tail: String {
        var tail = #","MillisBehindLatest":\#(page.millisecondsBehind)"#
        if let next { tail += #","NextShardIterator":"\#(next)""# }
        if !page.children.isEmpty {
            tail +=
                #","ChildShards":\#(String(decoding: ServiceJSON.encode(page.children.map(Child.init)), as: UTF8.self))"#
        }
        return tail
    }

    private struct Child: Encodable {
        let shardId: String
        let parentShards: [String]
        let hashKeyRange: ShardReply.HashKeys

        init(_ shard: EmulatedStream.ChildShard) {
            shardId = shard.id
            parentShards = shard.parents
            hashKeyRange = ShardReply.HashKeys(shard.range)
        }
    }
}
