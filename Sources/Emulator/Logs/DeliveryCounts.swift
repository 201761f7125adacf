/// What became of a log group's events that its subscription filters matched, since the group was made.
package struct DeliveryCounts: Hashable, Sendable {
    /// Events that reached a stream, counted once for each filter that matched them.
    package internal(set) var events = 0
    package internal(set) var records = 0
    /// Events and records that the stream did not take, or that had nowhere to go. AWS retries these for a day; the
    /// emulator says that they are lost.
    package internal(set) var failedEvents = 0
    package internal(set) var failedRecords = 0

    static func += (left: inout DeliveryCounts, right: DeliveryCounts) {
        left.events += right.events
        left.records += right.records
        left.failedEvents += right.failedEvents
        left.failedRecords += right.failedRecords
    }
}
