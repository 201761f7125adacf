internal import AWS
internal import Adapters
internal import Core
private import Glibc
internal import Logging
internal import Pipeline
internal import Settings

/// One run of a replay, from what an earlier run has left to the summary.
struct ReplayRun {
    let request: ReplayRequest
    let assembly: Assembly
    let stream: StreamSummary
    let observer: ReplayObserver
    let stop: OrderlyStop
    /// Whether what an interrupted run has left is forgotten.
    let restarts: Bool
    /// Where that is kept, if not beside the daemon's store.
    let stateDirectory: String?

    var settings: TailraceSettings { assembly.settings }
    private var identity: ReplayIdentity {
        ReplayIdentity(request, stream: stream.arn, settings: settings, directory: Self.workingDirectory)
    }

    private static var workingDirectory: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    private var files: [FilesSettings] {
        request.sinks.compactMap { if case .files(let files) = $0.kind { files } else { nil } }
    }

    private var isKept: Bool { request.sinks.contains { $0.kind.keepsWhatItGets } }

    /// Each replay that is kept has a directory of its own: what it takes back when it is resumed is nobody else's.
    private var deadLetters: String {
        settings.deadLetters.directory + "/replay" + (isKept ? "/\(identity.digest)" : "")
    }

    /// Throws an `ExitCode` when there is no more to tell.
    func run() async throws {
        let state = try await opened()
        tell(of: state)
        let outlets: Outlets
        do {
            outlets = try await self.outlets(of: state)
        } catch {
            try await state.forsake(files)
            throw error
        }
        let outcome = await replay(state, outlets)
        let counts = assembly.ledger.snapshot
        ReplaySummary(
            sights: observer.sights, ledger: counts, deadLetters: deadLetters, isResumed: state.isResumed
        ).lines.forEach(StandardStream.tell)
        try await end(state, outcome, hasPending: counts.hasPending)
    }

    // MARK: Before

    private func opened() async throws -> ReplayState {
        let now = assembly.surroundings.now()
        func begin() throws -> (ReplayBeginning, after: [ShardID: Checkpoint]) {
            let bounds = try request.until.value.bounds(settings, stream: stream.arn, now: now)
            let checkpoints = try request.from.value.checkpoints(settings, stream: stream.arn)
            return (ReplayBeginning(begun: now, bounds: bounds), checkpoints)
        }
        guard isKept else {
            let (beginning, checkpoints) = try begin()
            return .ofThisRun(beginning, after: checkpoints)
        }
        return try await .opened(
            at: ReplayState.path(of: identity, in: stateDirectory, settings), assembly, stream: stream,
            restarts: restarts, begin)
    }

    private func tell(of state: ReplayState) {
        if state.isResumed {
            StandardStream.tell(
                "resuming the replay begun at \(state.beginning.begun.rfc3339), use --restart to begin again")
        }
        let now = assembly.surroundings.now()
        let kept = now.earlier(by: .seconds(stream.retentionHours * 3600))
        let old = OldEvents(
            from: request.from.value, horizon: max(kept, stream.created ?? kept), now: now, deadLetters: deadLetters)
        old.warnings(for: request.sinks).forEach { StandardStream.tell("warning: \($0)") }
    }

    private func outlets(of state: ReplayState) async throws -> Outlets {
        do {
            try refuseOthersDirectories(state)
            return try await assembly.outlets(
                sinks: request.sinks, routes: try settings.routes.only(request.sinks.map(\.name)),
                deadLetters: deadLetters, of: stream.arn, store: state.store, saved: state.saved,
                owner: state.kept?.owner)
        } catch let held as FileLockHeld {
            throw CommandFailure(.failed, "\(held.guarded) is in use by \(held.holder); \(remedy(for: held))")
        }
    }

    // MARK: Replaying

    private func replay(_ state: ReplayState, _ outlets: Outlets) async -> Result<StreamConsumer.End, any Error> {
        let bounds = state.beginning.bounds
        let plan = StreamConsumer.Plan(
            start: request.from.value.shardPosition, scope: request.scope(within: bounds),
            created: StreamCreation(now: stream.created, saved: state.saved.created),
            limits: assembly.limits(of: stream, bounds: bounds), commitInterval: settings.checkpoints.interval)
        let consumer = assembly.consumer(plan, outlets, store: state.store, saved: state.saved)
        let progress = ReplayProgress(
            ledger: assembly.ledger, observer: observer, span: span(bounds), isShown: !showsData)
        let (logger, stop) = (assembly.logger, stop)
        let outcome: Result<StreamConsumer.End, any Error>
        do {
            outcome = .success(
                try await progress.during {
                    var end = StreamConsumer.End.stopped
                    try await endingWithReader(logger) { end = try await consumer.run(until: { await stop.wait() }) }
                    return end
                })
        } catch {
            outcome = .failure(error)
        }
        await assembly.access.shutdown()
        return outcome
    }

    /// Whether a person sees the events themselves go by.
    private var showsData: Bool {
        isatty(STDOUT_FILENO) == 1
            && request.sinks.contains { if case .stdout = $0.kind { true } else { false } }
    }

    private func span(_ bounds: ReplayBounds) -> ReplayReckoning.Span {
        let from: Instant? = if case .time(let begin) = request.from.value { begin } else { nil }
        let until: Instant? = if case .time(let end) = bounds.others { end } else { nil }
        return ReplayReckoning.Span(from: from, until: until)
    }

    // MARK: After

    private func end(
        _ state: ReplayState, _ outcome: Result<StreamConsumer.End, any Error>, hasPending: Bool
    ) async throws {
        let end: StreamConsumer.End
        do {
            end = try outcome.get()
        } catch let recreated as RecreatedStream {
            if state.isResumed { throw ReplayState.streamReplaced(recreated.finding) }
            try await state.forsake(files)
            throw CommandFailure(
                .failed,
                "the checkpoints are of a stream that was deleted and created again (\(recreated.finding)): begin elsewhere "
                    + "in the new one")
        }
        if end == .replayed, !hasPending { return try await clearAway(state) }
        if state.kept != nil { StandardStream.tell("the same command goes on from here; --restart begins again") }
        if let signal = stop.signal { throw signal.exitCode }
        if hasPending { throw CommandFailure(.eventsPending, "events are still pending") }
    }

    /// The replay is done: doing it again begins again.
    private func clearAway(_ state: ReplayState) async throws {
        do {
            try await state.remove(files)
            if isKept { try FileDeadLetters.removeUnused(deadLetters) }
        } catch {
            throw CommandFailure(
                .failed,
                "all is replayed, but \(state.kept?.path ?? "its state") cannot be removed (\(error)): remove it, or use "
                    + "--restart to replay again")
        }
    }
}
