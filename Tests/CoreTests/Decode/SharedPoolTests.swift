import Core
import Foundation
import Testing

/// Held records on their way from the thread that decoded them to the one that drops them.
///
/// `@unchecked Sendable`: all that changes is reached only while the lock is held.
private final class Exchange: @unchecked Sendable {
    /// More than this are not on their way.
    private static let heldMax = 24

    private let lock = NSLock()
    private var held: [HeldRecord] = []
    private var mistakes: [String] = []

    /// Hands one in, for any other thread; takes another one out once there are many.
    func trade(_ record: HeldRecord, at place: Int) -> HeldRecord? {
        lock.withLock {
            held.append(record)
            return held.count > Self.heldMax ? held.remove(at: place % held.count) : nil
        }
    }

    func note(_ mistake: String?) {
        guard let mistake else { return }
        lock.withLock { mistakes.append(mistake) }
    }

    /// What went wrong, what is still on its way included. To be asked when all threads have ended.
    func end() -> [String] {
        let rest = lock.withLock { held }
        rest.forEach { note($0.change()) }
        return lock.withLock {
            held.removeAll()
            return mistakes
        }
    }
}

/// Several threads decode, each with a decoder of its own, and pass on what they decoded; all share one pool.
@Suite struct DecodersShareAPool {
    @Test(arguments: [0, 1 << 17, 16 << 20])
    func andRecordsAreDroppedAnywhere(retainedBytesMax: Int) {
        let pool = TextPool(retainedBytesMax: retainedBytesMax)
        let exchange = Exchange()
        let threads = DispatchGroup()
        for seed in UInt64(1)...6 {
            threads.enter()
            Thread.detachNewThread {
                Self.decodeAndTrade(seed, pool, exchange)
                threads.leave()
            }
        }
        threads.wait()
        #expect(exchange.end() == [])
        #expect(pool.retainedBytes <= retainedBytesMax)
    }

    private static func decodeAndTrade(_ seed: UInt64, _ pool: TextPool, _ exchange: Exchange) {
        var random = SplitMix(seed: seed)
        let decoder = RecordDecoder(pool: pool)
        for _ in 0..<100 {
            guard let known = PayloadStock.all.randomElement(using: &random) else { return }
            let (difference, record) = known.decode(by: decoder)
            exchange.note(difference)
            guard let record else { continue }
            let taken = exchange.trade(HeldRecord(record, of: known, by: &random), at: Int(random.next() >> 1))
            // It goes here, while the thread that decoded it does something else.
            exchange.note(taken?.change())
        }
    }
}
