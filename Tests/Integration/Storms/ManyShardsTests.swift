import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// More shards than one page of ListShards tells.
    @Suite struct ManyShardsTests {
        private static let shards = 1001

        /// Two records in each shard and one more for the last shard's log stream, which only the second page names.
        @Test func aThousandAndOneShardsAreReadInBoundedMemory() async throws {
            let traffic = Traffic(logStreams: Self.shards, records: 2 * Self.shards, eventsPerRecord: 2)
            let place = try Workplace()
            try place.write(sinks: [.archive], memory: "64MiB", maxRecord: "16MiB")
            try await Account.with { account in
                try await account.fill(traffic, shards: Self.shards, below: place.directory)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered", by: daemon, lookingEvery: .milliseconds(200)) {
                    await place.has(traffic, in: [.archive], of: account)
                }
                let peak = try daemon.peakMemory()
                print("many shards test: the daemon's memory was at most \(peak >> 20) MiB")
                // What it holds of the stream is bounded by the setting; the program, its shards and files come on top.
                #expect(peak < 256 << 20)
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.archive], of: account)
            }
        }
    }
}
