import Adapters
import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// A replay ends where it is told, shard by shard, and not before.
    @Suite struct ReplayBoundsTests {
        @Test func untilARecordWhichIsIncludedAndOfItsShardAlone() async throws {
            try await Account.with { account in
                let written = try await Written(to: account)
                let place = try Workplace()
                let (shard, third) = (written.places[1].shard.name, written.places[3].sequence.digits)
                let until = ["--until", "\(shard):\(third)"]
                #expect(try await written.replay(["--from", "trim-horizon"] + until, in: place) == [1, 3])
                #expect(try await written.replay(["--from", "\(shard):\(third)"] + until, in: place) == [3])
                let of = ["--from", "trim-horizon", "--shard", shard]
                #expect(try await written.replay(of + until, in: place) == [1, 3])
                #expect(
                    try await written.replay(["--from", "trim-horizon", "--until", "latest"], in: place).count == 6)

                // A record that is not there is not waited for.
                let beyond = ["--until", "\(shard):9\(third)"]
                #expect(try await written.replay(["--from", "trim-horizon"] + beyond, in: place) == [1, 3, 5])
                #expect(
                    try place.text(place.log).contains("until its tip, as the stream does not hold record 9\(third)"))
            }
        }

        /// The daemon is held while the last records come, so that its checkpoints are before them.
        @Test func untilTheDaemonsCheckpoints() async throws {
            try await Account.with { account in
                let place = try Workplace()
                try place.write(sinks: [.archive])
                try await account.emulator.createStream(Account.stream, shards: 2)
                let daemon = try place.daemon(of: account)
                let written = try await Written(to: account, recordsBeforeHold: 4) { places in
                    let last = Dictionary(places.map { ($0.shard, Checkpoint.after($0.sequence)) }) { $1 }
                    try await eventually("the daemon has saved how far it is") {
                        FileManager.default.fileExists(atPath: place.store.path)
                            && (try? place.checkpoints().checkpoints) == last
                    }
                    await daemon.signal(SIGSTOP)
                }
                let state = ["--state", place.store.path]
                let exported = place.directory.appendingPathComponent("checkpoints.json")
                try Data(try place.checkpoints().json()).write(to: exported)
                let horizon = ["--from", "trim-horizon", "--until"]
                #expect(try await written.replay(horizon + ["checkpoint"] + state, in: place) == [0, 1, 2, 3])
                #expect(
                    try await written.replay(horizon + ["checkpoint:\(exported.path)"], in: place) == [0, 1, 2, 3])
                let between = ["--from", written.moments[0], "--until", "checkpoint"]
                #expect(try await written.replay(between + state, in: place) == [2, 3])
                await daemon.signal(SIGCONT)
                #expect(try await daemon.stop() == .exited(0))
            }
        }

        /// Row 15 of what other consumers get wrong: every other page is empty although more follows.
        @Test func emptyPagesBehindTheTipAreNotTheEnd() async throws {
            try await Account.with({ $0.kinesis.emptyPageEvery = 2 }) { account in
                let traffic = Traffic(logStreams: 2, records: 40, eventsPerRecord: 5)
                let place = try Workplace()
                try place.write(sinks: [.archive])
                try await account.fill(traffic, shards: 2, below: place.directory)
                let replay = try await place.run(
                    ["replay", "--config", place.settings.path, "--from", "trim-horizon"], of: account)
                #expect(replay.ending == .exited(0), "\(replay.errors)")
                try place.expectFiles(traffic.files)
            }
        }

        /// What a chosen shard became by resharding is replayed with it, and after it; other shards are not.
        @Test func whatAChosenShardBecameFollowsIt() async throws {
            try await Account.with { account in
                let traffic = Traffic(logStreams: 8, records: 64, eventsPerRecord: 5)
                let place = try Workplace()
                try place.write(sinks: [.archive])
                try await account.emulator.createStream(Account.stream, shards: 2)
                try await account.put(traffic, records: 0..<24)
                let (first, second) = ("shardId-000000000000", "shardId-000000000001")
                try await account.split(first, at: "85070591730234615865843651857942052864")
                try await account.split(second, at: "255211775190703847597530955573826158592")
                try await account.put(traffic, records: 24..<48)
                try await account.split("shardId-000000000002", at: "42535295865117307932921825928971026432")
                try await account.put(traffic, records: 48..<64)

                for shard in [first, second] {
                    let replay = try await place.run(
                        ["replay", "--config", place.settings.path, "--from", "trim-horizon", "--shard", shard],
                        of: account)
                    #expect(replay.ending == .exited(0), "\(replay.errors)")
                    let delivered = try place.delivered()
                    if shard == first { #expect(delivered.count < traffic.logStreams && !delivered.isEmpty) }
                    // Whole and in order: a log stream's records went from a shard to what that became.
                    for (path, bytes) in delivered { #expect(traffic.files[path] == bytes, "\(path)") }
                }
                try place.expectFiles(traffic.files)
            }
        }

        /// What a log group refuses is told by reason, and where it is kept.
        @Test func whatWasRefusedIsInTheSummary() async throws {
            try await Account.with { account in
                let place = try Workplace()
                try place.write(sinks: [.central])
                try await account.emulator.createStream(Account.stream, shards: 1)
                let old =
                    #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"/app","logStream":"s","logEvents":["#
                    + #"{"id":"1","timestamp":1,"message":"of 1970"}]}"#
                try await account.put(Array(old.utf8), partitionKey: "0")
                try await account.put(Array("{broken".utf8), partitionKey: "0")
                let replay = try await place.run(
                    ["replay", "--config", place.settings.path, "--from", "trim-horizon"], of: account)
                #expect(replay.ending == .exited(0), "\(replay.errors)")
                let dead = place.directory.appendingPathComponent("dead-letters/replay").path
                #expect(replay.errors.contains("sink central refused events: too-old 1; they are kept in \(dead)/"))
                #expect(replay.errors.contains("records that cannot be decoded: not-json 1; they are kept in \(dead)/"))
            }
        }
    }
}

extension Workplace {
    fileprivate func checkpoints() throws -> CheckpointExport {
        try SQLiteStateStore.readCheckpoints(path: store.path, scope: .init(stream: Account.stream.arn))
    }
}
