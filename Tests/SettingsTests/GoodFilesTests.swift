import Core
import Settings
import Testing

@Suite struct GoodFilesTests {
    private static let full = """
        stream: {arn: "arn:aws:kinesis:us-east-1:999999999999:stream/Recipient_Stream.1", start: 2026-11-20T11:00:00+01:00, protocol: json}
        checkpoints: {sqlite: state.db, interval: 250ms}
        sinks:
          central:
            log-group: {region: eu-west-1, group: "/central/{owner}{log-group}", stream: "{log-stream}", retention-days: 30, linger: 5s}
          archive:
            files: {directory: /var/log/tailrace, format: text}
          console:
            stdout: {format: text}
        routes:
          - {match: {owner: 111111111111, log-group: "/aws/cloudtrail/*"}, to: [console, central]}
          - {match: {}, to: [archive]}
        dead-letters: {directory: dead}
        memory: 1GiB
        max-record: 65536KiB
        admin: {listen: "[::1]:0"}
        stuck-after: 90s
        log: {level: debug, format: json}
        """

    @Test func everyKeyArrives() throws {
        let settings = try TailraceSettings(yaml: Self.full, file: "t.yaml")
        #expect(settings.stream.stream.name == "Recipient_Stream.1")
        #expect(settings.stream.region == "us-east-1")
        #expect(settings.stream.start == .at(Instant(milliseconds: 1_795_168_800_000)))
        #expect(settings.stream.start.shardPosition == .atTime(Instant(milliseconds: 1_795_168_800_000)))
        #expect(settings.stream.recordsProtocol == .json)
        #expect(settings.checkpoints.sqlite == "state.db")
        #expect(settings.checkpoints.interval == .milliseconds(250))
        #expect(settings.deadLetters.directory == "dead")
        #expect(settings.memory.totalBytes == 1 << 30)
        #expect(settings.memory.recordBytesMax == 64 << 20)
        #expect(settings.admin.address == AdminAddress(host: "::1", port: 0))
        #expect(settings.admin.isChosen)
        #expect(settings.stuckAfter == .seconds(90))
        #expect(settings.log.level == .debug)
        #expect(settings.log.format == .json)
        #expect(settings.warnings == [])
    }

    @Test func sinksComeInTheOrderOfTheFile() throws {
        let settings = try TailraceSettings(yaml: Self.full, file: "t.yaml")
        #expect(settings.sinks.map(\.name.text) == ["central", "archive", "console"])
        #expect(settings.routes.sinks == settings.sinks.map(\.name))
        guard case .logGroup(let central) = settings.sinks[0].kind, case .files(let archive) = settings.sinks[1].kind,
            case .stdout(let console) = settings.sinks[2].kind
        else { Issue.record("other kinds: \(settings.sinks)"); return }
        #expect(central.region == "eu-west-1")
        #expect(central.group.template.source == "/central/{owner}{log-group}")
        #expect(central.stream.template.source == "{log-stream}")
        #expect(central.create)
        #expect(central.retentionDays == 30)
        #expect(central.linger == .seconds(5))
        #expect(archive.directory == "/var/log/tailrace")
        #expect(archive.path.template.source == "{owner}/{log-group}/{log-stream}/{date}.log")
        #expect(archive.format == .text)
        #expect(console.format == .text)
    }

    @Test func routesLeadToTheirSinks() throws {
        let routes = try TailraceSettings(yaml: Self.full, file: "t.yaml").routes
        let trail = Origin(owner: "111111111111", logGroup: "/aws/cloudtrail/a", logStream: "s")
        let other = Origin(owner: "222222222222", logGroup: "/aws/cloudtrail/a", logStream: "s")
        #expect(routes.sinks(for: trail) == [SinkIndex(0), SinkIndex(2)])
        #expect(routes.sinks(for: other) == [SinkIndex(1)])
    }

    /// YAML would make numbers, booleans and null of these.
    @Test func textStaysAsItIsWritten() throws {
        let settings = try TailraceSettings(
            yaml: "stream: {name: 007}\nsinks: {no: {files: {directory: 1e3}}, 'null': {stdout: {}}}", file: "t.yaml")
        #expect(settings.stream.stream == .name("007"))
        #expect(settings.sinks.map(\.name.text) == ["no", "null"])
    }

    @Test func whatBeginsWithADotIsOutOfReachOfSources() throws {
        let yaml = """
            stream: {name: S}
            checkpoints: {sqlite: out/.state/db}
            dead-letters: {directory: out/.dead}
            sinks: {a: {files: {directory: out}}, b: {files: {directory: outside}}}
            """
        #expect(try TailraceSettings(yaml: yaml, file: "t.yaml").sinks.count == 2)
    }

    @Test(arguments: [
        (
            "sinks: {a: {files: {directory: d, path: \"{owner}/{date}.log\"}}}",
            "t.yaml:2: sinks.a.files.path: several sources may share a file: {owner}, {log-group}, {log-stream} have no part each of their own"
        ),
        (
            "sinks: {a: {log-group: {group: \"/all/{owner}\"}}}",
            "t.yaml:2: sinks.a.log-group: several sources may share a log stream: neither group nor stream has {log-group}"
        ),
        (
            "sinks: {a: {stdout: {}}}\nadmin: {listen: \"0.0.0.0:9600\"}",
            "t.yaml:3: admin.listen: whoever can reach 0.0.0.0:9600 sees health, status and metrics: nobody is asked for a password"
        ),
        (
            "sinks: {a: {stdout: {}}, b: {files: {directory: d}}}\nroutes: [{match: {}, to: [a]}]",
            "t.yaml:3: routes: no route leads to b"
        ),
        (
            "sinks: {a: {stdout: {}}}\nroutes:\n  - {match: {}, to: [a]}\n  - {match: {owner: x}, to: [a]}",
            "t.yaml:5: routes[1]: is never reached, since routes[0] matches everything"
        ),
    ])
    func doubtfulSettingsAreTakenWithAWarning(yaml: String, warning: String) throws {
        let settings = try TailraceSettings(yaml: "stream: {name: S}\n" + yaml, file: "t.yaml")
        #expect(settings.warnings.map(\.description) == [warning])
    }
}
