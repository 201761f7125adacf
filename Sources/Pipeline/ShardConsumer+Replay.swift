internal import Core

// The end of a replay in one shard.
extension ShardConsumer {
    /// `nil` for the daemon, which has no end.
    var bound: ReplayBound? { limits.bounds?[progress.shard] }

    /// Whether a page is the end of a replay. `asked` is when the page's poll began: how long the page has waited since moves
    /// no tip.
    func endOfReplay(with page: RecordPage, asked: Instant) -> End? {
        switch bound?.verdict(on: page, of: shard, now: asked) {
        case .goesOn, nil: nil
        case .reached: .ofReplay(isFound: true)
        case .beyondTheTip: .ofReplay(isFound: false)
        }
    }

    /// Tells how far a replay has come with a page that is dispatched.
    func tellReplayed(_ page: RecordPage, asked: Instant) {
        guard let bound else { return }
        telemetry.report(
            .pageReplayed(
                progress.shard, records: page.records.count { bound.includes($0) }, from: page.records.first?.arrival,
                upTo: page.behindLatest.map { asked.earlier(by: $0) } ?? page.records.last?.arrival))
    }
}

extension StreamConsumer.Plan {
    /// By when a replay from a time has all that it wants of what came before: what arrived later and has expired since is
    /// missed. Nothing can have before the stream was created.
    func currentAt(_ position: ShardPosition) -> Instant? {
        guard limits.bounds != nil, case .atTime(let begin) = position else { return nil }
        return max(begin, created.now ?? begin)
    }
}
