import Hummingbird
import NIOCore

/// The records of one shard, each kept as GetRecords answers with it, in JSON and in CBOR.
///
/// A record is serialized once, when it is written. A page is slices of that: nothing is built per read.
struct RecordLog: Sendable {
    /// A place between two records, counted from the first byte the log ever held.
    private struct Place {
        var payload = 0
        var json = 0
        var cbor = 0
    }

    private struct Mark {
        let arrival: Int64
        /// Where the record ends.
        let end: Place
    }

    private var json = ByteLog()
    private var cbor = ByteLog()
    /// Of the records still held; the first is that of record `firstHeld`.
    private var marks: [Mark] = []
    /// Records before this one are gone.
    private(set) var firstHeld = 0
    /// Where the first record still held begins.
    private var floor = Place()

    private static let comma = ByteBuffer(string: ",")

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
    /// Adds a record; `payloadBytes` is what it counts against a page's size.
    mutating func append(_ record: RecordText, payloadBytes: Int, arrival: Int64) {
        let last = marks.last
        // In JSON each record but a page's first is preceded by a comma.
        json.append(Self.comma, record.json)
        cbor.append(record.cbor)
        marks.append(
            Mark(
                // A clock that was set back must not put records out of order: positions by time are found by bisection.
                arrival: max(arrival, last?.arrival ?? arrival),
                end: Place(
                    payload: (last?.end.payload ?? floor.payload) + payloadBytes, json: json.end, cbor: cbor.end)))
    }

    /// Lets go of what arrived before `horizon`, in whole segments.
    mutating func forget(before horizon: Int64) {
        let expired = marks.partitioningIndex { $0.arrival >= horizon }
        guard expired > 0, let cut = json.forget(before: marks[expired - 1].end.json) else { return }
        let gone = marks.partitioningIndex { $0.end.json > cut }
        floor = marks[gone - 1].end
        // Its segments end elsewhere: some that is gone may be held a little longer.
        _ = cbor.forget(before: floor.cbor)
        marks.removeFirst(gone)
        firstHeld += gone
    }

    /// The records from `start` on, in JSON without a leading comma, and the index after the last of them: as many as
    /// `limit` and `payloadBytesMax` allow, one at least where there is one.
    func page(
        from start: Int, limit: Int, payloadBytesMax: Int, in encoding: BodyEncoding
    ) -> (pieces: [ByteBuffer], end: Int) {
        let first = start - firstHeld
        guard first < marks.count else { return ([], start) }
        let begin = place(before: start)
        let fitting = marks.partitioningIndex { $0.end.payload - begin.payload > payloadBytesMax }
        let end = min(max(fitting, first + 1), first + limit, marks.count)
        let until = marks[end - 1].end
        let pieces =
            switch encoding {
            case .json: json.slices(begin.json + 1..<until.json)
            case .cbor: cbor.slices(begin.cbor..<until.cbor)
            }
        return (pieces, firstHeld + end)
    }

    /// What a page from `start` to before `end` counts against the shard's throughput.
    func payloadBytes(from start: Int, to end: Int) -> Int {
        guard start < end else { return 0 }
        return place(before: end).payload - place(before: start).payload
    }

    private func place(before record: Int) -> Place { record > firstHeld ? marks[record - firstHeld - 1].end : floor }
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
