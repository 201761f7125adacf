/// One item of a shard, as a page holds it.
package struct Record: Sendable {
    package let sequence: SequenceNumber
    /// When Kinesis took the record, to the millisecond. Not monotonic. `nil` when the reply did not say.
    package let arrival: Instant?
    /// Where the payload stands in `RecordPage.bytes`.
    package let payload: Range<Int>

    package init(sequence: SequenceNumber, arrival: Instant?, payload: Range<Int>) {
        self.sequence = sequence
        self.arrival = arrival
        self.payload = payload
    }
}

/// The answer to one poll.
///
/// Payloads are ranges into `bytes`, which is the reply's own buffer with each payload decoded in place.
package struct RecordPage: Sendable {
    package let bytes: [UInt8]
    package let records: [Record]
    /// `nil` when the shard is closed and this page is its last.
    package let next: ShardIterator?
    /// How far this page's end is from the tip. Zero at the tip; `nil` when the reply did not say.
    package let behindLatest: Duration?
    /// The shards that follow this one; only in its last page.
    package let children: [Shard]

    package init(
        bytes: [UInt8], records: [Record], next: ShardIterator?, behindLatest: Duration?, children: [Shard]
    ) {
        self.bytes = bytes
        self.records = records
        self.next = next
        self.behindLatest = behindLatest
        self.children = children
    }
}
