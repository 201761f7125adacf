import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// What a shard gives to its readers is kept to by plan: an emulator that counts finds nothing to refuse.
    @Suite struct AllowanceTests {
        /// Almost a full page in each of two shards, which is followed by seconds in which Kinesis would refuse the next call. At
        /// three quarters of the rate no delay on the way can bring two calls too close together.
        @Test func fullPagesAreReadWithoutACollision() async throws {
            let traffic = Traffic(
                logStreams: 2, records: 20, eventsPerRecord: 10, padding: String(repeating: " and so on", count: 9000))
            let place = try Workplace()
            try place.write(sinks: [.archive], shardRate: "1536KiB")
            try await Account.with({ $0.kinesis.limitsReads = true }) { account in
                let payloads = (0..<traffic.records).map { Gzip.compressed(traffic.document($0), level: 0) }
                #expect(payloads.reduce(0) { $0 + $1.count } / 2 > 8 << 20)
                try await account.fill(payloads, shards: 2, below: place.directory)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.archive], of: account)
            }
            // The first page is longer than what a new reader has room for: that is asked for again, and no other call fails.
            #expect(try place.failures.subtracting(["Unreachable"]) == [])
        }
    }
}
