import Signing

/// How far one endpoint's clock is from ours, learnt when it refuses a signature for its time.
struct ClockSkew: Hashable, Sendable {
    /// Kinesis takes signatures that are up to 5 minutes off. Below this a difference is no reason for a refusal.
    static let correctedFromMilliseconds: Int64 = 4 * 60_000

    /// Added to our time when we sign.
    private(set) var offsetMilliseconds: Int64 = 0

    func corrected(_ time: UTCTime) -> UTCTime { UTCTime(milliseconds: time.milliseconds + offsetMilliseconds) }

    /// The endpoint refused a signature in a way that a wrong clock may explain. Answers whether signing anew is worth
    /// one more try.
    ///
    /// `theirs` is the reply's Date, `ours` our uncorrected time at its arrival, `usedOffset` the correction that the
    /// refused signature was made with: another call may have learnt better meanwhile. A clock that was set right
    /// takes the correction back. `isSurelySkew` alone is worth a try, too: the machine may have slept before it sent.
    mutating func refused(theirs: UTCTime?, ours: UTCTime, usedOffset: Int64, isSurelySkew: Bool) -> Bool {
        guard let theirs else { return isSurelySkew }
        let measured = theirs.milliseconds - ours.milliseconds
        offsetMilliseconds = abs(measured) >= Self.correctedFromMilliseconds ? measured : 0
        return isSurelySkew || abs(offsetMilliseconds - usedOffset) >= Self.correctedFromMilliseconds
    }
}
