import Core
import Locking
import Logging
import Pipeline

/// A stream in memory: records per shard, one a second, a few a page, and errors to throw before each answer.
final class FakeSource: RecordSource {
    struct State {
        var shards: [Shard] = []
        var payloads: [ShardID: [String]] = [:]
        /// Records before this one have expired: who asks for them gets the oldest there are, without a word.
        var oldest = 0
        var errors: [any Error] = []
        var polls = 0
        var opened: [ShardID: [ShardPosition]] = [:]
        /// Polls to answer with an expired iterator.
        var expiring = 0
        var throttling = 0
        /// What the last page of a shard names.
        var children: [ShardID: [Shard]] = [:]
        /// Shards that Kinesis does not know any more.
        var gone: Set<ShardID> = []
        /// Whether lists fail, and how many were asked for.
        var failsLists = false
        var lists = 0
        var created: Instant?
    }

    struct Fault: Error {}

    let state = Locked(State())
    private let pageRecords: Int

    init(pageRecords: Int = 2) { self.pageRecords = pageRecords }

    func add(_ shard: Shard, _ payloads: [String]) {
        state.withLock {
            $0.shards.append(shard)
            $0.payloads[shard.id] = payloads
        }
    }

    func shards() async throws -> [Shard] {
        try state.withLock { state in
            state.lists += 1
            if state.failsLists { throw ReadTrouble(.accessDenied, "AccessDeniedException") }
            if !state.errors.isEmpty { throw state.errors.removeFirst() }
            return state.shards.filter { !state.gone.contains($0.id) }
        }
    }

    func created() async throws -> Instant? { state.withLock { $0.created } }

    func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator {
        try state.withLock { state in
            if !state.errors.isEmpty { throw state.errors.removeFirst() }
            if state.gone.contains(shard) { throw ReadTrouble(.notFound, "ResourceNotFoundException") }
            state.opened[shard, default: []].append(position)
            switch position {
            case .trimHorizon, .atTime: return ShardIterator("\(shard) 0")
            case .latest: return ShardIterator("\(shard) \(state.payloads[shard]?.count ?? 0)")
            case .at(let sequence): return ShardIterator("\(shard) \(sequence)")
            case .after(let sequence):
                return ShardIterator("\(shard) \(Int(sequence.digits, radix: 10).map { $0 + 1 } ?? 0)")
            }
        }
    }

    func poll(_ iterator: ShardIterator, recordsMax: Int, replyBytesMax: Int) async throws -> RecordPage {
        try state.withLock { state in
            state.polls += 1
            if !state.errors.isEmpty { throw state.errors.removeFirst() }
            if state.throttling > 0 {
                state.throttling -= 1
                throw ReadTrouble(.throttled, "ProvisionedThroughputExceededException")
            }
            if state.expiring > 0 {
                state.expiring -= 1
                throw ReadTrouble(.expiredIterator, "ExpiredIteratorException")
            }
            let parts = iterator.token.split(separator: " ")
            guard let shard = ShardID(String(parts[0])), let first = Int(parts[1]) else { throw Fault() }
            if state.gone.contains(shard) { throw ReadTrouble(.notFound, "ResourceNotFoundException") }
            return page(of: shard, from: first, state)
        }
    }

    private func page(of shard: ShardID, from first: Int, _ state: State) -> RecordPage {
        let all = state.payloads[shard] ?? []
        let first = max(first, state.oldest)
        let end = min(all.count, first + pageRecords)
        var bytes: [UInt8] = []
        var records: [Record] = []
        for index in first..<max(first, end) {
            guard let sequence = SequenceNumber("\(index)") else { continue }
            let start = bytes.count
            bytes += all[index].utf8
            records.append(
                Record(
                    sequence: sequence, arrival: Instant(milliseconds: Int64(index) * 1000),
                    payload: start..<bytes.count))
        }
        let isClosed = state.shards.contains { $0.id == shard && $0.isClosed }
        let next = isClosed && end == all.count ? nil : ShardIterator("\(shard) \(end)")
        return RecordPage(
            bytes: bytes, records: records, next: next, behindLatest: .seconds(all.count - end),
            children: next == nil ? state.children[shard] ?? [] : [])
    }
}

/// Remembers what it was given and settles it at once, or when told to.
final class FakeSink: Sink {
    struct State {
        var messages: [String] = []
        /// How many records came with each call.
        var recordsAtOnce: [Int] = []
        var unsettled: [Receipt] = []
        var sequences: [ShardID: [SequenceNumber]] = [:]
        var held: [Delivery] = []
        var drained = 0
    }

    /// `stalls` keeps the deliveries themselves, and with them their memory.
    enum Manner { case settles, holds, holdsFirst, settlesWhenDrained, settlesWhenHastened, stalls, closed }

    let name: SinkName
    let state = Locked(State())
    private let manner: Manner

    init(_ name: SinkName, _ manner: Manner = .settles) {
        self.name = name
        self.manner = manner
    }

    var messages: [String] { state.withLock { $0.messages } }

    func accept(_ deliveries: [Delivery]) async throws {
        state.withLock { $0.recordsAtOnce.append(deliveries.count) }
        for delivery in deliveries { try accept(delivery) }
    }

    private func accept(_ delivery: Delivery) throws {
        if manner == .closed { throw SinkClosed(sink: name, description: "closed") }
        state.withLock { state in
            state.sequences[delivery.shard, default: []].append(delivery.sequence)
            for message in delivery.messages {
                for event in delivery.record.messages[message].events {
                    let text = delivery.record.text[delivery.record.events[event].message]
                    state.messages.append(String(decoding: text, as: UTF8.self))
                }
            }
            if isHeld(state) { state.unsettled.append(delivery.receipt) }
            if manner == .stalls || manner == .settlesWhenHastened { state.held.append(delivery) }
        }
        let isSettled = state.withLock { !$0.unsettled.contains { $0 === delivery.receipt } }
        if isSettled { delivery.receipt.settle(delivery.eventCount, as: .delivered) }
    }

    private func isHeld(_ state: State) -> Bool {
        switch manner {
        case .settles, .closed: false
        case .holdsFirst: state.sequences.values.reduce(0) { $0 + $1.count } == 1
        case .holds, .settlesWhenDrained, .settlesWhenHastened, .stalls: true
        }
    }

    func hasten() {
        if manner == .settlesWhenHastened { settleAll() }
    }

    func settleAll() {
        let receipts = state.withLock { state in
            defer { (state.unsettled, state.held) = ([], []) }
            return state.unsettled
        }
        for receipt in receipts { receipt.settle(1, as: .delivered) }
    }

    func run() async throws {}

    func drain() async {
        state.withLock { $0.drained += 1 }
        if manner == .settlesWhenDrained { settleAll() }
    }

    func cut() async throws -> FilesCut? { nil }
}

final class FakeDeadLetters: DeadLetters {
    let letters = Locked<[DeadLetter]>([])

    func keep(_ letters: [DeadLetter]) async throws {
        self.letters.withLock { $0 += letters }
        for letter in letters { letter.receipt.settle(1, as: .deadLettered) }
    }

    func cut() async throws -> FilesCut? { nil }
}

/// Keeps what was saved, and fails as often as told.
final class FakeStore: StateStore {
    struct State {
        var saved = SavedState()
        var commits: [Commit] = []
        var failures = 0
    }

    struct Fault: Error {}

    let state = Locked(State())

    func load() async throws -> SavedState { state.withLock { $0.saved } }

    func save(_ commit: Commit) async throws {
        try state.withLock { state in
            if state.failures > 0 {
                state.failures -= 1
                throw Fault()
            }
            for shard in commit.forgotten {
                (state.saved.checkpoints[shard], state.saved.currentAt[shard]) = (nil, nil)
            }
            state.saved.checkpoints.merge(commit.checkpoints) { $1 }
            for cut in commit.files { state.saved.files[cut.sink] = cut }
            state.saved.currentAt.merge(commit.currentAt) { $1 }
            state.saved.ledger += commit.ledger
            state.saved.created = commit.created ?? state.saved.created
            state.commits.append(commit)
        }
    }

    func register(_ lengths: [String: Int], of sink: SinkName) async throws {}

    func forget(_ lengths: [String: Int], of sink: SinkName) async throws -> Set<String> { [] }
}

extension Surroundings {
    /// Waits of a moment, after which all the time that was asked for has passed.
    static func hasty(now: Instant) -> Surroundings {
        let uptime = Locked(Duration.zero)
        return Surroundings(
            now: { now },
            sleep: { duration in
                try await Task.sleep(for: .milliseconds(1))
                uptime.withLock { $0 += duration }
            },
            uptime: { uptime.withLock { $0 } }, jitter: { 0 })
    }
}

extension Telemetry {
    static let silent = Telemetry(logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
}

/// A subscription message of one event, as plain JSON.
func payload(_ message: String, logGroup: String = "app") -> String {
    """
    {"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"\(logGroup)","logStream":"s",\
    "subscriptionFilters":["f"],"logEvents":[{"id":"1","timestamp":1763632800000,"message":"\(message)"}]}
    """
}

let controlPayload = """
    {"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","subscriptionFilters":[],\
    "logEvents":[{"id":"","timestamp":1763632800000,"message":"checking"}]}
    """
