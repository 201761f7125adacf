import Foundation

enum Clock {
    /// Milliseconds since 1970.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// `2026-11-20T10:00:00.123Z`.
    static func text(_ time: Int64) -> String {
        let second = Date(timeIntervalSince1970: Double(time / 1000)).formatted(.iso8601)
        return "\(second.dropLast()).\(String(time % 1000 + 1000).dropFirst())Z"
    }
}
