/// What a log group sink did since it was made.
package struct LogGroupTally: Hashable, Sendable {
    package var delivered = 0
    /// Their UTF-8 messages as CloudWatch Logs bills them: without escapes, with the overhead of each.
    package var deliveredBytes = 0
    package var deadLettered = 0
    /// Of PutLogEvents.
    package var calls = 0
    /// Calls of any kind that failed and are repeated.
    package var failures = 0
    /// Events that may be stored twice, because the answer to the call that carried them was lost.
    package var possibleRepeats = 0
}
