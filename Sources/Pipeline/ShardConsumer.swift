private import AsyncAlgorithms
internal import Core

/// The tasks of one shard: one reads pages, one ahead at most, the other dispatches their records.
struct ShardConsumer: Sendable {
    let progress: ShardProgress
    let pulse: ShardPulse
    /// As it was last listed.
    let shard: Shard
    let position: ShardPosition
    /// The moment that is saved for LATEST.
    let latest: Instant?
    /// By when all that had arrived before `position` is settled, or not wanted, as far as that is known.
    let currentAt: Instant?
    /// How many shards start at about this moment.
    let startingTogether: Int
    let source: any RecordSource
    let listing: SharedListing
    let outlets: Outlets
    let limits: ConsumerLimits
    let memory: Memory
    let pool: TextPool
    let ledger: Ledger
    let telemetry: Telemetry
    let surroundings: Surroundings

    private struct Page: Sendable {
        let page: RecordPage
        /// How many gaps its first record ends.
        let gaps: Int
        let hold: MemoryHold
        /// When its poll began.
        let asked: Instant
    }

    enum End {
        /// With the children that its last page named, and the number of gaps that have no other side.
        case ofShard(children: [Shard], gaps: Int)
        /// `isFound`: whether the end that was asked for is in the stream.
        case ofReplay(isFound: Bool)
        /// The stream does not have the shard any more.
        case vanished
    }

    /// Reads until the shard's end or the bound of a replay, and returns when all that was read is dispatched.
    /// Throws `CancellationError`, or `SinkClosed` when a sink has gone.
    func run() async throws -> End {
        if bound?.isReached(at: position) ?? false { return ended(.ofReplay(isFound: true)) }
        telemetry.report(.shardStarted(progress.shard, at: position))
        let pages = AsyncChannel<Page>()
        let end = try await withThrowingTaskGroup(of: End?.self) { tasks in
            tasks.addTask { try await read(into: pages) }
            tasks.addTask {
                try await dispatch(pages)
                return nil
            }
            var end: End?
            for try await finished in tasks { end = finished ?? end }
            return end
        }
        guard let end else { preconditionFailure("reading ends with an end or throws") }
        return ended(end)
    }

    private func ended(_ end: End) -> End {
        switch end {
        case .ofShard(_, let gaps):
            var counts = LedgerCounts()
            counts.expired = gaps
            ledger.update { $0 += counts }
            progress.readToEnd(counts)
            telemetry.report(.shardEnded(progress.shard))
        case .ofReplay(let isFound):
            if let bound { telemetry.report(.replayed(progress.shard, until: bound, isFound: isFound)) }
        case .vanished: break
        }
        return end
    }

    private func dispatch(_ pages: AsyncChannel<Page>) async throws {
        defer { pages.finish() }
        var dispatcher = RecordDispatcher(
            progress: progress, pulse: pulse, outlets: outlets, records: memory.records, maxRecord: limits.maxRecord,
            pool: pool,
            ledger: ledger, telemetry: telemetry)
        for await page in pages {
            var gaps = page.gaps
            for record in page.page.records where bound?.includes(record) ?? true {
                try Task.checkCancellation()
                try await dispatcher.dispatch(record, of: page.page, endingGaps: gaps)
                gaps = 0
            }
            try await dispatcher.flush()
            tellReplayed(page.page, asked: page.asked)
        }
        try Task.checkCancellation()
    }

    private func read(into pages: AsyncChannel<Page>) async throws -> End {
        defer { pages.finish() }
        var reader = ShardReader(
            shard, from: position, latest: latest, currentAt: currentAt, retention: limits.retention, pace: limits.pace,
            startingTogether: startingTogether, at: surroundings.moment)
        var action = reader.action(at: surroundings.moment)
        var room: MemoryHold?
        var polled = surroundings.now()
        var children: [Shard] = []
        while true {
            pulse.reads(reader)
            switch action {
            case .wait(let duration):
                // Others can use the memory meanwhile. Not in short waits: its turn for memory may have taken long.
                if duration > limits.pace.idle { room = nil }
                try await surroundings.sleep(duration)
                action = reader.action(at: surroundings.moment)
            case .openIterator(let position):
                action = try await attempt(&reader) { reader in
                    let asked = surroundings.moment
                    let iterator = try await source.openIterator(shard.id, at: position)
                    return reader.opened(iterator, asked: asked)
                }
            case .poll(let iterator, let recordsMax, let replyBytes):
                if room?.bytes ?? 0 < min(replyBytes, memory.pages.total) {
                    room = nil
                    room = try await pulse.waiting(for: .pages) { try await memory.pages.reserve(replyBytes) }
                }
                polled = surroundings.now()
                action = try await attempt(&reader) { reader in
                    let asked = surroundings.moment
                    let page = try await source.poll(iterator, recordsMax: recordsMax, replyBytesMax: replyBytes)
                    return reader.polled(page, asked: asked)
                }
            case .handOver(let page, let gap):
                if let gap { telemetry.report(.gap(gap)) }
                if let current = reader.currentAt { progress.read(page.records.last?.sequence, at: current) }
                if let room {
                    try await handOver(page, endingGaps: gap == nil ? 0 : 1, room, asked: polled, to: pages)
                }
                room = nil
                if !page.children.isEmpty { children = page.children }
                if let end = endOfReplay(with: page, asked: polled) { return end }
                action = reader.handedOver(at: surroundings.moment)
            case .relist:
                action = try await attempt(&reader) { reader in
                    let listed = try await listing.shards()
                    return reader.listed(listed.first { $0.id == shard.id }, at: surroundings.moment)
                }
            case .end(let gap):
                if let gap { telemetry.report(.gap(gap)) }
                return .ofShard(children: children, gaps: gap == nil ? 0 : 1)
            case .vanished(let gap):
                telemetry.report(.gap(gap))
                return .vanished
            }
        }
    }

    private func handOver(
        _ page: RecordPage, endingGaps gaps: Int, _ hold: MemoryHold, asked: Instant, to pages: AsyncChannel<Page>
    ) async throws {
        hold.shrink(to: page.bytes.count)
        // An empty page tells how far a replay is, once the pages before it are dispatched.
        if !page.records.isEmpty || bound != nil {
            await pages.send(Page(page: page, gaps: gaps, hold: hold, asked: asked))
        }
        try Task.checkCancellation()
    }

    /// Calls Kinesis once. Whatever goes wrong is reported and tried again later; only cancellation ends it.
    private func attempt(
        _ reader: inout ShardReader, _ call: (inout ShardReader) async throws -> ShardReader.Action
    ) async throws -> ShardReader.Action {
        let failures = reader.failuresInARow
        do {
            let action = try await call(&reader)
            if failures > 0, reader.failuresInARow == 0 {
                telemetry.report(.readRecovered(shard.id, after: failures))
            }
            return action
        } catch {
            try Task.checkCancellation()
            let trouble = error as? ReadTrouble ?? ReadTrouble(.refused, "\(error)")
            let action = reader.failed(trouble.fault, at: surroundings.moment)
            let isFailure = reader.failuresInARow > failures
            telemetry.report(
                isFailure
                    ? .readFailed(shard.id, trouble, retryIn: action.pause) : .readForgiven(shard.id, trouble))
            return action
        }
    }
}

extension ShardReader.Action {
    /// How long nothing is done.
    fileprivate var pause: Duration {
        switch self {
        case .wait(let duration): duration
        case .openIterator, .poll, .handOver, .relist, .end, .vanished: .zero
        }
    }
}
