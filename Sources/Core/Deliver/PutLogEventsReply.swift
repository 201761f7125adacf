/// The body of a PutLogEvents reply.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
package enum PutLogEventsReply {
    /// The events that were rejected, by what the reply says of them. Other members are passed over.
    package static func rejected(in body: consuming [UInt8]) throws(BrokenReply) -> RejectedIndexes {
        let count = body.count
        return try body.withUnsafeMutableBufferPointer {
            (bytes: inout UnsafeMutableBufferPointer<UInt8>) throws(BrokenReply) in
            guard let base = bytes.baseAddress else { throw BrokenReply(byte: 0, detail: "empty") }
            var reader = ReplyCursor(base: base, end: count)
            let rejected = try rejected(from: &reader)
            try reader.takeEnd()
            return rejected
        }
    }

    private static func rejected(from reader: inout ReplyCursor) throws(BrokenReply) -> RejectedIndexes {
        var rejected = RejectedIndexes.none
        try reader.takeObject { (reader, name) throws(BrokenReply) in
            if reader.is(name, "rejectedLogEventsInfo") {
                rejected = try reader.takesNull() ? .none : indexes(from: &reader)
            } else {
                try reader.skipValue(depth: 0)
            }
        }
        return rejected
    }

    private static func indexes(from reader: inout ReplyCursor) throws(BrokenReply) -> RejectedIndexes {
        var indexes = RejectedIndexes()
        try reader.takeObject { (reader, name) throws(BrokenReply) in
            if reader.is(name, "tooOldLogEventEndIndex") {
                indexes.tooOldEnd = try index(from: &reader)
            } else if reader.is(name, "expiredLogEventEndIndex") {
                indexes.expiredEnd = try index(from: &reader)
            } else if reader.is(name, "tooNewLogEventStartIndex") {
                indexes.tooNewStart = try index(from: &reader)
            } else {
                try reader.skipValue(depth: 1)
            }
        }
        return indexes
    }

    private static func index(from reader: inout ReplyCursor) throws(BrokenReply) -> Int? {
        if try reader.takesNull() { return nil }
        let start = reader.position
        guard let index = try reader.takeInteger() else {
            throw BrokenReply(byte: start, detail: "an index out of range")
        }
        return Int(index)
    }
}
