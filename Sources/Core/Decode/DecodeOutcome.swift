/// What came of decoding one payload.
package enum DecodeOutcome: Sendable {
    case decoded(DecodedRecord)
    /// The whole record is one dead letter.
    case undecodable(Undecodable)
    /// The text is longer than the allowance, which was below `maxRecord`. Nothing was kept: come again with more.
    case needsMore
}

extension DecodedRecord {
    /// What the record keeps occupied: the text's buffer and the index of its messages and events.
    ///
    /// The shortest event there can be takes 28 bytes of text and 40 of index, so a hostile record may occupy four times
    /// its text; an ordinary one, one and a third.
    package var memoryBytes: Int {
        text.memoryBytes + events.memoryBytes + messages.capacity * MemoryLayout<SubscriptionMessage>.stride
            + messages.reduce(0) { $0 + $1.origin.heapBytes }
    }
}

extension Origin {
    /// Swift keeps strings of up to 15 bytes in place and puts longer ones on the heap behind 32 bytes of its own.
    fileprivate var heapBytes: Int {
        [owner, logGroup, logStream].lazy.map(\.utf8.count).filter { $0 > 15 }.reduce(0) { $0 + $1 + 32 }
    }
}
