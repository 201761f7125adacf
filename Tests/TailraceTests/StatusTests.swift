import Admin
import Core
import Testing

@testable import tailrace

@Suite struct TheTextOfAStatus {
    private static let now = Instant(milliseconds: 1_763_632_800_000)

    private static func document() throws -> StatusDocument {
        var ledger = LedgerCounts()
        (ledger.recordsRead, ledger.recordsDelivered, ledger.recordsControl) = (12, 9, 1)
        (ledger.eventsRead, ledger.eventsFiltered, ledger.expired) = (1200, 30, 2)
        ledger.sinks = [try #require(SinkName("central")): SinkCounts(routed: 1170, delivered: 1100, deadLettered: 3)]
        var document = StatusDocument(
            saved: [:], ledger: ledger, of: "arn:aws:kinesis:us-east-1:999999999999:stream/Logs", daemon: .up,
            causes: ["sink central: fails for 9s (denied)\u{1B}[2J\nforged"], version: "0.1.0", now: now)
        (document.status, document.uptimeSeconds) = ("degraded", 3725.4)
        document.commit = .init(last: now.rfc3339, secondsSinceLast: 1.5)
        document.shards = [
            .init(
                shard: "shardId-000000000000", state: "backing-off", detail: "access-denied",
                behindLatestSeconds: 412.3,
                secondsSinceProgress: 400, unsettledRecords: 3, checkpoint: "4959", stuck: true),
            .init(shard: "shardId-1", state: "waiting-for-parents", detail: "shardId-000000000000"),
        ]
        document.sinks[0].faults = [.init(target: "/a:\u{9B}b", cause: "denied", seconds: 9.9)]
        document.sinks[0].failing = 3
        return document
    }

    @Test func itsTablesAreAlignedAndHarmless() throws {
        #expect(
            StatusText(try Self.document()).text == #"""
                stream  arn:aws:kinesis:us-east-1:999999999999:stream/Logs
                daemon  up for 1h, version 0.1.0
                health  degraded
                        sink central: fails for 9s (denied)\u{1b}[2J\nforged
                commit  1s ago

                SHARD                 STATE                                      BEHIND  PROGRESS  UNSETTLED  CHECKPOINT
                shardId-000000000000  backing-off: access-denied, stuck              6m        6m          3  4959
                shardId-1             waiting-for-parents: shardId-000000000000       -         -          -  -

                SINK     ROUTED  DELIVERED  DEAD-LETTERED  PENDING  FAILING
                central    1170       1100              3       67  for 9s: /a:\u{9b}b: denied, and 2 more

                LEDGER   READ  DELIVERED  CONTROL  FILTERED  DEAD-LETTERED  PENDING
                records    12          9        1         0              0        2
                events   1200          -        -        30              -        -
                expired: in 2 places records had aged out of the stream, or may have, before they were read

                """#)
    }

    @Test func whatAForgerSaysIsHarmless() throws {
        var document = try Self.document()
        document.shards = [.init(shard: "a b\u{1B}[H", state: "x\ny", behindLatestSeconds: .infinity, checkpoint: "\r")]
        (document.uptimeSeconds, document.version, document.stream) = (-1e300, "\u{202E}", "\n")
        let text = StatusText(document).text
        #expect(!text.unicodeScalars.contains { $0 != "\n" && ($0.value < 0x20 || $0 == "\u{202E}") })
        #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count == 17)
    }

    @Test func aDaemonThatDoesNotAnswerIsPlain() throws {
        var document = try Self.document()
        document.daemon = .down
        #expect(StatusText(document).text.contains("daemon  down\n"))
        document.daemon = .silent
        #expect(StatusText(document).text.contains("daemon  runs, but does not answer\n"))
    }
}

@Suite struct StatusIsAskedForRightly {
    @Test(arguments: [
        ["--admin", "nowhere"], ["--admin", "127.0.0.1:0"], ["--config", "a", "--state", "b"], ["more"],
        ["--stream", "no stream"],
    ])
    func nonsenseIsAnErrorOfUsage(arguments: [String]) async {
        let ending = await Tailrace.ending(of: ["status"] + arguments)
        #expect(ending.exitCode == .usage, "\(ending)")
    }

    @Test func neitherDaemonNorStoreIsAFailure() async throws {
        let directory = try TemporaryDirectory()
        // Nobody listens on a port that only root may listen on, and that is no service's.
        let ending = await Tailrace.ending(
            of: ["status", "--admin", "127.0.0.1:2", "--state", directory.path + "/state.db"])
        #expect(ending.exitCode == .failed)
        let complaint = try #require(ending.complaints.first)
        #expect(complaint.contains("no daemon answers at 127.0.0.1:2"))
        #expect(complaint.contains("there is no store at \(directory.path)/state.db"))
        #expect(try directory.isEmpty)
    }

    @Test func itHasHelp() async {
        let ending = await Tailrace.ending(of: ["status", "--help"])
        #expect(ending.exitCode == .done)
        for word in ["--watch", "--json", "--admin", "--config", "--state"] {
            #expect(ending.answer?.contains(word) == true)
        }
    }
}

@Suite struct TextTables {
    @Test func columnsAreAlignedToTheirSides() {
        let table = TextTable(
            ["A", "NUMBER", "C"], rows: [["long", "1", "x"], ["s", "22", ""]], sides: [.left, .right])
        #expect(table.text == "A     NUMBER  C\nlong       1  x\ns         22\n")
    }

    @Test func aTableWithoutRowsIsItsHead() { #expect(TextTable(["A", "B"], rows: []).text == "A  B\n") }
}
