internal import AWS
internal import ArgumentParser
internal import Setup

/// Writes findings as they come, and ends the command by the worst of them.
struct VerifyReport {
    let isJSON: Bool
    private var findings: [Finding] = []

    init(isJSON: Bool) { self.isJSON = isJSON }

    /// A person sees each line at once, a machine gets one document at the end.
    mutating func add(_ more: [Finding]) throws(CommandFailure) {
        findings += more
        guard !isJSON else { return }
        for finding in more { try StandardStream.deliver(Array((PlainText.escaped(finding.line) + "\n").utf8)) }
    }

    /// What AWS or the credentials refuse is a finding like any other, and what was found before stays told.
    mutating func attempting(
        _ subject: String, _ body: (inout VerifyReport) async throws -> Void
    ) async throws {
        let cause: String
        do {
            return try await body(&self)
        } catch let error as AWSError {
            cause = "\(error)"
        } catch let error as AWSSettingsError {
            cause = "\(error)"
        }
        try add([.fault(subject, "cannot be looked at: \(cause)", remedy: "see to the credentials and the network")])
    }

    /// Whether something is wrong so far.
    var hasFault: Bool { findings.contains { $0.level == .fault } }

    /// Throws the exit code for a fault.
    func end() throws {
        if isJSON {
            try StandardStream.deliver(
                Array(JSONTree.object(["findings": .list(findings.map(\.json))]).pretty.utf8))
        }
        let counts = [Finding.Level.ok, .warning, .fault].map { level in findings.count { $0.level == level } }
        StandardStream.tell("\(counts[0]) ok, \(Self.words(counts[1], "warning")), \(Self.words(counts[2], "fault"))")
        guard hasFault else { return }
        StandardStream.tell("a remedy that is a command of tailrace wants the options that name the resources, as here")
        throw ExitCode.faultFound
    }

    private static func words(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}

/// What all of `verify` takes.
struct VerifyOptions: ParsableArguments {
    @Flag(name: .long, help: "One JSON document, for machines.")
    var json = false
}
