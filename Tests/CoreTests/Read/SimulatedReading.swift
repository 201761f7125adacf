import Core

/// A reader that reads a simulated shard in simulated time. Calls take the time that `callTime` says.
struct SimulatedReading {
    struct Poll {
        let start: Duration
        let bytes: Int
    }

    var shard: SimulatedShard
    var reader: ShardReader
    var chance: SplitMix
    private var uptime: Duration
    private var jitter: Double
    private(set) var handedOver: [(sequence: SequenceNumber, at: Moment)] = []
    private(set) var polls: [Poll] = []
    private(set) var opens: [ShardPosition] = []
    private(set) var gaps: [ReadGap] = []
    private(set) var vanished: ReadGap?
    private(set) var isEnded = false
    /// When the first iterator that came was asked for.
    private(set) var firstOpened: Instant?
    private(set) var steps = 0
    /// Nothing fails when it is zero.
    var faultsPerThousand = 0
    var faults = ReadFault.allCases
    var callTime = Duration.zero
    /// At most so long does handing over a page take, sometimes.
    var stall = Duration.zero

    init(
        _ shard: SimulatedShard, from position: ShardPosition, currentAt: Instant? = nil, pace: ReadPace = ReadPace(),
        startingTogether: Int = 1, seed: UInt64 = 1
    ) {
        self.shard = shard
        let now = ReaderScript.start
        uptime = now.uptime
        chance = SplitMix(seed: seed)
        jitter = Double.random(in: 0..<1, using: &chance)
        reader = ShardReader(
            shard.listed, from: position, currentAt: currentAt, retention: shard.retention, pace: pace,
            startingTogether: startingTogether, at: now)
    }

    mutating func run(until limit: Duration, stepsMax: Int = 20_000) {
        while !isEnded, vanished == nil, now.uptime < limit, steps < stepsMax { step() }
    }

    mutating func step() {
        steps += 1
        switch reader.action(at: now) {
        case .wait(let duration): pass(duration)
        case .openIterator(let position): open(at: position)
        case .poll(let iterator, _, _): poll(iterator)
        case .relist: relist()
        case .end(let gap):
            isEnded = true
            gaps += [gap].compactMap { $0 }
        case .vanished(let gap): vanished = gap
        case .handOver: preconditionFailure("handed over where it was polled")
        }
    }

    var now: Moment {
        let start = ReaderScript.start
        return Moment(uptime: uptime, time: start.time.earlier(by: start.uptime - uptime), jitter: jitter)
    }

    private mutating func pass(_ duration: Duration) {
        uptime += duration
        jitter = Double.random(in: 0..<1, using: &chance)
    }

    private mutating func open(at position: ShardPosition) {
        opens.append(position)
        let asked = now
        // A lie about a position would rightly be answered by reading from the oldest record; `ReadGapTests` has that.
        let lie = fault(faults.filter { $0 != .positionRefused && $0 != .expiredIterator })
        let result = lie.map(Result.failure) ?? shard.open(at: position, now: asked)
        pass(callTime)
        switch result {
        case .success(let iterator):
            firstOpened = firstOpened ?? asked.time
            _ = reader.opened(iterator, asked: asked)
        case .failure(let fault): _ = reader.failed(fault, at: now)
        }
    }

    private mutating func poll(_ iterator: ShardIterator) {
        let asked = now
        let lie = fault(faults)
        // What fails may have been served all the same.
        let served = shard.poll(iterator, now: asked)
        pass(callTime)
        switch lie.map(Result.failure) ?? served {
        case .failure(let fault):
            polls.append(Poll(start: asked.uptime, bytes: 0))
            _ = reader.failed(fault, at: now)
        case .success(let page):
            polls.append(Poll(start: asked.uptime, bytes: page.records.reduce(0) { $0 + $1.payload.count }))
            handOver(page, asked)
        }
    }

    private mutating func handOver(_ page: RecordPage, _ asked: Moment) {
        guard case .handOver(let page, let gap) = reader.polled(page, asked: asked) else {
            preconditionFailure("a page that is not handed over")
        }
        if let gap { gaps.append(gap) }
        handedOver += page.records.map { ($0.sequence, now) }
        if stall > .zero, Int.random(in: 0..<20, using: &chance) == 0 { pass(stall * jitter) }
        _ = reader.handedOver(at: now)
    }

    private mutating func relist() {
        if let fault = fault([.network, .accessDenied, .throttled, .notFound, .serviceFailure]) {
            _ = reader.failed(fault, at: now)
        } else {
            _ = reader.listed(shard.listed, at: now)
        }
    }

    private mutating func fault(_ kinds: [ReadFault]) -> ReadFault? {
        guard Int.random(in: 0..<1000, using: &chance) < faultsPerThousand else { return nil }
        return kinds.randomElement(using: &chance)
    }
}
