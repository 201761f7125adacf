import Hummingbird
import NIOCore

/// The records of one shard, each kept as the JSON that GetRecords answers with.
///
/// A record is serialized once, when it is written. A page is slices of that text: nothing is built per read.
struct RecordLog: Sendable {
    /// A piece of text is closed when it is this large. Small, because an open one is copied when it is appended to
    /// while a reader still holds a slice of it.
    private static let segmentBytes = 512 * 1024

    /// Where a record ends, counted from the first byte the log ever held.
    private struct Mark {
        let arrival: Int64
        let payloadEnd: Int
        let textEnd: Int
    }

    private struct Segment {
        let start: Int
        var text: ByteBuffer

        var end: Int { start + text.readableBytes }
    }

    private var segments: [Segment] = []
    /// Of the records still held; the first is that of record `firstHeld`.
    private var marks: [Mark] = []
    /// Records before this one are gone.
    private(set) var firstHeld = 0
    /// Where the first record still held begins.
    private var floor = (payload: 0, text: 0)

    /// How many records there were ever. The next one has this index.
    var count: Int { firstHeld + marks.count }

    /// Milliseconds since 1970. The record must still be held.
    func arrival(ofRecord index: Int) -> Int64 { marks[index - firstHeld].arrival }

    /// The first record that arrived at `time` or later; `count` when there is none.
    func firstRecord(arrivedAt time: Int64) -> Int {
        firstHeld + marks.partitioningIndex { $0.arrival >= time }
    }
}

extension RecordLog {
    /// Adds a record: `text` is its JSON object, `payloadBytes` what it counts against a page's size.
    mutating func append(_ text: ByteBuffer, payloadBytes: Int, arrival: Int64) {
        let last = marks.last
        let (payloadStart, textStart) = (last?.payloadEnd ?? floor.payload, last?.textEnd ?? floor.text)
        // Each record but a page's first is preceded by a comma.
        let size = text.readableBytes + 1
        if segments.last.map({ $0.text.readableBytes + size > Self.segmentBytes }) ?? true {
            segments.append(Segment(start: textStart, text: ByteBuffer()))
        }
        segments[segments.count - 1].text.writeInteger(UInt8(ascii: ","))
        segments[segments.count - 1].text.writeImmutableBuffer(text)
        marks.append(
            Mark(
                // A clock that was set back must not put records out of order: positions by time are found by bisection.
                arrival: max(arrival, last?.arrival ?? arrival), payloadEnd: payloadStart + payloadBytes,
                textEnd: textStart + size))
    }

    /// Lets go of what arrived before `horizon`, in whole segments.
    mutating func forget(before horizon: Int64) {
        let expired = marks.partitioningIndex { $0.arrival >= horizon }
        guard expired > 0 else { return }
        let textEnd = marks[expired - 1].textEnd
        let droppable = segments.prefix { $0.end <= textEnd }
        guard let cut = droppable.last?.end else { return }
        segments.removeFirst(droppable.count)
        let gone = marks.partitioningIndex { $0.textEnd > cut }
        floor = (marks[gone - 1].payloadEnd, cut)
        marks.removeFirst(gone)
        firstHeld += gone
    }

    /// The JSON of the records from `start` on, without a leading comma, and the index after the last of them: as many
    /// as `limit` and `payloadBytesMax` allow, one at least where there is one.
    func page(from start: Int, limit: Int, payloadBytesMax: Int) -> (text: [ByteBuffer], end: Int) {
        let first = start - firstHeld
        guard first < marks.count else { return ([], start) }
        let from = first > 0 ? (marks[first - 1].payloadEnd, marks[first - 1].textEnd) : floor
        let fitting = marks.partitioningIndex { $0.payloadEnd - from.0 > payloadBytesMax }
        let end = min(max(fitting, first + 1), first + limit, marks.count)
        return (slices(from.1 + 1..<marks[end - 1].textEnd), firstHeld + end)
    }

    /// What a page from `start` to before `end` counts against the shard's throughput.
    func payloadBytes(from start: Int, to end: Int) -> Int {
        guard start < end else { return 0 }
        let before = start > firstHeld ? marks[start - firstHeld - 1].payloadEnd : floor.payload
        return marks[end - firstHeld - 1].payloadEnd - before
    }

    private func slices(_ range: Range<Int>) -> [ByteBuffer] {
        let first = segments.partitioningIndex { $0.end > range.lowerBound }
        return segments[first...].prefix { $0.start < range.upperBound }.compactMap { segment in
            let part = range.clamped(to: segment.start..<segment.end)
            return segment.text.getSlice(
                at: segment.text.readerIndex + part.lowerBound - segment.start, length: part.count)
        }
    }
}

extension Array {
    /// The first index whose element fulfils `isSecond`, given that all that do come after all that do not.
    func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
