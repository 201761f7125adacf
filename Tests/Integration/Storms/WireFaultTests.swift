import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Whatever happens to answers on their way, what they were about is asked or sent again.
    @Suite struct WireFaultTests {
        /// Each spoils an answer in its own way; the last one withholds it until the rule is lifted.
        private static let effects: [FaultRule.Effect] = [
            .cutOff, .reset, .truncated, .empty, .html(status: 502), .drip(bytesPerSecond: 20_000), .stall,
        ]

        @Test(arguments: ["cbor", "json"]) func noAnswerIsBelievedBeforeItIsWhole(way: String) async throws {
            let traffic = Traffic(logStreams: 8, records: 120, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive], recordsProtocol: way)
            let rules = Self.rules
            try await Account.with({ $0.faults = rules }) { account in
                try await account.emulator.createStream(Account.stream, shards: 4)
                let daemon = try place.daemon(of: account)
                try await account.put(traffic, records: 0..<traffic.records, pause: .milliseconds(20))
                try await eventually("every fault was met", by: daemon) {
                    let strikes = await account.emulator.strikes
                    return rules.allSatisfy { strikes["\($0)"] == 1 }
                }
                await account.emulator.liftFaults()
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
        }

        private static var rules: [FaultRule] {
            let lists = effects.dropLast().enumerated().map { call($0 + 1, of: "ListShards", $1) }
            let iterators = effects.dropLast().enumerated().map { call($0 + 1, of: "GetShardIterator", $1) }
            // In the midst of reading, with good answers between them.
            let polls = effects.enumerated().map { call(3 * $0 + 2, of: "GetRecords", $1) }
            // Not earlier: the first calls find no log streams, and only an answer that is no error is spoiled.
            let puts = effects.dropLast().enumerated().map { call($0 + 17, of: "PutLogEvents", $1) }
            return lists + iterators + polls + puts
        }

        private static func call(_ number: Int, of operation: String, _ effect: FaultRule.Effect) -> FaultRule {
            FaultRule(operation: operation, calls: number...number, effect: effect)
        }
    }
}
