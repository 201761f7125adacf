internal import Core
internal import Pipeline

/// Files, and what is owed for them: the part that the files sink and the dead letters have in common.
///
/// A record's lines are appended in one turn and a cut takes a turn, so every cut is between records. Receipts are
/// settled by a cut and by nothing else. A checkpoint can then not pass a record before the lengths that hold it are
/// handed to whoever commits both, and a crash at any moment leaves either both or neither. What `AppendFiles` says about
/// crashes covers the bytes; records read again although the files hold them (another sink had kept their shard's
/// checkpoint back) are found by the frontier, which is committed with the lengths, and are passed over.
///
/// Belongs to one actor and is used on it only.
final class CommittedFiles {
    /// For a full disk, or one that does not answer.
    static let backoff = Backoff(first: .milliseconds(100), ceiling: .seconds(10))

    /// What is answered when the lines of a record are cut.
    struct Owed {
        let receipt: Receipt
        let events: Int
        let outcome: EventOutcome

        func settle() { receipt.settle(events, as: outcome) }
    }

    let files: AppendFiles
    private let sink: SinkName
    private let telemetry: Telemetry
    private let sleep: @Sendable (Duration) async throws -> Void
    private let turns = Turns()

    private var owed: [Owed] = []
    /// Per shard, the last record that was appended, and the last that a cut has told.
    private var appended: [ShardID: SequenceNumber]
    private var told: [ShardID: SequenceNumber]
    /// Attempts that failed since the last that did not.
    private var failures = 0
    /// Some of a record's lines are appended, and some are not. Nothing is cut meanwhile, nor ever again when whoever
    /// appended them was cancelled.
    private var isWithinRecord = false

    init(
        _ files: AppendFiles, of sink: SinkName, frontier: [ShardID: SequenceNumber], telemetry: Telemetry,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.files = files
        self.sink = sink
        self.telemetry = telemetry
        self.sleep = sleep
        appended = frontier
        told = frontier
    }
}

extension CommittedFiles {
    /// Appends the lines of one record once there is room. Waits out trouble; throws `CancellationError` and `NotDurable`.
    ///
    /// Its shard's records come in order and each comes here once. A record that the files hold is passed over.
    /// `someLines` appends a few each time, as a record may make gigabytes of them, and says whether there are more.
    func append(
        _ record: Owed, at place: (shard: ShardID, sequence: SequenceNumber), someLines: (AppendFiles) -> Bool
    ) async throws {
        try await takeTurnWithRoom()
        defer { turns.giveBack() }
        if let last = told[place.shard], place.sequence <= last { return record.settle() }
        if appended[place.shard].map({ place.sequence > $0 }) ?? true {
            isWithinRecord = true
            while someLines(files) { try await makeRoomWithinRecord() }
            isWithinRecord = false
            appended[place.shard] = place.sequence
        }
        owed.append(record)
    }

    /// Lets others have their turn while there is trouble: a cut finds that there is nothing to cut.
    private func makeRoomWithinRecord() async throws {
        while try await !hasRoomForLines() {
            turns.giveBack()
            do {
                try await sleep(retryDelay)
            } catch {
                await turns.take()
                throw error
            }
            await turns.take()
        }
    }

    /// Appends lines that belong to no place in a shard, all in one turn.
    func append(_ records: [Owed], lines: (AppendFiles) -> Void) async throws {
        try await takeTurnWithRoom()
        defer { turns.giveBack() }
        lines(files)
        owed += records
    }

    /// Makes everything durable and settles it. `nil` when there is nothing new or when the disk or the store does not let
    /// us, be it in the middle of a record: that is reported, the next cut tries again, and the commit of other sinks goes on meanwhile.
    func cut() async throws -> FilesCut? {
        await turns.take()
        defer { turns.giveBack() }
        guard !isWithinRecord, let lengths = try await attempt({ try await files.cut() }) else { return nil }
        let frontier = appended.filter { told[$0.key] != $0.value }
        told = appended
        for record in owed { record.settle() }
        owed = []
        let cut = FilesCut(sink: sink, lengths: lengths, frontier: frontier)
        return cut.isEmpty ? nil : cut
    }

    private func takeTurnWithRoom() async throws {
        while true {
            await turns.take()
            do {
                if try await hasRoom() { return }
            } catch {
                turns.giveBack()
                throw error
            }
            turns.giveBack()
            try await sleep(retryDelay)
        }
    }

    /// Without chance: one program writes here, so there is no crowd to spread.
    private var retryDelay: Duration { Self.backoff.delay(attempt: failures - 1, jitter: 0.5) }

    private func hasRoom() async throws -> Bool {
        guard !isWithinRecord, owed.count < files.limits.owedMax else { return false }
        return try await hasRoomForLines()
    }

    private func hasRoomForLines() async throws -> Bool {
        guard files.isFull else { return true }
        return try await attempt { try await files.makeRoom() } != nil
    }

    /// `nil` when it failed for a reason that may pass.
    private func attempt<Result>(_ work: () async throws -> Result) async throws -> Result? {
        do {
            let result = try await work()
            if failures > 0 { telemetry.report(.sinkRecovered(sink, target: files.path, after: failures)) }
            failures = 0
            return result
        } catch let error where error is CancellationError || error is NotDurable {
            throw error
        } catch {
            failures += 1
            telemetry.report(
                .sinkFailed(
                    sink, target: files.path, cause: "\(error)", attempt: failures,
                    retryIn: retryDelay))
            return nil
        }
    }
}
