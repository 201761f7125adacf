import Foundation

/// Scripts of boto3 that judge from outside: each exits with 0 when all it expects is so.
struct PythonScripts {
    /// A python3 that has boto3; without it nothing of this runs.
    static let python = setting("TAILRACE_PYTHON")
    static let moto = setting("TAILRACE_MOTO")
    static let commandLine = setting("TAILRACE_AWS")

    struct Failure: Error, CustomStringConvertible { let description: String }

    /// Where the scripts' complaints go.
    let workplace: Workplace
    /// What the scripts are told, beside this process's own environment.
    let variables: [String: String]

    /// Runs one to its end. Throws what it said on standard error when it found a fault.
    func run(_ name: String, _ arguments: String...) async throws {
        let errors = workplace.directory.appendingPathComponent("\(name).errors")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../Python/\(name)").standardized.path
        let ending = try await Self.started(
            [Self.python ?? "python3", script] + arguments, adding: variables, errors: errors
        ).ended()
        guard ending == .exited(0) else {
            throw Failure(description: "\(name) \(arguments): \(ending), \(try workplace.text(errors))")
        }
    }

    /// Starts a program that is found on PATH, with standard error in a file of its own.
    static func started(_ words: [String], adding variables: [String: String], errors: URL) throws -> Program {
        let descriptor = open(errors.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw Failure(description: "\(errors.path): error \(errno)") }
        defer { close(descriptor) }
        let environment = ProcessInfo.processInfo.environment
            .merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }.merging(variables) { $1 }
        return try Program("/usr/bin/env", words, environment: environment, output: descriptor, errors: descriptor)
    }

    /// What follows `marker` in a file that a program writes, up to the next white space, once it is there.
    static func word(after marker: String, in file: URL, of program: Program, _ workplace: Workplace) async throws
        -> String
    {
        var found: String?
        try await eventually("\(marker) in \(file.lastPathComponent)") {
            let text = try workplace.text(file)
            guard await program.isRunning else { throw Failure(description: "ended too early: \(text)") }
            // Whole lines only: a word may be half written.
            guard let start = text.range(of: marker), let end = text[start.upperBound...].firstIndex(of: "\n") else {
                return false
            }
            found = text[start.upperBound..<end].split(whereSeparator: \.isWhitespace).first.map(String.init)
            return found != nil
        }
        return found ?? ""
    }

    private static func setting(_ name: String) -> String? {
        ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
