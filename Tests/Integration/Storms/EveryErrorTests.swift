import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Every error that reading can be answered with is met once, and costs no record.
    @Suite struct EveryErrorTests {
        /// What Kinesis has, and words of what stands between.
        private static let effects =
            FaultRule.Effect.everyKinesisError + [
                .refuse("BadGateway", 502), .refuse("GatewayTimeout", 504), .refuse("AccessDenied", 403),
            ]

        private static let operations = ["GetShardIterator", "GetRecords", "ListShards"]

        /// Enough that every fault meets a shard of its own: what a person has to mend is tried again after a minute at
        /// most, and that minute passes for all of them at once.
        private static let shards = 96

        @Test func everyErrorOfEveryCallOfReadingCostsNoRecord() async throws {
            let traffic = Traffic(logStreams: Self.shards, records: 2 * Self.shards, eventsPerRecord: 5)
            let place = try Workplace()
            try place.write(sinks: [.archive])
            let faults = Self.rules(for: "GetShardIterator") + Self.rules(for: "GetRecords")
            try await Account.with({ $0.faults = faults }) { account in
                try await account.emulator.createStream(Account.stream, shards: Self.shards)
                try await account.put(traffic, records: 0..<Self.shards)
                let daemon = try place.daemon(of: account)
                try await eventually("every iterator and poll has failed", by: daemon) {
                    await Self.haveStruck(faults, account)
                }
                // What is left of the shards is split, and no last page names a child: each asks for the list of shards.
                let lists = Self.rules(for: "ListShards")
                let lastPages = FaultRule(operation: "GetRecords", on: .always, effect: .lastPage(.noChildren))
                await account.emulator.inject(lists + [lastPages])
                try await account.emulator.updateShardCount(of: Account.stream, to: 2 * Self.shards)
                try await account.put(traffic, records: Self.shards..<traffic.records)
                try await eventually("every list has failed", by: daemon) { await Self.haveStruck(lists, account) }
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.archive], of: account)
            }
            let expected = Self.operations.flatMap { operation in
                Self.effects.compactMap(\.code).map { Workplace.FailedCall(operation: operation, code: $0) }
            }
            #expect(Set(expected).subtracting(try place.failedCalls) == [])
        }

        /// The first call of an operation fails in the first way, the second in the second, and so on.
        private static func rules(for operation: String) -> [FaultRule] {
            effects.enumerated().map { FaultRule(operation: operation, calls: $0 + 1...$0 + 1, effect: $1) }
        }

        private static func haveStruck(_ rules: [FaultRule], _ account: Account) async -> Bool {
            let strikes = await account.emulator.strikes
            return rules.allSatisfy { strikes["\($0)"] == 1 }
        }
    }
}
