import Foundation

/// What `verify --json` said.
struct SetupReport: Sendable {
    struct Finding: Decodable, Sendable, CustomStringConvertible {
        let level: String
        let subject: String
        let text: String
        let remedy: String?

        var description: String { "\(level) \(subject): \(text). Remedy: \(remedy ?? "none")" }
    }

    let ending: Program.Ending
    let findings: [Finding]
    let errors: String

    /// A program that failed writes no document, and then there is nothing but what it said.
    init(_ run: SetupBench.Run) throws {
        struct Document: Decodable { let findings: [Finding] }
        ending = run.ending
        errors = run.errors
        findings =
            run.output.isEmpty
            ? [] : try JSONDecoder().decode(Document.self, from: Data(run.output.utf8)).findings
    }

    /// All that is not well.
    var signs: [Finding] { findings.filter { $0.level != "ok" } }

    var isGreen: Bool { ending == .exited(0) && signs.isEmpty && !findings.isEmpty }

    var text: String { (["\(ending)", errors] + signs.map(\.description)).joined(separator: "\n") }
}
