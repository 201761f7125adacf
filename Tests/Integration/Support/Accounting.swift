import Emulator
import Testing

/// What became of a traffic: every event is where it belongs, and every column of the ledger says so.
extension Workplace {
    /// Whether the sinks have all of a traffic.
    func has(_ traffic: Traffic, in sinks: Set<Sink>, of account: Account) async -> Bool {
        if sinks.contains(.archive), deliveredBytes() < traffic.fileBytes { return false }
        guard sinks.contains(.central) else { return true }
        guard let stored = await account.events(in: Self.group()), stored.count >= traffic.events else { return false }
        return Arrivals(stored, of: traffic).events == traffic.events
    }

    /// Expects, of a daemon that stopped in order: each event once and in order in the files; each event at least once,
    /// and first in order, in the log group; a ledger that is the stream's own count.
    func expectAccountedFor(
        _ traffic: Traffic, in sinks: Set<Sink>, of account: Account,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        if sinks.contains(.archive) { try expectFiles(traffic.files, sourceLocation: sourceLocation) }
        if sinks.contains(.central) {
            let stored = try #require(await account.events(in: Self.group()), sourceLocation: sourceLocation)
            let arrivals = Arrivals(stored, of: traffic)
            #expect(arrivals.isComplete(traffic), "\(arrivals)", sourceLocation: sourceLocation)
        }
        let written = await account.emulator.recordsWritten(to: Account.stream)
        #expect(written == traffic.records, sourceLocation: sourceLocation)
        try expectLedger(of: traffic, in: sinks, sourceLocation: sourceLocation)
    }

    /// Expects that the last daemon's ledger has each record and event of a traffic once, delivered.
    private func expectLedger(of traffic: Traffic, in sinks: Set<Sink>, sourceLocation: SourceLocation) throws {
        let word = try lastWord()
        var expected = [
            "records-read": traffic.records, "records-delivered": traffic.records, "records-control": 0,
            "records-filtered": 0, "records-dead-lettered": 0, "records-pending": 0,
            "events-read": traffic.events, "events-filtered": 0,
        ]
        for sink in sinks.map(\.rawValue) {
            expected["\(sink)-delivered"] = traffic.events
            expected["\(sink)-dead-lettered"] = 0
            expected["\(sink)-pending"] = 0
        }
        for (column, count) in expected.sorted(by: { $0.key < $1.key }) {
            #expect(word[column] == count, "\(column)", sourceLocation: sourceLocation)
        }
    }
}

/// What the daemons said of calls that failed.
extension Workplace {
    /// A call and what it failed with.
    struct FailedCall: Hashable {
        let operation: String
        let code: String
    }

    /// All calls that failed, as the debug log tells them.
    var failedCalls: Set<FailedCall> {
        get throws {
            Set(
                try logLines().compactMap { line in
                    guard let code = line.metadata["code"], let name = line.metadata["operation"] else { return nil }
                    // `kinesis:GetRecords`
                    let operation = name.split(separator: ":").last.map(String.init) ?? name
                    return FailedCall(operation: operation, code: code)
                })
        }
    }

    /// Their codes.
    var failures: Set<String> { get throws { Set(try failedCalls.map(\.code)) } }

    /// What the daemons' warnings give as their causes.
    var causes: [String] {
        get throws { try logLines().filter { $0.level == "warning" }.compactMap { $0.metadata["cause"] } }
    }
}

extension FaultRule.Effect {
    /// AWS's code, where the effect has one.
    var code: String? {
        if case .refuse(let code, _, _) = self { code } else { nil }
    }

    static func refuse(_ code: String, _ status: Int = 400) -> FaultRule.Effect {
        .refuse(code: code, message: "injected", status: status)
    }
}

extension Emulator {
    /// How often each rule in force has struck, by its text.
    var strikes: [String: Int] {
        get async { Dictionary(await faultTallies.map { ("\($0.rule)", $0.strikes) }) { $0 + $1 } }
    }
}
