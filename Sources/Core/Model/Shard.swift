/// A shard's name, `shardId-000000000000` and the like: 1 to 128 of `a-z A-Z 0-9 _ . -`.
package struct ShardID: Hashable, Sendable {
    package let name: String

    /// `nil` when `name` is not what Kinesis allows.
    package init?(_ name: String) {
        let bytes = name.utf8
        guard (1...128).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.name = name
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension ShardID: Comparable, CustomStringConvertible {
    package static func < (left: ShardID, right: ShardID) -> Bool { left.name < right.name }
    package var description: String { name }
}

/// One shard as ListShards describes it.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Shard.html
package struct Shard: Hashable, Sendable {
    package let id: ShardID
    /// None for a first shard; one after a split; two after a merge. A parent that aged out may no longer be listed.
    package let parents: [ShardID]
    /// The least sequence number a record of this shard can have; `nil` when the reply did not say (`ChildShards`).
    package let startingSequence: SequenceNumber?
    /// The greatest sequence number a record of this shard can have, once it is closed; there need not be such a record.
    package let endingSequence: SequenceNumber?

    package init(
        id: ShardID, parents: [ShardID], startingSequence: SequenceNumber? = nil, endingSequence: SequenceNumber? = nil
    ) {
        self.id = id
        self.parents = parents
        self.startingSequence = startingSequence
        self.endingSequence = endingSequence
    }

    /// A closed shard takes no more records; those it holds can be read until they age out.
    package var isClosed: Bool { endingSequence != nil }
}

/// Kinesis's token for the next poll of a shard. Expires five minutes after it was given.
package struct ShardIterator: Hashable, Sendable {
    package let token: String

    package init(_ token: String) { self.token = token }
}
