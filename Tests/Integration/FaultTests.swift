import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// AWS fails in every way that its pages name, and everything is delivered nevertheless.
    @Suite struct FaultTests {
        @Test func everyFaultOfWritingCostsNoEvent() async throws {
            let traffic = Traffic(logStreams: 4, records: 80, eventsPerRecord: 20)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let effects: [FaultRule.Effect] = [
                .refuse("ThrottlingException"), .refuse("InternalFailure", 500),
                .refuse("ServiceUnavailableException", 503),
            ]
            var rules = effects.enumerated().map { index, effect in
                FaultRule(operation: "PutLogEvents", calls: 2 * index + 1...2 * index + 1, effect: effect)
            }
            // Not earlier: the first calls find no log stream, and an error is never cut off.
            rules += [15, 18].map { FaultRule(operation: "PutLogEvents", calls: $0...$0, effect: .cutOff) }
            // A burst that outlasts the retries of one call, as an outage does.
            let outage = FaultRule(
                operation: "PutLogEvents", calls: 20...31, effect: .refuse("ServiceUnavailableException", 503))
            try await Account.with({ $0.faults = rules + [outage] }) { account in
                try await account.emulator.createStream(Account.stream, shards: 4)
                let daemon = try place.daemon(of: account)
                try await account.put(traffic, records: 0..<traffic.records, pause: .milliseconds(50))
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
            #expect(Set(effects.compactMap(\.code)).subtracting(try place.failures) == [])
            #expect(try place.failures.contains("Unreachable"))
            #expect(try place.causes.contains { $0.contains("ServiceUnavailableException") })
            #expect(try place.lastWord()["central-dead-lettered"] == 0)
        }

        /// Iterators last half a second, less than the rest between two polls, and no poll is soon enough.
        @Test func expiredIteratorsCostNoRecord() async throws {
            let traffic = Traffic(logStreams: 2, records: 12, eventsPerRecord: 200)
            let place = try Workplace()
            try place.write(sinks: [.archive, .console])
            let pipe = try Pipe()
            defer { pipe.close() }
            try await Account.with({ $0.kinesis.iteratorLifetime = .milliseconds(500) }) { account in
                try await account.emulator.createStream(Account.stream, shards: 2)
                let daemon = try place.daemon(of: account, output: pipe.writer)
                pipe.started()
                for record in 0..<traffic.records {
                    try await account.put(traffic.payload(record), partitionKey: Written.partitionKeys[record % 2])
                    // Standard output takes nothing for now: reading stalls with an iterator in its hand.
                    try await Task.sleep(for: .milliseconds(300))
                }
                var bytes: [UInt8] = []
                try await eventually("standard output has all", by: daemon) {
                    while let piece = pipe.read(), !piece.isEmpty { bytes += piece }
                    return bytes.count >= traffic.fileBytes && place.deliveredBytes() >= traffic.fileBytes
                }
                #expect(try await daemon.stop() == .exited(0))
                let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
                #expect(lines.sorted() == (0..<traffic.records).flatMap(traffic.lines(ofRecord:)).sorted())
            }
            try place.expectFiles(traffic.files)
            #expect(try place.lastWord()["records-read"] == traffic.records)
            #expect(try place.logLines().contains { $0.message == "shard is asked again at once" })
        }
    }
}
