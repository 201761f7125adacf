/// The JSON body of a GetRecords reply, read in one pass into a page.
///
/// Every `Data` is decoded from base64 where it stands, so that a reply of 10 MiB costs no second buffer.
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
package enum GetRecordsReply {
    /// Members may come in any order, unknown ones are skipped, and of a repeated one the last counts.
    ///
    /// Hand `body` over (`consume`) and its memory becomes the page's.
    package static func page(from body: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        var draft = PageDraft()
        let count = body.count
        try body.withUnsafeMutableBufferPointer {
            (bytes: inout UnsafeMutableBufferPointer<UInt8>) throws(BrokenReply) in
            guard let base = bytes.baseAddress else { throw BrokenReply(byte: 0, detail: "empty") }
            var cursor = ReplyCursor(base: base, end: count)
            try draft.read(from: &cursor)
            try cursor.takeEnd()
        }
        return try draft.page(bytes: consume body)
    }
}

/// A page while its reply is read.
private struct PageDraft {
    private var records: [Record]?
    private var next: ShardIterator?
    private var behindLatest: Duration?
    private var children: [Shard] = []

    mutating func read(from cursor: inout ReplyCursor) throws(BrokenReply) {
        try cursor.takeObject { (cursor, name) throws(BrokenReply) in
            if cursor.is(name, "Records") {
                records = try Self.records(from: &cursor)
            } else if cursor.is(name, "NextShardIterator") {
                next = try Self.iterator(from: &cursor)
            } else if cursor.is(name, "MillisBehindLatest") {
                behindLatest = try Self.distance(from: &cursor)
            } else if cursor.is(name, "ChildShards") {
                children = try Self.children(from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
    }

    /// Checks what the Kinesis Client Library checks too: children come with the last page, only there, and know
    /// their parents. A reply that breaks this would end a shard that has not ended.
    func page(bytes: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        let end = bytes.count
        func broken(_ detail: String) -> BrokenReply { BrokenReply(byte: end, detail: detail) }
        guard let records else { throw broken("no Records") }
        if next == nil, children.isEmpty { throw broken("neither NextShardIterator nor ChildShards") }
        if next != nil, !children.isEmpty { throw broken("both NextShardIterator and ChildShards") }
        if children.contains(where: \.parents.isEmpty) { throw broken("a child shard without parents") }
        return RecordPage(bytes: bytes, records: records, next: next, behindLatest: behindLatest, children: children)
    }
}

extension PageDraft {
    private static func records(from cursor: inout ReplyCursor) throws(BrokenReply) -> [Record] {
        var records: [Record] = []
        try cursor.takeArray { (cursor) throws(BrokenReply) in
            records.append(try record(from: &cursor))
        }
        return records
    }

    private static func record(from cursor: inout ReplyCursor) throws(BrokenReply) -> Record {
        let start = cursor.position
        var sequence: SequenceNumber?
        var payload: Range<Int>?
        var arrival: Instant?
        try cursor.takeObject { (cursor, name) throws(BrokenReply) in
            if cursor.is(name, "Data") {
                payload = try cursor.takeBase64()
            } else if cursor.is(name, "SequenceNumber") {
                sequence = try self.sequence(from: &cursor)
            } else if cursor.is(name, "ApproximateArrivalTimestamp") {
                arrival = try self.arrival(from: &cursor)
            } else {
                try cursor.skipValue()
            }
        }
        guard let sequence else { throw BrokenReply(byte: start, detail: "a record without SequenceNumber") }
        guard let payload else { throw BrokenReply(byte: start, detail: "a record without Data") }
        return Record(sequence: sequence, arrival: arrival, payload: payload)
    }

    private static func sequence(from cursor: inout ReplyCursor) throws(BrokenReply) -> SequenceNumber {
        let start = cursor.position
        guard let sequence = SequenceNumber(try cursor.takeText()) else {
            throw BrokenReply(byte: start, detail: "SequenceNumber is not a decimal number")
        }
        return sequence
    }

    /// Seconds since 1970, with a fraction in one notation or another, to the nearest millisecond.
    private static func arrival(from cursor: inout ReplyCursor) throws(BrokenReply) -> Instant? {
        if try cursor.takesNull() { return nil }
        let start = cursor.position
        guard let milliseconds = try cursor.takeNumber().scaled(byPowerOfTen: 3) else {
            throw BrokenReply(byte: start, detail: "ApproximateArrivalTimestamp is out of range")
        }
        return Instant(milliseconds: milliseconds)
    }

    private static func iterator(from cursor: inout ReplyCursor) throws(BrokenReply) -> ShardIterator? {
        if try cursor.takesNull() { return nil }
        let start = cursor.position
        let token = try cursor.takeText()
        // An empty token would be no iterator and yet not the shard's end.
        guard !token.isEmpty else { throw BrokenReply(byte: start, detail: "NextShardIterator is empty") }
        return ShardIterator(token)
    }

    private static func distance(from cursor: inout ReplyCursor) throws(BrokenReply) -> Duration? {
        if try cursor.takesNull() { return nil }
        let start = cursor.position
        guard let milliseconds = try cursor.takeNumber().scaled(byPowerOfTen: 0), milliseconds >= 0 else {
            throw BrokenReply(byte: start, detail: "MillisBehindLatest is out of range")
        }
        return .milliseconds(milliseconds)
    }

    private static func children(from cursor: inout ReplyCursor) throws(BrokenReply) -> [Shard] {
        if try cursor.takesNull() { return [] }
        var children: [Shard] = []
        try cursor.takeArray { (cursor) throws(BrokenReply) in
            children.append(try child(from: &cursor))
        }
        return children
    }

    private static func child(from cursor: inout ReplyCursor) throws(BrokenReply) -> Shard {
        let start = cursor.position
        var id: ShardID?
        var parents: [ShardID] = []
        try cursor.takeObject { (cursor, name) throws(BrokenReply) in
            if cursor.is(name, "ShardId") {
                id = try shardID(from: &cursor)
            } else if cursor.is(name, "ParentShards") {
                parents = []
                try cursor.takeArray { (cursor) throws(BrokenReply) in
                    parents.append(try shardID(from: &cursor))
                }
            } else {
                try cursor.skipValue()
            }
        }
        guard let id else { throw BrokenReply(byte: start, detail: "a child shard without ShardId") }
        return Shard(id: id, parents: parents, isClosed: false)
    }

    private static func shardID(from cursor: inout ReplyCursor) throws(BrokenReply) -> ShardID {
        let start = cursor.position
        guard let id = ShardID(try cursor.takeText()) else {
            throw BrokenReply(byte: start, detail: "not a shard's name")
        }
        return id
    }
}
