/// Consecutive events of one record that go to the same log stream.
///
/// Nothing is kept per event: events that cannot be sent are passed over by the same rule when a batch takes the rest.
package struct EventRun: Sendable {
    package let record: DecodedRecord
    /// Names the run to whoever queued it.
    var ticket = 0
    /// When it was queued, on the caller's clock.
    var arrived = Duration.zero
    /// Which of `record.events` no batch has taken yet.
    package internal(set) var events: Range<Int>
    /// Of those that are left and can be sent.
    package internal(set) var load: BatchLoad

    package init(record: DecodedRecord, events: Range<Int>, limits: BatchLimits) {
        self.record = record
        self.events = events
        var load = BatchLoad()
        for index in events {
            let event = record.events[index]
            if limits.refusal(of: event) == nil { load.add(event) }
        }
        self.load = load
    }
}
