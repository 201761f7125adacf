import Core

// What is done once nothing more is read.
extension StreamConsumer {
    /// Lets every sink send what it holds, for a bounded time. Without one, after a replay's end, until a stop bounds it as
    /// well or a sink can send no more.
    func drain(
        for time: Duration?, _ stop: @escaping @Sendable () async -> Void, _ failure: FirstError
    ) async {
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
            if time == nil { group.addTask { _ = await failure.wait() } }
            await group.next()
            group.cancelAll()
        }
    }

    /// Commits until all that was read is settled and saved, however long a disk is full or a store out of reach. Throws
    /// `NotDurable`.
    func commitAll(until stop: @escaping @Sendable () async -> Void) async throws -> End {
        var attempts = 0
        while true {
            let delay = plan.limits.pace.backoff.delay(attempt: attempts, jitter: surroundings.jitter())
            do {
                try await committer.commit()
                if ledger.snapshot.recordsPending == 0 { return .replayed }
            } catch let error as NotDurable {
                throw error
            } catch {
                telemetry.report(.commitFailed(cause: "\(error)", retryIn: delay))
            }
            attempts += 1
            if await isStopped(within: delay, stop) { return .stopped }
        }
    }

    private func isStopped(within time: Duration, _ stop: @escaping @Sendable () async -> Void) async -> Bool {
        await withTaskGroup(of: Bool.self) { racers in
            defer { racers.cancelAll() }
            racers.addTask {
                await stop()
                return true
            }
            racers.addTask {
                // Only cancellation ends the wait early, which is a stop as well.
                do { try await surroundings.sleep(time) } catch { return true }
                return false
            }
            return await racers.next() ?? true
        }
    }
}
