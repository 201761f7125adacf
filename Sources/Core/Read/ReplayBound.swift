/// Where a replay ends: at records that arrived later than a moment.
///
/// Arrival times do not rise strictly within a shard, so each record is judged by its own, and reading goes on until
/// a page's end is past the moment. An empty page is not the end while it is behind the tip.
package struct ReplayBound: Hashable, Sendable {
    package let until: Instant

    package init(until: Instant) { self.until = until }

    /// A record whose arrival Kinesis did not tell is included.
    package func includes(_ record: Record) -> Bool {
        record.arrival.map { $0 <= until } ?? true
    }

    /// Whether everything that arrived up to the bound is in this page or earlier ones. `now` is the wall clock.
    package func isReached(by page: RecordPage, now: Instant) -> Bool {
        guard page.next != nil else { return true }
        guard let behindLatest = page.behindLatest else {
            return page.records.last?.arrival.map { $0 > until } ?? false
        }
        return now.earlier(by: behindLatest) > until
    }
}
