private import Dispatch

/// What one thread does with one payload after the other.
protocol ThreadWork: SendableMetatype {
    /// Whether it could be done.
    func does(_ index: Int) -> Bool
}

/// Threads that walk through the same payloads, each with work of its own.
///
/// `@unchecked Sendable`: while threads run, each touches its own `works` and its own place of `sums` only.
final class ThreadedPasses<Work: ThreadWork>: @unchecked Sendable {
    private let lengths: [Int]
    private let works: [Work]
    private let sums: UnsafeMutableBufferPointer<Int>

    /// - Parameter lengths: What each payload counts.
    init(_ lengths: [Int], by works: [Work]) {
        self.lengths = lengths
        self.works = works
        sums = .allocate(capacity: works.count)
        sums.initialize(repeating: 0)
    }

    deinit { sums.deallocate() }

    /// What the threads get done together in a second.
    func bytesPerSecond(threads: Int, seconds: Double) -> Double {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            // Each begins elsewhere, so that they do not meet at the same payload.
            var next = lengths.count * thread / threads
            var sum = 0
            while clock.now < end {
                if works[thread].does(next) { sum += lengths[next] }
                next = (next + 1) % lengths.count
            }
            sums[thread] = sum
        }
        return Double(sums[..<threads].reduce(0, +)) / seconds
    }
}
