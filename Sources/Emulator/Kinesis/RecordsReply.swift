import Hummingbird
import NIOCore

/// A page on its way out: the records as they are held, and around them what is new in every reply.
struct RecordsReply: Sendable {
    let page: EmulatedStream.Page
    /// The text of `page.next`.
    let next: String?

    var body: ReplyBody {
        ReplyBody(
            pieces: [ByteBuffer(string: #"{"Records":["#)] + page.records + [ByteBuffer(string: "]" + tail + "}")])
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
