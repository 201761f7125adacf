import Settings
import Testing

@Suite struct FlagsTests {
    @Test func threeFlagsAreEnough() throws {
        var flags = SettingsFlags()
        flags.stream = "RecipientStream"
        flags.region = "us-east-1"
        flags.toFiles = "logs"
        let settings = try TailraceSettings(flags: flags)
        let same = "stream: {name: RecipientStream, region: us-east-1}\nsinks: {files: {files: {directory: logs}}}"
        #expect(settings == (try TailraceSettings(yaml: same, file: "t.yaml")))
    }

    @Test func everyFlagArrives() throws {
        var flags = SettingsFlags()
        flags.stream = "arn:aws:kinesis:us-east-1:999999999999:stream/S"
        (flags.start, flags.recordsProtocol) = ("latest", "json")
        (flags.toLogGroup, flags.logGroupRegion) = ("/all{log-group}/{owner}", "eu-west-1")
        (flags.toFiles, flags.path, flags.format) = ("d", "{owner}/{log-group}/{log-stream}.log", "text")
        flags.toStdout = true
        (flags.state, flags.deadLetters) = ("state.db", "dead")
        (flags.memory, flags.maxRecord, flags.admin) = ("64MiB", "1MiB", "off")
        (flags.logLevel, flags.logFormat) = ("error", "json")
        let same = """
            stream: {arn: "arn:aws:kinesis:us-east-1:999999999999:stream/S", start: latest, protocol: json}
            sinks:
              log-group: {log-group: {group: "/all{log-group}/{owner}", region: eu-west-1}}
              files: {files: {directory: d, path: "{owner}/{log-group}/{log-stream}.log", format: text}}
              stdout: {stdout: {format: text}}
            checkpoints: {sqlite: state.db}
            dead-letters: {directory: dead}
            memory: 64MiB
            max-record: 1MiB
            admin: {listen: off}
            log: {level: error, format: json}
            """
        #expect(try TailraceSettings(flags: flags) == TailraceSettings(yaml: same, file: "t.yaml"))
    }

    @Test func errorsNameTheFlag() {
        var flags = SettingsFlags()
        flags.stream = "a b"
        flags.region = "US"
        (flags.start, flags.recordsProtocol) = ("noon", "xml")
        flags.toFiles = "out"
        flags.toStdout = true
        flags.path = "/{owner}.log"
        flags.format = "xml"
        flags.state = "out/state.db"
        flags.memory = "1MiB"
        #expect(
            problems(flags) == [
                "--stream: 'a b' does not fit; allowed: 1 to 128 letters, digits and _ . -",
                "--region: 'US' does not fit; allowed: a Region such as us-east-1",
                "--start: 'noon' does not fit; allowed: trim-horizon, latest or a time such as 2026-11-20T10:00:00Z",
                "--protocol: 'xml' does not fit; allowed: cbor, json",
                "--format: 'xml' does not fit; allowed: ndjson, text",
                "--path: character 1: a path is relative to the directory and has no empty parts: remove this '/'",
                "--memory: '1MiB' does not fit; allowed: 64MiB to 1024GiB, written as bytes or with KiB, MiB, GiB",
            ])
        flags = SettingsFlags()
        (flags.stream, flags.toFiles, flags.state) = ("S", "out", "out/state.db")
        #expect(
            problems(flags) == [
                "--to-files: the checkpoints ('out/state.db') lie in 'out'; allowed: a directory of its own"
            ])
    }

    @Test func flagsThatNeedOthersSaySo() {
        var flags = SettingsFlags()
        (flags.path, flags.format, flags.logGroupRegion) = ("x.log", "text", "eu-west-1")
        #expect(
            problems(flags) == [
                "--stream: is needed; allowed: a name, or arn:aws:kinesis:us-east-1:111111111111:stream/NAME",
                "--to-files: some sink is needed; allowed: --to-log-group GROUP, --to-files DIRECTORY, --to-stdout",
                "--path: is for files; allowed: together with --to-files",
                "--format: is for files and standard output; allowed: with --to-files, --to-stdout",
                "--log-group-region: is for a log group; allowed: together with --to-log-group",
            ])
    }

    private func problems(_ flags: SettingsFlags) -> [String] {
        do throws(SettingsError) {
            _ = try TailraceSettings(flags: flags)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
