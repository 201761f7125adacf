import Adapters
import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// An operator sees and moves where the daemon goes on, and nobody does so behind its back.
    @Suite struct CheckpointsTests {
        private typealias Answer = (ending: Program.Ending, output: String, errors: String)

        private static func checkpoints(
            _ arguments: [String], in place: Workplace, of account: Account
        ) async throws -> Answer {
            try await place.run(["checkpoints"] + arguments + ["--config", place.settings.path], of: account)
        }

        private static func saved(in place: Workplace) throws -> [ShardID: Checkpoint] {
            try SQLiteStateStore.readCheckpoints(path: place.store.path, scope: .init(stream: Account.stream.arn))
                .checkpoints
        }

        /// A daemon that has delivered six records in two shards; `body` is given it while it runs.
        private static func delivered(
            _ account: Account, in place: Workplace,
            _ body: (Program, Written) async throws -> Void
        ) async throws -> Written {
            try place.write(sinks: [.archive])
            let written = try await Written(to: account)
            let last = Dictionary(written.places.map { ($0.shard, Checkpoint.after($0.sequence)) }) { $1 }
            let daemon = try place.daemon(of: account)
            try await eventually("all is delivered and saved", by: daemon) { (try? saved(in: place)) == last }
            try await body(daemon, written)
            #expect(try await daemon.stop() == .exited(0))
            return written
        }

        // MARK: Beside the daemon

        @Test func theyAreSeenBesideARunningDaemonAndOnlySeen() async throws {
            let place = try Workplace()
            try await Account.with { account in
                let written = try await Self.delivered(account, in: place) { daemon, written in
                    let (shard, sequence) = written.places[5]
                    let list = try await Self.checkpoints(["list"], in: place, of: account)
                    #expect(list.ending == .exited(0) && list.errors.isEmpty, "\(list.errors)")
                    let lines = list.output.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
                    #expect(lines.count == 3)
                    #expect(lines[0] == ["NAMESPACE", "STREAM", "SHARD", "POSITION", "SAVED", "AGE"])
                    #expect(
                        lines.contains {
                            Array($0.prefix(4)) == ["run", Account.stream.arn, shard.name, sequence.digits]
                        })

                    let json = try await Self.checkpoints(["list", "--json"], in: place, of: account)
                    let rows = try #require(
                        JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
                    #expect(rows.compactMap { $0["position"] as? String }.contains(sequence.digits))

                    let file = place.directory.appendingPathComponent("exported.json").path
                    _ = try await Self.checkpoints(["export", file], in: place, of: account)
                    try Data(String(contentsOfFile: file, encoding: .utf8).replacing(sequence.digits, with: "1").utf8)
                        .write(to: URL(fileURLWithPath: file))
                    for change in [["set", shard.name, "1"], ["remove", "--all"], ["import", file]] {
                        let refused = try await Self.checkpoints(change + ["--yes"], in: place, of: account)
                        #expect(refused.ending == .exited(1) && refused.output.isEmpty)
                        #expect(refused.errors.contains("in use by tailrace, process \(daemon.pid) on "))
                        #expect(refused.errors.contains("stop that program first"))
                    }
                }
                #expect(try Self.saved(in: place)[written.places[5].shard] == .after(written.places[5].sequence))
            }
        }

        // MARK: There and back

        @Test func whatIsExportedIsImportedAndReplayed() async throws {
            let (place, other) = (try Workplace(), try Workplace())
            try await Account.with { account in
                let file = place.directory.appendingPathComponent("checkpoints.json").path
                let written = try await Self.delivered(account, in: place) { _, _ in
                    let exported = try await Self.checkpoints(["export", file], in: place, of: account)
                    #expect(exported.ending == .exited(0) && exported.output.isEmpty, "\(exported.errors)")
                }
                let text = try String(contentsOfFile: file, encoding: .utf8)
                #expect(try await Self.checkpoints(["export"], in: place, of: account).output == text)

                try other.write(sinks: [.archive])
                let held = try await Self.checkpoints(["import", file], in: other, of: account)
                #expect(held.ending == .exited(2) && held.errors.contains("--yes"))
                #expect(held.errors.contains("none -> \(written.places[5].sequence)"))
                let imported = try await Self.checkpoints(["import", file, "--yes"], in: other, of: account)
                #expect(imported.ending == .exited(0) && imported.output.isEmpty, "\(imported.errors)")
                #expect(try Self.saved(in: other) == Self.saved(in: place))
                let again = try await Self.checkpoints(["import", file], in: other, of: account)
                #expect(again.ending == .exited(0) && again.errors.contains("nothing to change"))

                // A daemon that begins there has nothing to do before the next record.
                #expect(try await written.replay(["--from", "checkpoint:\(file)"], in: place) == [])
                try await Self.daemonDelivers(written, record: 0, in: other, account)
            }
        }

        /// Writes one more record, and expects that it alone is what the daemon has to deliver.
        private static func daemonDelivers(
            _ written: Written, record: Int, in place: Workplace, _ account: Account
        ) async throws {
            try await account.put(written.traffic.payload(record), partitionKey: Written.partitionKeys[record % 2])
            let daemon = try place.daemon(of: account)
            let lines = written.traffic.lines(ofRecord: record).map { $0 + "\n" }.joined()
            try await eventually("the one record is delivered", by: daemon) {
                place.deliveredBytes() == lines.utf8.count
            }
            #expect(try await daemon.stop() == .exited(0))
            #expect(try place.lastWord()["records-read"] == 1)
        }

        @Test func whatAnotherStreamHasIsRefused() async throws {
            let place = try Workplace()
            try await Account.with { account in
                try place.write(sinks: [.archive])
                let file = place.directory.appendingPathComponent("other.json").path
                let export = CheckpointExport(
                    stream: "arn:aws:kinesis:us-east-1:999999999999:stream/Other",
                    shards: [
                        try #require(ShardID("shardId-000000000000")): .init(
                            checkpoint: .shardEnd, saved: Instant(milliseconds: 0))
                    ])
                try Data(export.json()).write(to: URL(fileURLWithPath: file))
                let arn = ["--stream", Account.stream.arn]
                let refused = try await Self.checkpoints(["import", file, "--yes"] + arn, in: place, of: account)
                #expect(refused.ending == .exited(1))
                #expect(refused.errors.contains("not of \(Account.stream.arn)"))
                #expect(!FileManager.default.fileExists(atPath: place.store.path))
            }
        }

        // MARK: Back

        /// Without the frontier's going, the files sink would pass over in silence what the operator wants again.
        @Test func aShardThatIsSetBackIsDeliveredAgain() async throws {
            let place = try Workplace()
            try await Account.with { account in
                let written = try await Self.delivered(account, in: place) { _, _ in }
                try place.expectFiles(written.traffic.files)
                let (shard, first) = written.places[0]
                let set = try await Self.checkpoints(
                    ["set", shard.name, first.digits, "--yes"], in: place, of: account)
                #expect(set.ending == .exited(0) && set.output.isEmpty, "\(set.errors)")
                #expect(set.errors.contains("\(shard): \(written.places[4].sequence) -> \(first)"))
                #expect(set.errors.contains("twice"))

                let again = [2, 4].flatMap(written.traffic.lines(ofRecord:)).map { $0 + "\n" }.joined()
                let path = written.traffic.path(0)
                var expected = written.traffic.files
                expected[path, default: []] += Array(again.utf8)
                try await Self.daemon(in: place, account, until: expected)

                let removed = try await Self.checkpoints(["remove", shard.name, "--yes"], in: place, of: account)
                #expect(removed.ending == .exited(0), "\(removed.errors)")
                #expect(try Self.saved(in: place).keys.map(\.self) == [written.places[1].shard])
                let whole = [0, 2, 4].flatMap(written.traffic.lines(ofRecord:)).map { $0 + "\n" }.joined()
                expected[path, default: []] += Array(whole.utf8)
                try await Self.daemon(in: place, account, until: expected)

                for position in ["trim-horizon", written.moments[1]] {
                    let set = try await Self.checkpoints(
                        ["set", shard.name, position, "--yes"], in: place, of: account)
                    #expect(set.ending == .exited(0), "\(set.errors)")
                    let records = position == "trim-horizon" ? [0, 2, 4] : [4]
                    let lines = records.flatMap(written.traffic.lines(ofRecord:)).map { $0 + "\n" }.joined()
                    expected[path, default: []] += Array(lines.utf8)
                    try await Self.daemon(in: place, account, until: expected)
                }
            }
        }

        private static func daemon(in place: Workplace, _ account: Account, until files: [String: [UInt8]]) async throws
        {
            let bytes = files.values.reduce(0) { $0 + $1.count }
            let daemon = try place.daemon(of: account)
            try await eventually("the files have \(bytes) bytes", by: daemon) { place.deliveredBytes() >= bytes }
            #expect(try await daemon.stop() == .exited(0))
            try place.expectFiles(files)
        }

        // MARK: Damage

        enum Damage: CaseIterable { case text, empty, cut, newer, logGone }

        /// The daemon says what is wrong and what to do, and touches nothing. So does whoever looks.
        @Test(arguments: Damage.allCases) func aDamagedStoreIsNeverAFreshStart(damage: Damage) async throws {
            let place = try Workplace()
            try await Account.with { account in
                try place.write(sinks: [.archive])
                let written = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered", by: daemon) {
                    place.deliveredBytes() == written.traffic.fileBytes
                }
                if damage == .logGone {
                    // The first commit goes into the store itself, the later ones into its log.
                    for record in 0..<3 {
                        let key = Written.partitionKeys[record % 2]
                        let place = (place, try await account.put(written.traffic.payload(record), partitionKey: key))
                        try await eventually("it is committed", by: daemon) {
                            try Self.saved(in: place.0)[place.1.shard] == .after(place.1.sequence)
                        }
                    }
                    try await daemon.kill()
                } else {
                    #expect(try await daemon.stop() == .exited(0))
                    // Whether a program that ends moves its log into the store is not what this is about.
                    let set = try await Self.checkpoints(
                        ["set", written.places[0].shard.name, "SHARD_END", "--yes"], in: place, of: account)
                    #expect(set.ending == .exited(0), "\(set.errors)")
                }
                let words = try Self.inflict(damage, on: place.store)
                for command in [["run"], ["checkpoints", "list"], ["checkpoints", "remove", "--all", "--yes"]] {
                    let answer = try await place.run(command + ["--config", place.settings.path], of: account)
                    #expect(answer.ending == .exited(1), "\(command)")
                    #expect(answer.output.isEmpty)
                    #expect(answer.errors.contains(words), "\(answer.errors)")
                }
                if damage != .logGone { try place.expectFiles(written.traffic.files) }
            }
        }

        /// Answers what has to be said.
        private static func inflict(_ damage: Damage, on store: URL) throws -> String {
            let bytes = try Data(contentsOf: store)
            switch damage {
            case .text: try Data("not a database, but long enough to be one\n".utf8).write(to: store)
            case .empty: try Data().write(to: store)
            case .cut: try bytes.prefix(bytes.count - 4096).write(to: store)
            case .newer:
                // PRAGMA user_version: https://www.sqlite.org/fileformat.html#database_header
                try (bytes.prefix(60) + [0, 0, 0, 99] + bytes.dropFirst(64)).write(to: store)
            case .logGone: try FileManager.default.removeItem(atPath: store.path + "-wal")
            }
            return switch damage {
            case .text: "is not a store of Tailrace"
            case .empty, .cut: "is damaged"
            case .newer: "upgrade"
            case .logGone: "has lost its last "
            }
        }
    }
}
