import Core
import Settings
import Setup
import Testing

import struct ArgumentParser.ValidationError

@testable import tailrace

@Suite struct ExitCodesTellWhatHappened {
    @Test(arguments: [
        ["--help"], ["help"], ["help", "decode"], ["decode", "--help"], ["check", "-h"], ["--version"], [],
    ])
    func helpAndVersionAreAnswers(arguments: [String]) async {
        let ending = await Tailrace.ending(of: arguments)
        #expect(ending.exitCode == .done)
        #expect(ending.complaints == [])
        #expect(ending.answer?.isEmpty == false)
    }

    @Test func theVersionIsBareAndTellsWhatInflates() async {
        let answer = "\(Tailrace.version) (\(RecordDecoder.inflaterName))"
        #expect(await Tailrace.ending(of: ["--version"]).answer == answer)
    }

    @Test(arguments: [
        ["bogus"], ["--bogus"], ["check"], ["check", "--config"], ["check", "--config", "a", "b"],
        ["decode", "--format", "xml"],
        ["decode", "--max-record", "huge"], ["decode", "--max-record", "5GiB"], ["decode", "--bogus"],
    ])
    func wrongUsageIsTwo(arguments: [String]) async {
        let ending = await Tailrace.ending(of: arguments)
        #expect(ending.exitCode == .usage)
        #expect(ending.complaints.first?.hasPrefix("Error: ") == true)
        #expect(ending.answer == nil)
    }

    @Test func wrongUsageTellsWhatIsAllowed() async {
        let ending = await Tailrace.ending(of: ["decode", "--max-record", "12 apples"])
        #expect(ending.complaints.joined(separator: "\n").contains("1MiB to 1GiB, as bytes or with KiB, MiB, GiB"))
    }

    @Test func whatACommandThrows() {
        struct Unforeseen: Error {}
        #expect(CommandEnding(running: ExitCode.eventsPending) == CommandEnding(exitCode: .eventsPending))
        #expect(
            CommandEnding(running: CommandFailure(.usage, "no such sink"))
                == CommandEnding(exitCode: .usage, complaints: ["tailrace: no such sink"]))
        #expect(CommandEnding(running: Unforeseen()).exitCode == .failed)
        #expect(CommandEnding(running: ValidationError("two of --to-stdout")).exitCode == .usage)
        #expect(
            CommandEnding(running: SetupFailure(description: "PutDestination: refused\n  give it a role"))
                == CommandEnding(
                    exitCode: .failed, complaints: ["tailrace: PutDestination: refused", "  give it a role"]))
        let problems = ["a", "b"].map { SettingsProblem(.flag("--\($0)"), "", "is wrong") }
        #expect(
            CommandEnding(running: SettingsError(problems))
                == CommandEnding(
                    exitCode: .usage,
                    complaints: [
                        "--a: is wrong", "--b: is wrong", "tailrace: the settings cannot be used: 2 problems",
                    ]))
    }
}

@Suite struct CheckValidatesSettings {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func ending(_ path: String) async -> CommandEnding {
        await Tailrace.ending(of: ["check", "--config", path])
    }

    @Test func theShippedFileIsFine() async {
        #expect(await ending(repositoryRoot + "/config/tailrace.yaml") == CommandEnding(exitCode: .done))
    }

    @Test func theSummaryNamesStreamSinksAndRoutes() throws {
        let settings = try SettingsFile.settings(in: repositoryRoot + "/config/tailrace.yaml")
        #expect(
            CheckCommand.summary(of: settings) == """
                settings are fine: stream RecipientStream in us-east-1 to central (log group), archive (files), every event \
                to every sink
                """)
        let own = try directory.file(
            "own.yaml", "{stream: {name: S}, sinks: {c: {stdout: {}}}, routes: [{match: {}, to: [c]}]}")
        #expect(
            CheckCommand.summary(of: try SettingsFile.settings(in: own))
                == "settings are fine: stream S to c (standard output), 1 route")
        let inJSON = try directory.file("json.yaml", "{stream: {name: S, protocol: json}, sinks: {c: {stdout: {}}}}")
        #expect(
            CheckCommand.summary(of: try SettingsFile.settings(in: inJSON))
                == "settings are fine: stream S, asked in JSON, to c (standard output), every event to every sink")
    }

    @Test func aDoubtfulFileCanBeUsed() async throws {
        let file = try directory.file(
            "doubtful.yaml",
            "{stream: {name: S}, sinks: {c: {stdout: {}}}, routes: [{match: {}, to: [c]}, {match: {}, to: [c]}]}")
        #expect(await ending(file) == CommandEnding(exitCode: .done))
        #expect(
            CheckCommand.summary(of: try SettingsFile.settings(in: file))
                == "settings can be used, with 1 warning: stream S to c (standard output), 2 routes")
    }

    @Test func everyProblemIsTold() async throws {
        let file = try directory.file("bad.yaml", "stream: {name: S}\nsinks: {c: {stdout: {format: xml}}}\nbogus: 1\n")
        let ending = await ending(file)
        #expect(ending.exitCode == .usage)
        #expect(ending.complaints.count == 3)
        #expect(ending.complaints[0].hasPrefix("\(file):2: sinks.c.stdout.format: "))
        #expect(ending.complaints[1].hasPrefix("\(file):3: bogus: "))
        #expect(ending.complaints[2] == "tailrace: the settings cannot be used: 2 problems")
    }

    @Test func aFileThatCannotBeRead() async throws {
        let missing = "\(directory.path)/missing.yaml"
        #expect(
            await ending(missing)
                == CommandEnding(
                    exitCode: .usage,
                    complaints: ["tailrace: cannot read the settings file '\(missing)': No such file or directory"]))
        let binary = try directory.file("binary.yaml", [0xFF, 0xFE, 0x00])
        #expect(
            await ending(binary)
                == CommandEnding(
                    exitCode: .usage,
                    complaints: ["tailrace: the settings file '\(binary)' is not UTF-8: save it as that"]))
        let huge = try directory.file("huge.yaml", [UInt8](repeating: 0x23, count: SettingsFile.bytesMax + 1))
        #expect(
            await ending(huge).complaints == [
                "tailrace: cannot read the settings file '\(huge)': longer than 1048576 bytes"
            ])
    }
}
