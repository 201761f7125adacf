private import AsyncAlgorithms
internal import Core

/// The tasks of one shard: one reads pages, one ahead at most, the other dispatches their records.
struct ShardConsumer: Sendable {
    let progress: ShardProgress
    let position: ShardPosition
    let source: any RecordSource
    let outlets: Outlets
    let limits: ConsumerLimits
    let memory: Memory
    let pool: TextPool
    let ledger: Ledger
    let telemetry: Telemetry
    let surroundings: Surroundings

    private struct Page: Sendable {
        let page: RecordPage
        let hold: MemoryHold
    }

    enum End {
        case ofShard, ofReplay
    }

    /// Reads until the shard's end or the bound of a replay, and returns when all that was read is dispatched.
    /// Throws `CancellationError`, or `SinkClosed` when a sink has gone.
    func run() async throws -> End {
        telemetry.report(.shardStarted(progress.shard, at: position))
        let pages = AsyncChannel<Page>()
        let end = try await withThrowingTaskGroup(of: End?.self) { tasks in
            tasks.addTask { try await read(into: pages) }
            tasks.addTask {
                try await dispatch(pages)
                return nil
            }
            var end = End.ofReplay
            for try await finished in tasks { end = finished ?? end }
            return end
        }
        switch end {
        case .ofReplay: break
        case .ofShard:
            progress.readToEnd()
            telemetry.report(.shardEnded(progress.shard))
        }
        return end
    }

    private func dispatch(_ pages: AsyncChannel<Page>) async throws {
        defer { pages.finish() }
        var dispatcher = RecordDispatcher(
            progress: progress, outlets: outlets, records: memory.records, maxRecord: limits.maxRecord, pool: pool,
            ledger: ledger, telemetry: telemetry)
        for await page in pages {
            for record in page.page.records where limits.bound?.includes(record) ?? true {
                try Task.checkCancellation()
                try await dispatcher.dispatch(record, of: page.page)
            }
            try await dispatcher.flush()
        }
        try Task.checkCancellation()
    }

    private func read(into pages: AsyncChannel<Page>) async throws -> End {
        defer { pages.finish() }
        var reader = ShardReader(from: position, pace: limits.pace)
        var action = reader.action
        while true {
            let started = surroundings.uptime()
            switch action {
            case .openIterator(let position):
                action = try await attempt(&reader) { reader in
                    let asked = surroundings.now()
                    let iterator = try await source.openIterator(progress.shard, at: position)
                    return reader.opened(iterator, at: asked)
                }
            case .poll(let iterator, let replyBytes):
                let hold = try await memory.pages.reserve(replyBytes)
                action = try await attempt(&reader) { reader in
                    let outcome = try await source.poll(iterator, replyBytesMax: replyBytes)
                    return polled(outcome, &reader)
                }
                guard case .handOver(let page) = action else { continue }
                hold.shrink(to: page.bytes.count)
                if !page.records.isEmpty { await pages.send(Page(page: page, hold: hold)) }
                try Task.checkCancellation()
                if let bound = limits.bound, bound.isReached(by: page, now: surroundings.now()) {
                    return page.next == nil ? .ofShard : .ofReplay
                }
                action = reader.handedOver(took: surroundings.uptime() - started)
            case .handOver: preconditionFailure("handed over where it was polled")
            case .wait(let duration):
                try await surroundings.sleep(duration)
                action = reader.action
            case .end: return .ofShard
            }
        }
    }

    private func polled(_ outcome: PollOutcome, _ reader: inout ShardReader) -> ShardReader.Action {
        switch outcome {
        case .page(let page): return reader.polled(page)
        case .replyTooLarge: return reader.replyTooLarge(jitter: surroundings.jitter())
        case .throttled:
            let action = reader.throttled(jitter: surroundings.jitter())
            if case .wait(let delay) = action { telemetry.report(.readThrottled(progress.shard, retryIn: delay)) }
            return action
        case .iteratorExpired:
            telemetry.report(.iteratorExpired(progress.shard))
            return reader.iteratorExpired()
        }
    }

    /// Calls Kinesis once. Whatever goes wrong is reported and tried again later; only cancellation ends it.
    private func attempt(
        _ reader: inout ShardReader, _ call: (inout ShardReader) async throws -> ShardReader.Action
    ) async throws -> ShardReader.Action {
        let failures = reader.failuresInARow
        do {
            let action = try await call(&reader)
            if failures > 0, reader.failuresInARow == 0 {
                telemetry.report(.readRecovered(progress.shard, after: failures))
            }
            return action
        } catch {
            try Task.checkCancellation()
            let action = reader.failed(jitter: surroundings.jitter())
            if case .wait(let delay) = action {
                telemetry.report(.readFailed(progress.shard, cause: "\(error)", retryIn: delay))
            }
            return action
        }
    }
}
