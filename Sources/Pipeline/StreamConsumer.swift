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
    /// committed; what is pending then will be read again. After a replay's end the sinks have all the time they need,
    /// after a stop `drainTime`. `ready` is called once, when the stream was found.
    ///
    /// Throws `SinkClosed`, or what the last commit threw.
    package func run(
        until stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void = {}
    ) async throws {
        let (errors, error) = AsyncStream.makeStream(of: (any Error).self)
        var outcome = await withTaskGroup(of: Void.self) { background in
            for sink in outlets.sinks {
                background.addTask { do { try await sink.run() } catch let cause { error.yield(cause) } }
            }
            // Goes on while sinks drain: what a files sink took is settled by a commit and by nothing else.
            background.addTask {
                do { try await committer.run(every: plan.commitInterval) } catch let cause { error.yield(cause) }
            }
            defer { background.cancelAll() }
            return await readAndDrain(until: stop, ready: ready, errors)
        }
        do {
            try await committer.commit()
        } catch {
            if case .success = outcome { outcome = .failure(error) }
        }
        try outcome.get()
    }

    enum End {
        case stopped, replayed
    }

    private func readAndDrain(
        until stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void,
        _ errors: AsyncStream<any Error>
    ) async -> Result<Void, any Error> {
        do {
            let end = try await readUntil(stop, ready: ready, errors)
            await drain(for: end == .replayed ? nil : plan.drainTime, stop)
            return .success(())
        } catch {
            await drain(for: plan.drainTime, stop)
            return .failure(error)
        }
    }

    /// Reads. The first to return or throw decides; the others are cancelled and waited for.
    private func readUntil(
        _ stop: @escaping @Sendable () async -> Void, ready: @escaping @Sendable () -> Void,
        _ errors: AsyncStream<any Error>
    ) async throws -> End {
        try await withThrowingTaskGroup(of: End.self) { racers in
            defer { racers.cancelAll() }
            racers.addTask { try await readAll(ready: ready) }
            racers.addTask {
                await stop()
                return .stopped
            }
            racers.addTask {
                for await error in errors { throw error }
                throw CancellationError()
            }
            guard let first = try await racers.next() else { preconditionFailure("a race without racers") }
            return first
        }
    }

    /// Lets every sink send what it holds, for a bounded time; a replay that is stopped now is bounded as well.
    private func drain(for time: Duration?, _ stop: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await withDiscardingTaskGroup { drains in
                    for sink in outlets.sinks { drains.addTask { await sink.drain() } }
                }
            }
            group.addTask {
                if time == nil { await stop() }
                // Only cancellation ends the wait early, and then the drains are over.
                try? await surroundings.sleep(time ?? plan.drainTime)
            }
            await group.next()
            group.cancelAll()
        }
    }
}
