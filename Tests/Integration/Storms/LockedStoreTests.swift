import Adapters
import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Another program keeps the store from being written while the daemon runs.
    @Suite struct LockedStoreTests {
        /// The daemon says so and catches up once it can; and what it could not save counts as not saved, so that a kill
        /// meanwhile costs and repeats nothing.
        @Test func whatCannotBeSavedIsNotTakenForSaved() async throws {
            let traffic = Traffic(logStreams: 2, records: 24, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.archive])
            try await Account.with { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                let first = try place.daemon(of: account)
                let one = try await Self.deliver(0..<8, of: traffic, to: place, account, by: first)
                try await eventually("it is saved", by: first) { try Self.saved(in: place) == one }

                let lock = try WriteLock(of: place.store)
                let two = try await Self.deliver(8..<16, of: traffic, to: place, account, by: first)
                try await eventually("the trouble is told", by: first) {
                    try place.logLines().contains {
                        $0.level == "error" && $0.message == "checkpoints cannot be saved, retrying"
                    }
                }
                lock.release()
                try await eventually("it is saved", by: first) { try Self.saved(in: place) == two }

                let again = try WriteLock(of: place.store)
                let three = try await Self.deliver(16..<24, of: traffic, to: place, account, by: first)
                try await first.kill()
                again.release()
                #expect(try Self.saved(in: place) == two)
                let second = try place.daemon(of: account)
                try await eventually("it is saved", by: second) { try Self.saved(in: place) == three }
                #expect(try await second.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.archive], of: account)
            }
        }

        /// Writes these records and waits until the files have them. Answers the checkpoint that they lead to.
        private static func deliver(
            _ records: Range<Int>, of traffic: Traffic, to place: Workplace, _ account: Account, by daemon: Program
        ) async throws -> Checkpoint? {
            var last: SequenceNumber?
            for record in records {
                last = try await account.put(traffic.payload(record), partitionKey: "any").sequence
            }
            let bytes = (0..<records.upperBound).flatMap(traffic.lines(ofRecord:)).reduce(0) { $0 + $1.utf8.count + 1 }
            try await eventually("the files have it", by: daemon) { place.deliveredBytes() == bytes }
            return last.map(Checkpoint.after)
        }

        /// Of the one shard.
        private static func saved(in place: Workplace) throws -> Checkpoint? {
            try SQLiteStateStore.readCheckpoints(path: place.store.path, scope: .init(stream: Account.stream.arn))
                .checkpoints.values.first
        }
    }
}

/// The lock that whoever writes into a store's write-ahead log holds, taken as another program takes it.
///
/// This process must not look into the store meanwhile: closing it would let go of the lock.
///
/// https://www.sqlite.org/walformat.html#wal_locks
private final class WriteLock {
    private static let place: off_t = 120

    private var descriptor: Int32

    init(of store: URL) throws {
        descriptor = open(store.path + "-shm", O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        var range = flock()
        (range.l_type, range.l_whence, range.l_start, range.l_len) = (Int16(F_WRLCK), Int16(SEEK_SET), Self.place, 1)
        // Waits for a commit that is under way.
        try #require(fcntl(descriptor, F_SETLKW, &range) == 0)
    }

    deinit { release() }

    func release() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }
}
