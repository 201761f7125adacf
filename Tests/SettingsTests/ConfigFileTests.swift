import Core
import Foundation
import Settings
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The settings file that is shipped parses, holds every key, and shows the values that leaving a key out gives.
@Suite struct ConfigFileTests {
    private static let name = "config/tailrace.yaml"

    /// Only what has no default.
    private static let minimal = """
        stream: {name: RecipientStream, region: us-east-1}
        sinks:
          central: {log-group: {region: eu-west-1, group: "/central/{owner}{log-group}"}}
          archive: {files: {directory: /var/log/tailrace}}
        """

    @Test func showsTheDefaults() throws {
        let shipped = try TailraceSettings(yaml: try Self.text(), file: Self.name)
        // An address that is written down was asked for, whichever it is.
        let minimal = Self.minimal + "\nadmin: {listen: \"127.0.0.1:9600\"}"
        #expect(shipped == (try TailraceSettings(yaml: minimal, file: Self.name)))
        #expect(shipped.warnings == [])
    }

    @Test func theDefaultsAreTheDocumentedOnes() throws {
        let settings = try TailraceSettings(yaml: Self.minimal, file: Self.name)
        #expect(settings.stream.start == .trimHorizon)
        #expect(settings.stream.reader == .polling)
        #expect(settings.stream.recordsProtocol == .cbor)
        #expect(settings.stream.shardRate == .wholeShard)
        #expect(settings.checkpoints.sqlite == "/var/lib/tailrace/state.db")
        #expect(settings.checkpoints.interval == .seconds(1))
        #expect(settings.routes.routes == [])
        #expect(settings.deadLetters.directory == "/var/lib/tailrace/dead-letters")
        #expect(settings.memory.totalBytes == 268_435_456)
        #expect(settings.memory.recordBytesMax == 67_108_864)
        #expect(settings.admin.address == .standard)
        #expect(AdminAddress.standard.description == "127.0.0.1:9600")
        #expect(!settings.admin.isChosen)
        #expect(settings.stuckAfter == .seconds(300))
        #expect(settings.log.level == .info)
        #expect(settings.log.format == .text)
    }

    /// Explanations begin with a capital; what begins otherwise is a setting to be switched on.
    @Test func whatIsCommentedOutIsRightToo() throws {
        let lines = try Self.text().replacing("routes: []", with: "routes:").split(separator: "\n")
        let all = lines.map { line -> String in
            let comment = line.drop { $0 == " " }
            guard comment.hasPrefix("# "), let first = comment.dropFirst(2).first, !first.isUppercase, first != "`"
            else {
                return String(line)
            }
            return String(line.prefix { $0 == " " } + comment.dropFirst(2))
        }
        let settings = try TailraceSettings(yaml: all.joined(separator: "\n"), file: Self.name)
        #expect(settings.sinks.map(\.name.text) == ["central", "archive", "console"])
        #expect(settings.routes.routes.count == 2)
        guard case .logGroup(let group) = settings.sinks[0].kind else { Issue.record("not a log group"); return }
        #expect(group.retentionDays == 30)
    }

    @Test(arguments: [
        "stream", "name", "arn", "region", "start", "reader", "checkpoints", "sqlite", "interval", "sinks", "log-group",
        "group", "create", "retention-days", "linger", "files", "directory", "path", "format", "stdout", "routes",
        "match",
        "owner", "log-stream", "to", "dead-letters", "memory", "max-record", "admin", "listen",
        "stuck-after", "log", "level",
    ])
    func holdsEveryKey(key: String) throws {
        #expect(try Self.text().contains("\(key):"))
    }

    /// The repository's root is two levels above this folder.
    private static func text() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
        return try String(contentsOf: root.appending(path: name), encoding: .utf8)
    }
}
