import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// AWS fails in every way that its pages name, and everything is delivered nevertheless.
    @Suite struct FaultTests {
        /// By code and HTTP status; what GetRecords answers according to its page, and what every operation may.
        ///
        /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
        private static let readFaults: [FaultRule.Effect] = [
            .refuse("ProvisionedThroughputExceededException"), .refuse("KMSThrottlingException"),
            .refuse("LimitExceededException"), .refuse("ThrottlingException"), .refuse("InternalFailure", 500),
            .refuse("BadGateway", 502), .refuse("ServiceUnavailable", 503), .refuse("GatewayTimeout", 504), .cutOff,
            .refuse("ExpiredIteratorException"), .refuse("InvalidArgumentException"),
            .refuse("ResourceNotFoundException"), .refuse("AccessDeniedException"),
            .refuse("KMSAccessDeniedException"), .refuse("KMSDisabledException"), .refuse("KMSInvalidStateException"),
            .refuse("KMSNotFoundException"), .refuse("KMSOptInRequired"), .refuse("ExpiredTokenException"),
            .refuse("UnrecognizedClientException"), .refuse("InvalidSignatureException", 403), .cutOff,
            .refuse("AccessDenied", 403),
        ]

        /// Every third call fails while records come, so that each shard is met in the midst of its reading.
        @Test func everyFaultOfReadingCostsNoRecord() async throws {
            let traffic = Traffic(logStreams: 4, records: 80, eventsPerRecord: 20)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let rules = Self.readFaults.enumerated().map { index, effect in
                FaultRule(operation: "GetRecords", calls: 3 * index + 2...3 * index + 2, effect: effect)
            }
            try await Account.with({ $0.faults = rules }) { account in
                try await deliver(traffic, shards: 4, in: place, of: account) { daemon in
                    try await eventually("the last fault was met", by: daemon) {
                        try place.failures.contains("AccessDenied")
                    }
                }
            }
            #expect(Set(Self.readFaults.compactMap(\.code)).subtracting(try place.failures) == [])
            // A reply that was cut off counts as a server that could not be reached.
            #expect(try place.failures.contains("Unreachable"))
        }

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
                try await deliver(traffic, shards: 4, in: place, of: account) { _ in }
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

        /// Runs a daemon while the traffic is written, and expects that all of it is delivered.
        private func deliver(
            _ traffic: Traffic, shards: Int, in place: Workplace, of account: Account,
            _ beforeStop: (Program) async throws -> Void
        ) async throws {
            try await account.emulator.createStream(Account.stream, shards: shards)
            let daemon = try place.daemon(of: account)
            try await account.put(traffic, records: 0..<traffic.records, pause: .milliseconds(50))
            try await eventually("all is delivered", by: daemon) {
                guard let stored = await account.events(in: Workplace.group()) else { return false }
                return Arrivals(stored, of: traffic).events == traffic.events
                    && place.deliveredBytes() >= traffic.fileBytes
            }
            try await beforeStop(daemon)
            #expect(try await daemon.stop() == .exited(0))
            let arrivals = Arrivals(try #require(await account.events(in: Workplace.group())), of: traffic)
            #expect(arrivals.isComplete(traffic))
            try place.expectFiles(traffic.files)
            let word = try place.lastWord()
            #expect(word["records-read"] == traffic.records && word["records-pending"] == 0)
            #expect(word["central-delivered"] == traffic.events && word["archive-delivered"] == traffic.events)
        }
    }
}

extension FaultRule.Effect {
    /// AWS's code, where the effect has one.
    fileprivate var code: String? {
        if case .refuse(let code, _, _) = self { code } else { nil }
    }

    fileprivate static func refuse(_ code: String, _ status: Int = 400) -> FaultRule.Effect {
        .refuse(code: code, message: "injected", status: status)
    }
}

extension Workplace {
    /// The codes of all calls that failed, as the daemon's debug log tells them.
    fileprivate var failures: Set<String> {
        get throws { Set(try logLines().compactMap { $0.metadata["code"] }) }
    }

    /// What the daemon's warnings give as their causes.
    fileprivate var causes: [String] {
        get throws { try logLines().filter { $0.level == "warning" }.compactMap { $0.metadata["cause"] } }
    }
}
