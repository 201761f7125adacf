/// Why a sink did not take an event although the call itself was taken. Such an event becomes a dead letter.
package enum Rejection: String, CaseIterable, Sendable {
    /// Older than the 14 days that CloudWatch Logs takes.
    case tooOld = "too-old"
    /// More than two hours ahead of the clock of CloudWatch Logs.
    case tooNew = "too-new"
    /// Older than the retention of the log group.
    case expired
    /// Larger than the sink takes.
    case tooBig = "too-big"
    /// Refused by itself, whatever it was sent with.
    case refused
}
