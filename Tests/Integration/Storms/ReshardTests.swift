import Adapters
import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Shards split and merge while records come, calls fail and the daemon goes down and up; and each event is delivered.
    @Suite struct ReshardTests {
        private enum Act {
            /// Brings the stream to so many shards.
            case reshard(Int)
            /// Ends the daemon by a signal, reshards while nobody reads, and starts another.
            case restart(by: Int32, resharding: [Int])
        }

        /// Splits of all shards and merges of all, up to three generations between two lists of shards.
        private static let acts: [Act] = [
            .reshard(4), .reshard(8), .restart(by: SIGKILL, resharding: []),
            .restart(by: SIGTERM, resharding: [4, 2, 4]), .reshard(2),
        ]

        @Test func generationsOfShardsUnderLoadFaultsAndKills() async throws {
            let traffic = Traffic(logStreams: 16, records: 480, eventsPerRecord: 10)
            let seed = UInt64.random(in: .min ... .max)
            print("reshard test: seed \(seed)")
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let storm: (inout EmulatorSettings) -> Void = { settings in
                settings.seed = seed
                settings.faults = Self.faults
                settings.kinesis.scalingsPerDayMax = nil
                settings.kinesis.emptyPageEvery = 3
            }
            try await Account.with(storm) { account in
                try await account.emulator.createStream(Account.stream, shards: 2)
                async let writing: Void = account.put(traffic, records: 0..<traffic.records, pause: .milliseconds(5))
                var daemon = try place.daemon(of: account)
                for (number, act) in Self.acts.enumerated() {
                    let bytes = traffic.fileBytes * number / Self.acts.count / 2
                    try await eventually("\(bytes) bytes are in files", by: daemon) { place.deliveredBytes() >= bytes }
                    try await Self.perform(act, &daemon, in: place, of: account, traffic)
                }
                try await writing
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
        }

        /// Of three calls of reading about one fails, and of ten calls of writing one: in ways that pass by themselves.
        private static let faults: [FaultRule] =
            [
                .refuse("ProvisionedThroughputExceededException"), .refuse("InternalFailure", 500),
                .refuse("ServiceUnavailable", 503), .refuse("ExpiredIteratorException"), .cutOff, .reset, .truncated,
            ].map { FaultRule(operation: "GetRecords", on: .percent(5), effect: $0) }
            + ["GetShardIterator", "ListShards"].flatMap { operation in
                [.refuse("LimitExceededException"), .refuse("InternalFailure", 500), .reset].map {
                    FaultRule(operation: operation, on: .percent(10), effect: $0)
                }
            }
            + [.refuse("ThrottlingException"), .reset].map {
                FaultRule(operation: "PutLogEvents", on: .percent(5), effect: $0)
            }

        private static func perform(
            _ act: Act, _ daemon: inout Program, in place: Workplace, of account: Account, _ traffic: Traffic
        ) async throws {
            switch act {
            case .reshard(let shards):
                try await reshard(to: shards, account, traffic)
            case .restart(let signal, let generations):
                await daemon.signal(signal)
                let ending = try await daemon.ended()
                #expect(ending == (signal == SIGKILL ? .killed(SIGKILL) : .exited(0)))
                for shards in generations { try await reshard(to: shards, account, traffic) }
                daemon = try place.daemon(of: account)
            }
        }

        /// Returns when the new shards have had records, where there still are some to come.
        private static func reshard(to shards: Int, _ account: Account, _ traffic: Traffic) async throws {
            let before = await account.emulator.recordsWritten(to: Account.stream) ?? 0
            try await account.emulator.updateShardCount(of: Account.stream, to: shards)
            try await eventually("records come") {
                let now = await account.emulator.recordsWritten(to: Account.stream) ?? 0
                return now >= min(before + 8, traffic.records)
            }
        }

        /// All that the parent has is read and in the files, but a log group does not take it: so the parent has not ended, its
        /// children wait, and neither a kill nor the sink's return changes the order.
        @Test func aSinkThatIsDownHoldsBackTheChildren() async throws {
            let traffic = Traffic(logStreams: 2, records: 24, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let outage = FaultRule(
                operation: "PutLogEvents", on: .always, effect: .refuse("ServiceUnavailableException", 503))
            try await Account.with({ $0.faults = [outage] }) { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                let first = try place.daemon(of: account)
                try await account.put(traffic, records: 0..<8)
                try await account.emulator.updateShardCount(of: Account.stream, to: 2)
                try await account.put(traffic, records: 8..<16)
                try await eventually("the parent is read to its end", by: first) {
                    try place.logLines().contains { $0.message == "shard read to its end" }
                }
                try await first.kill()
                #expect(try Set(place.logLines().filter { $0.message == "reading shard" }.map(\.shard)).count == 1)
                #expect(try !Self.saved(in: place).values.contains(.shardEnd))

                await account.emulator.liftFaults()
                let second = try place.daemon(of: account)
                try await account.emulator.updateShardCount(of: Account.stream, to: 1)
                try await account.put(traffic, records: 16..<24)
                try await eventually("all is delivered", by: second) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await second.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
            #expect(try Self.saved(in: place).values.count { $0 == .shardEnd } == 3)
        }

        private static func saved(in place: Workplace) throws -> [ShardID: Checkpoint] {
            try SQLiteStateStore.readCheckpoints(path: place.store.path, scope: .init(stream: Account.stream.arn))
                .checkpoints
        }
    }
}

extension Workplace.LogLine {
    fileprivate var shard: String { metadata["shard"] ?? "" }
}
