/// Calls that a shard takes in any one second.
struct CallAllowance: Sendable {
    /// https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
    static let callsPerSecond = 5

    /// When the calls of the last second came, oldest first.
    private var calls: [Int64] = []

    /// Counts a call at `now` (ms), or refuses it.
    mutating func admit(at now: Int64) -> Bool {
        calls.removeAll { $0 <= now - 1000 }
        guard calls.count < Self.callsPerSecond else { return false }
        calls.append(now)
        return true
    }
}

/// What a shard lets its polling readers have, all of them together.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
struct ReadAllowance: Sendable {
    /// AWS says 2 MB, and that a page of 10 MB is followed by 5 seconds without.
    static let bytesPerSecond = 2 * 1024 * 1024

    private var calls = CallAllowance()
    private var served: [(at: Int64, bytes: Int)] = []
    /// No call is taken before.
    private var pausedUntil: Int64 = .min

    /// Counts a call at `now` (ms), or refuses it.
    mutating func admit(at now: Int64) -> Bool {
        served.removeAll { $0.at <= now - 1000 }
        guard now >= pausedUntil, served.reduce(0, { $0 + $1.bytes }) < Self.bytesPerSecond else { return false }
        return calls.admit(at: now)
    }

    /// Counts what an admitted call was answered with. A page above one second's share is paid for by a pause.
    mutating func spent(_ bytes: Int, at now: Int64) {
        guard bytes > 0 else { return }
        served.append((now, bytes))
        if bytes > Self.bytesPerSecond { pausedUntil = now + Int64(bytes) * 1000 / Int64(Self.bytesPerSecond) }
    }
}
