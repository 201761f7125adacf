/// Why a sink did not take an event, in the words of a dead letter.
package enum Rejection: String, CaseIterable, Hashable, Sendable {
    /// Older than CloudWatch Logs takes.
    case tooOld = "too-old"
    /// Too far ahead of AWS's clock.
    case tooNew = "too-new"
    /// Older than the log group's retention.
    case expired
    /// Larger than one event may be.
    case tooBig = "too-big"
    /// AWS refused it by itself, for a reason of its own.
    case refused
}
