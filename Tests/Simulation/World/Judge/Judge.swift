import Core

/// What became of one record, as the world sees it.
struct Fate {
    /// By which readings it was dispatched.
    var readBy: [Int] = []
    /// A bit for each sink that has its events for good.
    var reached = 0
    /// Where the file of the files sink holds it, and that of dead letters: the whole record, or what a sink refused.
    var fileIndex: Int?
    var letterIndex: Int?
    /// It was there before its stream was known as another one, so the frontier that tells of it may be forgotten.
    var mayRepeat = false
    /// A gap that somebody was told of has it.
    var isTold = false
    /// It expired where nobody can know of it: under a live iterator, or with nothing after it that speaks for a loss.
    var isUnknowable = false
}

/// What the world remembers in order to judge the daemon.
struct Judge {
    private(set) var violation: Violation?
    /// By number of record.
    var fates: [Fate] = []
    /// By number of shard: how many of its records checkpoints have passed, whether its end was saved, and what comes
    /// before the configured start: by arrival, and by place.
    var passed: [Int: Int] = [:]
    var endSaved: Set<Int> = []
    var wantedSince: [Int: Int] = [:]
    var wantedFrom: [Int: Int] = [:]
    var begunAtLatest: Set<Int> = []
    /// The stream was made anew, and its checkpoints are those of the old one.
    var isAnotherStream = false
    /// By sink and log stream, the last record that got there for the first time.
    var lastFirst: [[Int]]
    /// What the records that checkpoints passed add up to.
    var ledger = LedgerCounts()
    /// How many readings there were, and which records each has dispatched that no checkpoint has passed.
    private(set) var readings = 0
    private var uncounted: [[Int]] = []
    /// When the stream was created that the present run found when it began.
    var creation = 0

    init(sinks: Int) {
        lastFirst = Array(repeating: Array(repeating: -1, count: KinesisStream.keys), count: sinks)
    }

    /// The first one counts: what follows may follow from it.
    mutating func report(_ violation: Violation) {
        self.violation = self.violation ?? violation
    }
}

extension Judge {
    mutating func newReading() -> Int {
        uncounted.append([])
        readings += 1
        return readings - 1
    }

    mutating func dispatched(_ record: Int, by reading: Int) {
        fates[record].readBy.append(reading)
        uncounted[reading].append(record)
    }

    /// The records up to the last one that a checkpoint passes, or all without one. None when that is counted already: a transaction may be sent twice.
    mutating func takeUncounted(of reading: Int, upTo last: Int?) -> [Int] {
        let all = uncounted[reading]
        guard let last else {
            uncounted[reading] = []
            return all
        }
        guard let place = all.lastIndex(of: last) else { return [] }
        uncounted[reading] = Array(all[(place + 1)...])
        return Array(all[...place])
    }

    /// The stream is read from its start: what an outdated run had of it does not count.
    mutating func streamIsReadAnew(from first: Int, _ records: [StreamRecord]) {
        isAnotherStream = false
        lastFirst = lastFirst.map { $0.map { _ in -1 } }
        for number in fates.indices where records[number].shard >= first {
            fates[number].mayRepeat = true
            fates[number].isTold = false
            fates[number].isUnknowable = false
        }
    }
}

extension World {
    /// The stream was deleted and made anew while this run reads. What it does until it notices is of no interest, but for
    /// what it leaves behind.
    var isOutdated: Bool { judge.creation != stream.created }

    func report(_ invariant: Invariant, _ detail: @autoclosure () -> String) {
        guard judge.violation == nil else { return }
        let violation = Violation(invariant: invariant, step: steps, detail: detail())
        note("VIOLATION \(violation)")
        judge.report(violation)
    }

    /// Whether the record is in the stream that is, and not before the configured start.
    func isWanted(_ number: Int) -> Bool {
        let record = stream.records[number]
        return record.shard >= stream.firstShard && record.arrival >= judge.wantedSince[record.shard] ?? 0
            && record.place >= judge.wantedFrom[record.shard] ?? 0
    }

    /// Whether all that a record holds is where it was to go, in files as far as these lengths go.
    func isSettled(_ number: Int, fileLength: Int, letterLength: Int) -> Bool {
        let fate = judge.fates[number]
        let isBuried = fate.letterIndex.map { $0 < letterLength } ?? false
        switch stream.records[number].kind {
        case .control, .filtered: return !fate.readBy.isEmpty
        case .undecodable: return isBuried
        case .data(let shares):
            return shares.allSatisfy { share in
                if share.sink == Outlet.files { return fate.fileIndex.map { $0 < fileLength } ?? false }
                return fate.reached & 1 << share.sink != 0 && (share.refused == 0 || isBuried)
            }
        }
    }

    func isSettled(_ number: Int) -> Bool {
        isSettled(number, fileLength: store.fileLength, letterLength: store.letterLength)
    }

    /// What a record adds to the ledger once it is settled.
    func counts(of number: Int) -> LedgerCounts {
        let record = stream.records[number]
        var counts = Self.known(record)
        counts += Self.read(number)
        switch record.kind {
        case .control, .filtered: break
        case .undecodable: counts.recordsDeadLettered = 1
        case .data(let shares):
            counts.recordsDelivered = 1
            for share in shares {
                counts.sinks[Outlet.names[share.sink]] = SinkCounts(
                    routed: share.events, delivered: share.events - share.refused, deadLettered: share.refused)
            }
        }
        return counts
    }
}
