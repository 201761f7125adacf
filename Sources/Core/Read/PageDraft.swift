/// A page while its reply is read, whatever the reply's encoding.
struct PageDraft {
    private var records: [Record]?
    private var next: ShardIterator?
    private var behindLatest: Duration?
    private var children: [Shard] = []

    mutating func read<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) {
        try reader.takeObject { (reader, name) throws(BrokenReply) in
            if reader.is(name, "Records") {
                records = try Self.records(from: &reader)
            } else if reader.is(name, "NextShardIterator") {
                next = try Self.iterator(from: &reader)
            } else if reader.is(name, "MillisBehindLatest") {
                behindLatest = try Self.distance(from: &reader)
            } else if reader.is(name, "ChildShards") {
                children = try Self.children(from: &reader)
            } else {
                try reader.skipValue(depth: 0)
            }
        }
    }

    /// Checks what the Kinesis Client Library checks too: children come with the last page only, and know their parents.
    /// A reply that breaks this says two things at once, so neither is believed.
    ///
    /// A last page without children passes, other than there: servers that are not AWS send such at a closed shard's end.
    /// Whether the shard has ended is for `ShardReader`, which asks the list of shards.
    func page(bytes: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        let end = bytes.count
        func broken(_ detail: String) -> BrokenReply { BrokenReply(byte: end, detail: detail) }
        guard let records else { throw broken("no Records") }
        if next != nil, !children.isEmpty { throw broken("both NextShardIterator and ChildShards") }
        if children.contains(where: \.parents.isEmpty) { throw broken("a child shard without parents") }
        return RecordPage(bytes: bytes, records: records, next: next, behindLatest: behindLatest, children: children)
    }
}

extension PageDraft {
    private static func records<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> [Record] {
        var records: [Record] = []
        try reader.takeArray { (reader) throws(BrokenReply) in
            records.append(try record(from: &reader))
        }
        return records
    }

    private static func record<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> Record {
        let start = reader.position
        var sequence: SequenceNumber?
        var payload: Range<Int>?
        var arrival: Instant?
        try reader.takeObject { (reader, name) throws(BrokenReply) in
            if reader.is(name, "Data") {
                payload = try reader.takePayload()
            } else if reader.is(name, "SequenceNumber") {
                sequence = try self.sequence(from: &reader)
            } else if reader.is(name, "ApproximateArrivalTimestamp") {
                arrival = try self.arrival(from: &reader)
            } else {
                try reader.skipValue(depth: 0)
            }
        }
        guard let sequence else { throw BrokenReply(byte: start, detail: "a record without SequenceNumber") }
        guard let payload else { throw BrokenReply(byte: start, detail: "a record without Data") }
        return Record(sequence: sequence, arrival: arrival, payload: payload)
    }

    private static func sequence<Reader: ReplyReader>(
        from reader: inout Reader
    ) throws(BrokenReply) -> SequenceNumber {
        let start = reader.position
        guard let sequence = SequenceNumber(try reader.takeText()) else {
            throw BrokenReply(byte: start, detail: "SequenceNumber is not a decimal number")
        }
        return sequence
    }

    private static func arrival<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> Instant? {
        if try reader.takesNull() { return nil }
        let start = reader.position
        guard let instant = try reader.takeInstant() else {
            throw BrokenReply(byte: start, detail: "ApproximateArrivalTimestamp is out of range")
        }
        return instant
    }

    private static func iterator<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> ShardIterator? {
        if try reader.takesNull() { return nil }
        let start = reader.position
        let token = try reader.takeText()
        // An empty token would be no iterator and yet not the shard's end.
        guard !token.isEmpty else { throw BrokenReply(byte: start, detail: "NextShardIterator is empty") }
        return ShardIterator(token)
    }

    private static func distance<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> Duration? {
        if try reader.takesNull() { return nil }
        let start = reader.position
        guard let milliseconds = try reader.takeInteger(), milliseconds >= 0 else {
            throw BrokenReply(byte: start, detail: "MillisBehindLatest is out of range")
        }
        return .milliseconds(milliseconds)
    }

    private static func children<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> [Shard] {
        if try reader.takesNull() { return [] }
        var children: [Shard] = []
        try reader.takeArray { (reader) throws(BrokenReply) in
            children.append(try child(from: &reader))
        }
        return children
    }

    private static func child<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> Shard {
        let start = reader.position
        var id: ShardID?
        var parents: [ShardID] = []
        try reader.takeObject { (reader, name) throws(BrokenReply) in
            if reader.is(name, "ShardId") {
                id = try shardID(from: &reader)
            } else if reader.is(name, "ParentShards") {
                parents = []
                try reader.takeArray { (reader) throws(BrokenReply) in
                    parents.append(try shardID(from: &reader))
                }
            } else {
                try reader.skipValue(depth: 0)
            }
        }
        guard let id else { throw BrokenReply(byte: start, detail: "a child shard without ShardId") }
        return Shard(id: id, parents: parents)
    }

    private static func shardID<Reader: ReplyReader>(from reader: inout Reader) throws(BrokenReply) -> ShardID {
        let start = reader.position
        guard let id = ShardID(try reader.takeText()) else {
            throw BrokenReply(byte: start, detail: "not a shard's name")
        }
        return id
    }
}
