internal import Core
internal import Pipeline

/// Shows how a replay goes while it does.
struct ReplayProgress: Sendable {
    private static let interval = Duration.milliseconds(200)

    let ledger: Ledger
    let observer: ReplayObserver
    let span: ReplayReckoning.Span
    /// Not beside data on the same terminal.
    let isShown: Bool

    func during<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                if isShown { await show() }
                return nil
            }
            defer { group.cancelAll() }
            while let finished = try await group.next() {
                if let value = finished { return value }
            }
            preconditionFailure("the work ends with a value or throws")
        }
    }

    private func show() async {
        let line = ProgressLine()
        let (start, earlier) = (ContinuousClock.now, ledger.snapshot.eventsRead)
        var first: ReplayReckoning.Milestone?
        while !Task.isCancelled {
            let elapsed = start.duration(to: .now)
            let reckoning = ReplayReckoning(
                ledger.snapshot, earlier: earlier, shards: Array(observer.sights.shards.values), span: span,
                elapsed: elapsed, first: first)
            if first == nil, let share = reckoning.share { first = .init(share: share, at: elapsed) }
            line.show { columns in columns.map(reckoning.bar) ?? reckoning.line }
            // Only the end of the work ends the wait early, and that ends the showing.
            do { try await Task.sleep(for: Self.interval) } catch { break }
        }
        line.end()
    }
}
