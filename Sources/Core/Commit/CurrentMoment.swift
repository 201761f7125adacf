private import DequeModule

/// The moment by which everything that had arrived in a shard is settled: what is saved of how current its reading is.
///
/// A position alone cannot tell it: the last record of a quiet shard may be older than the stream keeps records, and yet
/// nothing is missing. By the moment a restart knows whether anything can have expired in between, see `GapWatch`.
package struct CurrentMoment: Sendable {
    /// All up to this record was read when the reading was current at the moment.
    private struct Mark {
        var sequence: SequenceNumber
        var moment: Instant
    }

    /// How many pages are remembered one by one. Where more are not settled, the last ones count as one. Ours.
    static let marksMax = 16

    /// `nil` as long as nothing is known.
    package private(set) var settled: Instant?
    private var marks: Deque<Mark> = []
    private var lastRead: SequenceNumber?

    package init() {}

    /// A page was read whose last record this is, `nil` for one without records: by `moment` nothing else had arrived.
    ///
    /// In the order of the pages, and before or after their records are settled.
    package mutating func read(_ last: SequenceNumber?, at moment: Instant) {
        lastRead = last ?? lastRead
        guard let lastRead else {
            // Nothing was read yet, so nothing is open.
            settled = moment
            return
        }
        if let newest = marks.indices.last, marks[newest].sequence == lastRead || marks.count >= Self.marksMax {
            marks[newest] = Mark(sequence: lastRead, moment: moment)
        } else {
            marks.append(Mark(sequence: lastRead, moment: moment))
        }
    }

    /// All records up to `safe` are settled; `nil` when the first one is not.
    package mutating func settled(upTo safe: SequenceNumber?) {
        guard let safe else { return }
        while let oldest = marks.first, oldest.sequence <= safe {
            settled = oldest.moment
            marks.removeFirst()
        }
    }
}
