import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Iterators and records expire while the services' clock is moved: what can still be read is read, and what cannot is told.
    @Suite struct ExpiryTests {
        /// Longer than an iterator lasts.
        private static let sixMinutes = Duration.seconds(360)
        /// Longer than the stream keeps records.
        private static let aDay = Duration.seconds(25 * 3600)

        /// Nothing was read when the only iterator expires, and the shard has grandchildren by then: LATEST and a time mean
        /// what they meant at the start, for that shard, and for those that came of it everything.
        @Test(arguments: ["latest", Clock.text(Clock.now)])
        func theStartIsWhereItWasWhenTheFirstIteratorExpires(start: String) async throws {
            let traffic = Traffic(logStreams: 4, records: 48, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive], start: start)
            let throttle = FaultRule(
                operation: "GetRecords", on: .always, effect: .refuse("ProvisionedThroughputExceededException"))
            try await Account.with({ $0.faults = [throttle] }) { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                let daemon = try place.daemon(of: account)
                try await eventually("the shard is polled", by: daemon) {
                    await account.emulator.strikes["\(throttle)"] ?? 0 > 0
                }
                for generation in 0..<3 {
                    try await account.put(traffic, records: 8 * generation..<8 * generation + 8)
                    try await account.emulator.updateShardCount(of: Account.stream, to: 2 << generation)
                }
                account.emulator.advanceClock(by: Self.sixMinutes)
                await account.emulator.liftFaults()
                // From here on every iterator expires before it is used again.
                for record in 24..<traffic.records {
                    try await account.put(traffic, records: record..<record + 1, pause: .milliseconds(50))
                    account.emulator.advanceClock(by: Self.sixMinutes)
                }
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
            #expect(
                try place.failedCalls.contains(.init(operation: "GetRecords", code: "ExpiredIteratorException")))
        }

        /// The daemon was down for longer than the stream keeps records. Whether Kinesis refuses the old position or serves the
        /// oldest record there is, reading goes on there.
        @Test(arguments: KinesisRules.OldPositions.allCases)
        func aCheckpointOlderThanTheRetentionGoesOnAtTheOldestRecord(
            manners: KinesisRules.OldPositions
        ) async throws {
            let traffic = Traffic(logStreams: 1, records: 12, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.archive])
            try await Account.with({ $0.kinesis.oldPositions = manners }) { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                let first = try place.daemon(of: account)
                try await account.put(traffic, records: 0..<4)
                let before = (0..<4).flatMap(traffic.lines(ofRecord:)).map { $0 + "\n" }.joined()
                try await eventually("a third is delivered", by: first) { place.deliveredBytes() == before.utf8.count }
                #expect(try await first.stop() == .exited(0))

                try await account.put(traffic, records: 4..<8)
                account.emulator.advanceClock(by: Self.aDay)
                try await account.put(traffic, records: 8..<12)
                let expected = before + (8..<12).flatMap(traffic.lines(ofRecord:)).map { $0 + "\n" }.joined()
                let second = try place.daemon(of: account)
                try await eventually("what is left is delivered", by: second) {
                    place.deliveredBytes() == expected.utf8.count
                }
                #expect(try await second.stop() == .exited(0))
                try place.expectFiles([traffic.path(0): Array(expected.utf8)])
            }
            let word = try place.lastWord()
            #expect(word["records-read"] == 8 && word["records-delivered"] == 8 && word["records-pending"] == 0)
            // Served without a word, only the daemon's own clock could tell, and that was not moved.
            let gaps = try place.logLines().filter {
                $0.level == "warning" && $0.message == "records may have expired before they were read"
            }
            if manners == .refused {
                #expect(gaps.count == 1)
                #expect(gaps.first?.metadata["position"]?.isEmpty == false)
                #expect(gaps.first?.metadata["resumed-at"]?.isEmpty == false)
            }
        }
    }
}
