private import Glibc

/// What this thread spent on a processor, user and system together.
enum CPUTime {
    static func ofThread() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    static func spent(_ work: () throws -> Void) rethrows -> Double {
        let began = ofThread()
        try work()
        return ofThread() - began
    }
}

extension [Double] {
    /// The middle one, or the mean of the two in the middle. There must be one.
    var median: Double {
        let ordered = sorted()
        return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
    }
}
