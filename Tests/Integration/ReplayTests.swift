import Adapters
import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// A replay delivers the part of the stream that it is told, and leaves the daemon's position alone.
    @Suite struct ReplayTests {
        @Test func fromATimeAPlaceOrTheHorizonUntilATimeToStandardOutput() async throws {
            try await Account.with { account in
                let written = try await Written(to: account)
                let place = try Workplace()
                let (first, second) = (written.moments[0], written.moments[1])
                let whole = try await written.replay(["--from", "trim-horizon"], in: place)
                #expect(whole == [0, 1, 2, 3, 4, 5])
                #expect(try await written.replay(["--from", first], in: place) == [2, 3, 4, 5])
                #expect(try await written.replay(["--from", first, "--until", second], in: place) == [2, 3])
                #expect(try await written.replay(["--from", "trim-horizon", "--until", first], in: place) == [0, 1])
                #expect(try await written.replay(["--from", "latest"], in: place) == [])

                let shard = written.places[1].shard
                let ofShard = try await written.replay(["--from", "trim-horizon", "--shard", shard.name], in: place)
                #expect(ofShard == [1, 3, 5])
                let record = "\(shard.name):\(written.places[3].sequence.digits)"
                #expect(try await written.replay(["--from", record], in: place) == [3, 5])
                #expect(try await written.replay(["--from", record, "--until", second], in: place) == [3])
            }
        }

        /// The daemon is held while the last records come, so that its position is behind them.
        @Test func fromTheDaemonsCheckpointsWhichStayAsTheyAre() async throws {
            try await Account.with { account in
                let place = try Workplace()
                try place.write(sinks: [.archive])
                try await account.emulator.createStream(Account.stream, shards: 2)
                let daemon = try place.daemon(of: account)
                let written = try await Written(to: account, recordsBeforeHold: 4) { places in
                    let last = Dictionary(places.map { ($0.shard, Checkpoint.after($0.sequence)) }) { $1 }
                    try await eventually("the daemon has saved how far it is") {
                        FileManager.default.fileExists(atPath: place.store.path)
                            && (try? Self.checkpoints(in: place).checkpoints) == last
                    }
                    await daemon.signal(SIGSTOP)
                }
                let before = try Self.checkpoints(in: place)
                let export = place.directory.appendingPathComponent("checkpoints.json")
                try Data(before.json()).write(to: export)
                let state = ["--state", place.store.path]
                #expect(try await written.replay(["--from", "checkpoint"] + state, in: place) == [4, 5])
                #expect(try await written.replay(["--from", "checkpoint:\(export.path)"], in: place) == [4, 5])
                #expect(try Self.checkpoints(in: place) == before)

                await daemon.signal(SIGCONT)
                try await eventually("the daemon goes on") { place.deliveredBytes() == written.traffic.fileBytes }
                #expect(try await daemon.stop() == .exited(0))
                try place.expectFiles(written.traffic.files)
                #expect(try place.lastWord()["records-read"] == 6)
                #expect(try Self.checkpoints(in: place) != before)
            }
        }

        @Test func onlyToTheSinksThatAreNamed() async throws {
            try await Account.with { account in
                let written = try await Written(to: account)
                let place = try Workplace()
                try place.write(sinks: [.archive, .console, .central])
                let arguments = ["replay", "--config", place.settings.path, "--from", "trim-horizon", "--to"]
                let toConsole = try await place.run(arguments + ["console"], of: account)
                #expect(toConsole.ending == .exited(0), "\(toConsole.errors)")
                #expect(toConsole.output.split(separator: "\n").count == written.traffic.events)
                #expect(!FileManager.default.fileExists(atPath: place.files.path))
                #expect(await account.events(in: Workplace.group()) == nil)

                let toOthers = try await place.run(arguments + ["archive", "central"], of: account)
                #expect(toOthers.ending == .exited(0), "\(toOthers.errors)")
                #expect(toOthers.output.isEmpty)
                try place.expectFiles(written.traffic.files)
                let stored = try #require(await account.events(in: Workplace.group()))
                #expect(Arrivals(stored, of: written.traffic).isComplete(written.traffic))
                #expect(!FileManager.default.fileExists(atPath: place.store.path))
            }
        }

        @Test func intoARunningDaemonsFilesIsRefused() async throws {
            try await Account.with { account in
                let place = try Workplace()
                try place.write(sinks: [.archive])
                let written = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                try await eventually("the daemon delivers") { place.deliveredBytes() == written.traffic.fileBytes }
                let replay = try await place.run(
                    ["replay", "--config", place.settings.path, "--from", "trim-horizon"], of: account)
                #expect(replay.ending == .exited(1))
                #expect(replay.errors.contains(place.files.path))
                #expect(replay.errors.contains("in use by tailrace, process \(daemon.pid) on "))
                #expect(replay.errors.contains("settings in which sink archive has another one"))
                // What the error says to do is done.
                let elsewhere = place.directory.appendingPathComponent("elsewhere").path
                #expect(replay.errors.contains("--stream \(Account.stream.name) --to-files DIRECTORY"))
                let apart = try await place.run(
                    [
                        "replay", "--stream", Account.stream.name, "--to-files", elsewhere, "--dead-letters",
                        elsewhere + "-dead", "--from", "trim-horizon",
                    ], of: account)
                #expect(apart.ending == .exited(0), "\(apart.errors)")
                #expect(try await daemon.stop() == .exited(0))
                try place.expectFiles(written.traffic.files)
            }
        }

        @Test(arguments: [
            ["--from", "yesterday"], ["--from", "2026-11-20"], ["--from", "shardId-000000000000:-5"],
            ["--from", "trim-horizon", "--until", "later"], ["--from", "trim-horizon", "--to", "nobody"],
            ["--from", "trim-horizon", "--shard", "no shard"], ["--from", "trim-horizon", "--speed", "9"],
            ["--from", "checkpoint:"], [],
        ]) func nonsenseIsAnErrorOfUsage(arguments: [String]) async throws {
            try await Account.with { account in
                let place = try Workplace()
                let flags = ["--stream", Account.stream.name, "--to-stdout"]
                let replay = try await place.run(["replay"] + flags + arguments, of: account)
                #expect(replay.ending == .exited(2))
                #expect(replay.output.isEmpty)
                #expect(!replay.errors.isEmpty)
            }
        }

        @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
        func anInterruptedReplayTellsBy(signal: Int32, code: Int32) async throws {
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                let place = try Workplace()
                let replay = try place.program(
                    ["replay", "--stream", Account.stream.name, "--to-stdout", "--from", "trim-horizon"], of: account,
                    adding: ["AWS_ENDPOINT_URL": deaf.endpoint])
                try await eventually("it asks for the stream") { deaf.isCalled }
                await replay.signal(signal)
                #expect(try await replay.ended() == .exited(code))
            }
        }

        private static func checkpoints(in place: Workplace) throws -> CheckpointExport {
            try SQLiteStateStore.readCheckpoints(path: place.store.path, scope: .init(stream: Account.stream.arn))
        }
    }
}
