import Adapters
import Core
import Glibc
import Pipeline

/// A stream, a files sink, a committer and a machine that dies: everything chosen by the seed.
///
/// Each shard's records are fixed. The world delivers them, commits at random moments, and crashes within any write, sync
/// or store call; a crash may also take the bytes that were never synced. It then starts again as the daemon does: load,
/// restore, read on after the checkpoints.
struct CrashWorld {
    static let sinkName = SinkName.test("archive")
    private static let template = "{log-stream}/{hour}.log"

    private var random: SplitMix
    private let scratch: ScratchDirectory
    private let fuse = Fuse()
    let records: [ShardID: [TestRecord]]

    // What outlasts a crash.
    private let store: any StateStore
    /// Per shard, how many records a second, slow sink has settled; it holds checkpoints back, as another route's may.
    private var slowlySettled: [ShardID: Int] = [:]
    private(set) var crashes = 0

    // What does not.
    private var sink: FilesSink?
    /// The next record, and where its life began: records below were settled in a life before.
    private var next: [ShardID: Int] = [:]
    private var receipts: [ShardID: [Int: Settled]] = [:]
    private var saved: [ShardID: Checkpoint] = [:]
    private var unsaved = Commit(checkpoints: [:], files: [])

    init(seed: UInt64, store: (ScratchDirectory) throws -> any StateStore) throws {
        var random = SplitMix(state: seed)
        var records: [ShardID: [TestRecord]] = [:]
        for number in 0..<random.below(3) + 1 {
            records[.test(number)] = (0..<random.below(25) + 5).map { Self.record($0, of: number, &random) }
        }
        self.records = records
        self.random = random
        scratch = try ScratchDirectory(fast: true)
        self.store = try store(scratch)
    }

    private static func record(_ index: Int, of shard: Int, _ random: inout SplitMix) -> TestRecord {
        TestRecord(
            (0...random.below(2)).map { part in
                let events = (0...random.below(3)).map { event in
                    let filler = String(repeating: "x", count: random.below(40))
                    return (Int64(random.below(3)) * 3_600_000, "\(shard) \(index) \(part) \(event) \(filler)")
                }
                return TestRecord.Part(logStream: "\(shard)-\(random.below(2))", events: events)
            })
    }

    /// The files of a run in which nothing ever fails, put together by hand.
    var undisturbed: [String: String] {
        var files: [String: String] = [:]
        for record in records.values.joined() {
            for part in record.parts {
                for event in part.events {
                    files["\(part.logStream)/0\(event.timestamp / 3_600_000).log", default: ""] += event.message + "\n"
                }
            }
        }
        return files
    }

    var files: [String: String] { scratch.contents(below: "logs") }
}

// MARK: Life and death

extension CrashWorld {
    mutating func runToTheEnd() async throws {
        for _ in 0..<random.below(8) {
            try await live(until: random.below(60) + 1)
            crash()
        }
        fuse.mend()
        try await start()
        for shard in records.keys.sorted() { while try await deliver(shard) {} }
        slowlySettled = records.mapValues(\.count)
        try await commit()
        sink = nil
    }

    /// Whether the store says that every record is settled.
    func isDone() async throws -> Bool {
        let checkpoints = try await store.load().checkpoints
        return records.allSatisfy { checkpoints[$0.key] == .after(.test($0.value.count)) }
    }

    private mutating func live(until calls: Int) async throws {
        fuse.light(after: calls, tearing: random.below(20))
        do {
            try await start()
            for _ in 0..<random.below(60) { try await step() }
        } catch  where fuse.isBlown {
            return
        }
    }

    private mutating func start() async throws {
        let state = try await store.load()
        saved = state.checkpoints
        unsaved = Commit(checkpoints: [:], files: [])
        receipts = [:]
        for shard in records.keys {
            guard case .after(let sequence) = saved[shard] else { next[shard] = 0; continue }
            next[shard] = Int(sequence.digits)
        }
        var limits = FileLimits()
        limits.bufferedBytesMax = random.below(400)
        limits.appendedBytesMax = random.below(200)
        limits.blockBytes = 1 + random.below(50)
        limits.openFilesMax = random.below(3) + 1
        limits.knownFilesMax = random.below(6) + 1
        let store = FragileStore(store: store, fuse: fuse)
        sink = try await afterLettingGo {
            try await FilesSink(
                name: Self.sinkName, directory: scratch.below("logs"), path: PathTemplate(Self.template), format: .text,
                store: store, saved: state.files[Self.sinkName], telemetry: .silent, now: Instant(milliseconds: 0),
                limits: limits, disk: fuse.disk,
                sleep: { [fuse] _ in
                    if fuse.isBlown { throw CancellationError() }
                    await Task.yield()
                })
        }
    }

    private mutating func step() async throws {
        switch random.below(10) {
        case 0...6: _ = try await deliver(.test(random.below(records.count)))
        case 7: slowlySettled = next.mapValues { random.below($0 + 1) }.merging(slowlySettled) { max($0, $1) }
        default: try await commit()
        }
        if fuse.isBlown { throw CancellationError() }
    }

    /// The sink's memory goes. So may what the system had not put on the disk.
    private mutating func crash() {
        sink = nil
        crashes += 1
        guard random.below(2) == 0 else { return }
        for (path, text) in files {
            let path = scratch.below("logs/\(path)")
            let length = text.utf8.count
            let synced = min(fuse.synced[path] ?? 0, length)
            truncate(path, synced + random.below(length - synced + 1))
        }
    }
}

// MARK: The pipeline

extension CrashWorld {
    private mutating func deliver(_ shard: ShardID) async throws -> Bool {
        guard let index = next[shard], let record = records[shard]?[safe: index] else { return false }
        let settled = Settled()
        let receipt = settled.receipt(0, events: record.eventCount)
        try await sink?.accept([record.delivery(shard: shard, sequence: index + 1, receipt: receipt)])
        receipts[shard, default: [:]][index] = settled
        next[shard] = index + 1
        return true
    }

    /// As the committer does it: cut, then take the safe positions, then save both; what could not be saved waits.
    private mutating func commit() async throws {
        if let cut = try await sink?.cut() {
            unsaved.files = [unsaved.files.first.map { merged($0, cut) } ?? cut]
        }
        for shard in records.keys {
            let safe = min(safeCount(of: shard), max(slowlySettled[shard] ?? 0, savedCount(of: shard)))
            if safe > savedCount(of: shard) { unsaved.checkpoints[shard] = .after(.test(safe)) }
        }
        if random.below(5) == 0, !fuse.isMended { return }  // the store did not answer
        try await FragileStore(store: store, fuse: fuse).save(unsaved)
        saved.merge(unsaved.checkpoints) { $1 }
        unsaved = Commit(checkpoints: [:], files: [])
    }

    private func merged(_ first: FilesCut, _ later: FilesCut) -> FilesCut {
        FilesCut(
            sink: first.sink, lengths: first.lengths.merging(later.lengths) { $1 },
            frontier: first.frontier.merging(later.frontier) { $1 })
    }

    private func savedCount(of shard: ShardID) -> Int {
        guard case .after(let sequence) = saved[shard] else { return 0 }
        return Int(sequence.digits) ?? 0
    }

    private func safeCount(of shard: ShardID) -> Int {
        var count = savedCount(of: shard)
        while receipts[shard]?[count]?.numbers == [0] { count += 1 }
        return count
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}

/// SplitMix64: small, seeded, good enough to choose by. https://prng.di.unimi.it/splitmix64.c
struct SplitMix {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
