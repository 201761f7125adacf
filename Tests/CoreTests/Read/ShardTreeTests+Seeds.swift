import Core
import Testing

/// Splits and merges several generations deep, lists that are old, discovery before and after listing, shards that age
/// out, and restarts from checkpoints, all chosen by the seed.
@Suite struct ShardTreeSeedTests {
    @Test(arguments: UInt64(1)...250)
    func whateverHappensParentsComeFirstAndNothingIsLeftOut(seed: UInt64) throws {
        var world = ShardWorld(seed: seed)
        for _ in 0..<250 { try world.step() }
        try world.runOut()
        #expect(world.faults == [], "seed \(seed)")
        #expect(world.leftOut == [], "seed \(seed)")
    }
}

/// A stream, a store and a driver of a shard tree.
private struct ShardWorld {
    private struct RealShard {
        var shard: Shard
        let made: Int
        var closed: Int?
        var hasAgedOut = false
    }

    private var random: SplitMix
    /// In milliseconds; sequence numbers are moments.
    private var time = 1_000_000
    private var shards: [RealShard]
    private var store: [ShardID: Checkpoint] = [:]
    /// Those that were read to their ends, whether the store still says so or not.
    private var ended: Set<ShardID> = []
    private var reading: Set<ShardID> = []
    private var tree = ShardTree(saved: [:], start: .trimHorizon)
    private(set) var faults: [String] = []

    private static let retention = 3_000_000

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        shards = []
        for _ in 0..<Int.random(in: 1...4, using: &random) { make(of: []) }
    }

    mutating func step() throws {
        time += Int.random(in: 1...60_000, using: &random)
        ageOut()
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<10: split()
        case 10..<16: merge()
        case 16..<45: try list(lag: Bool.random(using: &random) ? 0 : Int.random(in: 0...290_000, using: &random))
        case 45..<90: read()
        case 90..<93: restart()
        case 93..<97: stopOne()
        default: forget()
        }
        ageOut()
        take()
    }

    /// No faults and no resharding any more: everything closed is read, and open shards are being read.
    mutating func runOut() throws {
        for _ in 0..<3 {
            time += 400_000
            ageOut()
            try list(lag: 0)
            take()
            while let shard = reading.first(where: { real($0).closed != nil }) {
                finish(shard)
                take()
            }
        }
    }

    var leftOut: [ShardID] {
        shards.filter { !$0.hasAgedOut && !ended.contains($0.shard.id) && !reading.contains($0.shard.id) }.map(
            \.shard.id)
    }

    // MARK: The stream

    private mutating func make(of parents: [ShardID]) {
        time += 1
        let shard = Shard(
            id: shardID(shards.count), parents: parents, startingSequence: sequenceNumber(time))
        shards.append(RealShard(shard: shard, made: time))
    }

    private func real(_ shard: ShardID) -> RealShard { shards[ShardTreeScript.number(shard)] }

    private mutating func close(_ shard: ShardID) {
        time += 1
        let index = ShardTreeScript.number(shard)
        let open = shards[index].shard
        shards[index].shard = Shard(
            id: shard, parents: open.parents, startingSequence: open.startingSequence,
            endingSequence: sequenceNumber(time))
        shards[index].closed = time
    }

    private var open: [ShardID] { shards.filter { $0.closed == nil }.map(\.shard.id) }

    private mutating func split() {
        guard let shard = open.randomElement(using: &random) else { return }
        close(shard)
        make(of: [shard])
        make(of: [shard])
    }

    private mutating func merge() {
        let two = open.shuffled(using: &random).prefix(2)
        guard two.count == 2 else { return }
        for shard in two { close(shard) }
        make(of: Array(two))
    }

    private mutating func ageOut() {
        for index in shards.indices {
            if let closed = shards[index].closed, closed + Self.retention < time { shards[index].hasAgedOut = true }
        }
    }

    /// The list as it was `lag` milliseconds ago.
    private func snapshot(lag: Int) -> [Shard] {
        let then = time - lag
        return shards.filter { $0.made <= then && !($0.closed.map { $0 + Self.retention < then } ?? false) }.map {
            real in
            guard let closed = real.closed, closed > then else { return real.shard }
            return Shard(
                id: real.shard.id, parents: real.shard.parents, startingSequence: real.shard.startingSequence)
        }
    }

    // MARK: The driver

    private mutating func list(lag: Int) throws {
        let listing = try tree.listed(snapshot(lag: lag), now: Instant(milliseconds: Int64(time)))
        for aged in listing.agedOut where !real(aged.shard).hasAgedOut {
            faults.append("\(aged.shard) was given up")
        }
    }

    private mutating func take() {
        for start in tree.takeReady() {
            judge(start)
            reading.insert(start.shard)
            if case .end(let shard) = start { finish(shard) }
        }
    }

    private mutating func judge(_ start: ShardTree.Start) {
        let shard = start.shard
        if reading.contains(shard) { faults.append("\(shard) is read twice at once") }
        if ended.contains(shard) { faults.append("\(shard) is read again after its end") }
        for parent in real(shard).shard.parents where !ended.contains(parent) && !real(parent).hasAgedOut {
            faults.append("\(shard) comes before its parent \(parent)")
        }
        if case .read(_, let position) = start, position != store[shard]?.resumption ?? .trimHorizon {
            faults.append("\(shard) begins \(position)")
        }
    }

    private mutating func read() {
        guard let shard = reading.sorted().randomElement(using: &random) else { return }
        guard !real(shard).hasAgedOut else {
            reading.remove(shard)
            tree.notFound(shard)
            return
        }
        let closed = real(shard).closed
        if closed != nil, Int.random(in: 0..<3, using: &random) == 0 {
            finish(shard)
        } else {
            let last = closed ?? time
            let lowest: Int
            if case .after(let sequence) = store[shard] {
                lowest = Int(sequence.digits) ?? 0
            } else {
                lowest = real(shard).made
            }
            commit(shard, .after(sequenceNumber(Int.random(in: lowest...last, using: &random))))
        }
    }

    private mutating func finish(_ shard: ShardID) {
        let children = shards.map(\.shard).filter { $0.parents.contains(shard) }
        tree.discovered(
            children.map { Shard(id: $0.id, parents: $0.parents) }, now: Instant(milliseconds: Int64(time)))
        reading.remove(shard)
        ended.insert(shard)
        commit(shard, .shardEnd)
    }

    private mutating func commit(_ shard: ShardID, _ checkpoint: Checkpoint) {
        store[shard] = checkpoint
        tree.saved([shard: checkpoint])
    }

    private mutating func stopOne() {
        guard let shard = reading.sorted().randomElement(using: &random) else { return }
        reading.remove(shard)
        tree.stopped(shard)
    }

    private mutating func restart() {
        reading = []
        tree = ShardTree(saved: store, start: .trimHorizon)
    }

    private mutating func forget() {
        let shards = tree.forgettable
        for shard in shards { store[shard] = nil }
        tree.forgot(shards)
    }
}
