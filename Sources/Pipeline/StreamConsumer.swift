package import Core

/// Reads a stream and delivers it: the daemon's main job, and a replay's.
package struct StreamConsumer: Sendable {
    package struct Plan: Sendable {
        /// For a stream never seen before, that is one without any checkpoint.
        package let start: ShardPosition
        /// Which shards, and whether those that come of them by resharding.
        package let scope: ShardTree.Scope
        /// When the stream was created, now and as it was saved.
        package let created: StreamCreation
        package let limits: ConsumerLimits
        package let commitInterval: Duration
        /// How long a stop waits for sinks to send what they hold.
        package let drainTime: Duration

        package init(
            start: ShardPosition, scope: ShardTree.Scope = .all, created: StreamCreation = StreamCreation(),
            limits: ConsumerLimits, commitInterval: Duration = .seconds(1), drainTime: Duration = .seconds(5)
        ) {
            self.start = start
            self.scope = scope
            self.created = created
            self.limits = limits
            self.commitInterval = commitInterval
            self.drainTime = drainTime
        }
    }

    let plan: Plan
    let source: any RecordSource
    let outlets: Outlets
    let committer: Committer
    let memory: Memory
    let ledger: Ledger
    let telemetry: Telemetry
    let health: HealthBoard
    let surroundings: Surroundings
    let pool = TextPool()

    /// `saved` is what `store` loaded. `health` is told how it goes; without, nobody asks.
    package init(
        plan: Plan, source: any RecordSource, outlets: Outlets, store: any StateStore,
        saved: SavedState, memory: Memory, ledger: Ledger, telemetry: Telemetry,
        health: HealthBoard? = nil, surroundings: Surroundings
    ) {
        self.plan = plan
        self.source = source
        self.outlets = outlets
        committer = Committer(
            store: store, saved: saved, outlets: outlets, telemetry: telemetry, surroundings: surroundings)
        self.memory = memory
        self.ledger = ledger
        self.telemetry = telemetry
        self.health =
            health
            ?? HealthBoard(
                rule: .standard, sinks: outlets.sinks.map(\.name), ledger: ledger, surroundings: surroundings)
        self.health.follow(committer)
        self.surroundings = surroundings
    }

    /// Runs until `stop` returns, a sink is closed for good, or, with a bound, all is replayed.
    ///
    /// Whichever way it ends, reading stops first, then the sinks send what they hold, then what is settled is
    /// committed; what is pending then will be read again. After a replay's end the sinks and the last commit have all the
    /// time they need, after a stop `drainTime` and one attempt. `ready` is called once, when the stream was found.
    ///
    /// Throws `SinkClosed`, what ended a sink's own work, or what the last commit threw.
    @discardableResult
    package func run(
        until stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void = {}
    ) async throws -> End {
        let failure = FirstError()
        let outcome = await withTaskGroup(of: Void.self) { background in
            for sink in outlets.sinks {
                background.addTask { do { try await sink.run() } catch { failure.tell(error) } }
            }
            // Goes on while sinks drain: what a files sink took is settled by a commit and by nothing else.
            background.addTask {
                do { try await committer.run(every: plan.commitInterval) } catch { failure.tell(error) }
            }
            defer { background.cancelAll() }
            return await readAndDrain(until: stop, ready: ready, failure)
        }
        switch outcome {
        case .success(.replayed): return try await commitAll(until: stop)
        case .success(.stopped): try await committer.commit()
        // What failed first is told.
        case .failure: try? await committer.commit()
        }
        return try outcome.get()
    }

    package enum End: Hashable, Sendable {
        /// Before the end that a replay has.
        case stopped
        /// All is delivered or dead-lettered, and saved.
        case replayed
    }

    private func readAndDrain(
        until stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void,
        _ failure: FirstError
    ) async -> Result<End, any Error> {
        do {
            let end = try await readUntil(stop, ready: ready, failure)
            await drain(for: end == .replayed ? nil : plan.drainTime, stop, failure)
            // A sink whose work has ended settles nothing more, and a replay waits for all of it.
            if end == .replayed, let error = failure.error { return .failure(error) }
            return .success(end)
        } catch {
            await drain(for: plan.drainTime, stop, failure)
            return .failure(error)
        }
    }

    /// Reads. The first to return or throw decides; the others are cancelled and waited for.
    private func readUntil(
        _ stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void,
        _ failure: FirstError
    ) async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { racers in
            defer { racers.cancelAll() }
            racers.addTask { try await readAll(ready: ready) }
            racers.addTask {
                await stop()
                return .stopped
            }
            racers.addTask {
                throw await failure.wait() ?? CancellationError()
            }
            guard let first = try await racers.next() else { preconditionFailure("a race without racers") }
            return first
        }
    }
}
