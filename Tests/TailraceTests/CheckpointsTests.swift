import Core
import Glibc
import Settings
import Testing

@testable import tailrace

private let now = Instant(milliseconds: 1_763_632_800_000)

@Suite struct PositionsAreSaidAsTheyAreTaken {
    private static let sequence = "49590338271490256608559692538361571095921575989136588898"

    private static func after(_ digits: String) throws -> Checkpoint { .after(try #require(SequenceNumber(digits))) }

    @Test func everyCheckpointCanBeSaidAndTaken() throws {
        let checkpoints: [(Checkpoint, String)] = [
            (try Self.after(Self.sequence), Self.sequence), (try Self.after("0"), "0"), (.shardEnd, "SHARD_END"),
            (.atTime(Instant(milliseconds: 0)), "trim-horizon"), (.atTime(now), "2025-11-20T10:00:00.000Z"),
        ]
        for (checkpoint, text) in checkpoints {
            #expect(PositionText.text(checkpoint) == text)
            #expect(try PositionText.checkpoint(text, now: now) == checkpoint)
        }
    }

    @Test func aTimeMayHaveAnyZone() throws {
        #expect(try PositionText.checkpoint("2025-11-20T11:00:00+01:00", now: now) == .atTime(now))
    }

    @Test(arguments: [
        "", "latest", "007", "-5", "4959x", "SHARD_ENDS", "shard_end", "2025-11-20", "2025-11-20T10:00:00",
        "AT_TIMESTAMP:0",
        String(repeating: "1", count: 130),
    ])
    func whatIsNoPositionTellsWhatIs(text: String) {
        let failure = #expect(throws: CommandFailure.self) { try PositionText.checkpoint(text, now: now) }
        #expect(failure?.exitCode == .usage)
        #expect(failure?.message.contains(PositionText.allowed) == true)
    }

    @Test func aTimeToComeIsRefused() {
        let failure = #expect(throws: CommandFailure.self) {
            try PositionText.checkpoint("2025-11-20T10:00:00.001Z", now: now)
        }
        #expect(failure?.exitCode == .usage)
    }

    @Test(arguments: ["", "no shard", "shardId:0", "größe", String(repeating: "s", count: 129)])
    func whatIsNoShardTellsWhatIs(text: String) {
        let failure = #expect(throws: CommandFailure.self) { try PositionText.shard(text) }
        #expect(failure?.message.contains("shardId-000000000000") == true)
    }
}

@Suite struct TheStoreKnowsStreamsByARN {
    private static let east = "arn:aws:kinesis:us-east-1:999999999999:stream/Logs"
    private static let west = "arn:aws:kinesis:us-west-2:999999999999:stream/Logs"
    private static let other = "arn:aws:kinesis:us-east-1:999999999999:stream/MoreLogs"

    private static func arn(
        _ stream: StreamReference?, region: String? = nil, known: [String]
    ) async throws -> String {
        try await StoreAndStream(path: "state.db", stream: stream, region: region).arn(known: known) { name, region in
            "asked for \(name) in \(region ?? "any Region")"
        }
    }

    @Test func anARNIsTakenAsItIs() async throws {
        let arn = try #require(StreamARN(Self.east))
        #expect(try await Self.arn(.arn(arn), known: [Self.west]) == Self.east)
    }

    @Test func aNameIsTheOneStreamThatHasIt() async throws {
        #expect(try await Self.arn(.name("Logs"), known: [Self.east, Self.other]) == Self.east)
        #expect(try await Self.arn(.name("Logs"), region: "us-west-2", known: [Self.east, Self.west]) == Self.west)
        #expect(try await Self.arn(nil, known: [Self.other]) == Self.other)
    }

    @Test func awsIsAskedAboutWhatTheStoreDoesNotKnow() async throws {
        #expect(try await Self.arn(.name("Logs"), known: [Self.other]) == "asked for Logs in any Region")
        #expect(
            try await Self.arn(.name("Logs"), region: "eu-west-1", known: [Self.east]) == "asked for Logs in eu-west-1")
    }

    @Test(
        arguments: [(.name("Logs"), [east, west]), (nil, [east, other]), (nil, [])] as [(StreamReference?, [String])])
    func whatCanBeMeantInTwoWaysIsRefused(stream: StreamReference?, known: [String]) async {
        let failure = await #expect(throws: CommandFailure.self) { try await Self.arn(stream, known: known) }
        #expect(failure?.exitCode == .usage)
        #expect(failure?.message.contains("--stream") == true)
        for arn in known { #expect(failure?.message.contains(arn) == true) }
    }
}

@Suite struct TheTableOfCheckpoints {
    private static func table() throws -> CheckpointTable {
        let (first, second) = (try #require(ShardID("shardId-0")), try #require(ShardID("shardId-1")))
        let sequence = try #require(SequenceNumber("4959"))
        let saved = Instant(milliseconds: now.milliseconds - 90_000)
        return CheckpointTable(
            [
                (
                    "run",
                    CheckpointExport(
                        stream: "b",
                        shards: [
                            second: .init(checkpoint: .shardEnd, saved: saved),
                            first: .init(checkpoint: .after(sequence), saved: now),
                        ])
                ),
                (
                    "run",
                    CheckpointExport(
                        stream: "a\u{1B}[2J", shards: [first: .init(checkpoint: .atTime(now), saved: saved)])
                ),
                ("other", CheckpointExport(stream: "a", shards: [:])),
            ], now: now)
    }

    @Test func itsColumnsAreAlignedAndHarmless() throws {
        #expect(
            try Self.table().text == #"""
                NAMESPACE  STREAM        SHARD      POSITION                  SAVED                     AGE
                run        "a\u{1b}[2J"  shardId-0  2025-11-20T10:00:00.000Z  2025-11-20T09:58:30.000Z  1m
                run        b             shardId-0  4959                      2025-11-20T10:00:00.000Z  0s
                run        b             shardId-1  SHARD_END                 2025-11-20T09:58:30.000Z  1m

                """#)
    }

    @Test func machinesGetTheSame() throws {
        let text = String(decoding: try Self.table().json, as: UTF8.self)
        #expect(
            text.contains(
                """
                  {
                    "ageSeconds" : 90,
                    "namespace" : "run",
                    "position" : "SHARD_END",
                    "saved" : "2025-11-20T09:58:30.000Z",
                    "shard" : "shardId-1",
                    "stream" : "b"
                  }
                """))
        #expect(String(decoding: CheckpointTable([], now: now).json, as: UTF8.self).filter { !$0.isWhitespace } == "[]")
    }

    @Test(arguments: [(0, "0s"), (59, "59s"), (60, "1m"), (3599, "59m"), (172_799, "47h"), (172_800, "2d")])
    func agesAreShort(seconds: Int64, text: String) { #expect(CheckpointTable.age(seconds: seconds) == text) }
}

@Suite struct WhatChangesIsShown {
    private static func change(_ from: Checkpoint?, _ to: Checkpoint?) throws -> CheckpointChange {
        CheckpointChange(shard: try #require(ShardID("s")), from: from, to: to)
    }

    private static let (twice, skipped) = ("will hold those records twice", "is not delivered")

    @Test func theWayBackAndTheWayForward() throws {
        let (five, six) = (try #require(SequenceNumber("5")), try #require(SequenceNumber("6")))
        let back = CheckpointEditing.words([try Self.change(.after(six), .after(five))], leavesAny: true)
        #expect(back[0] == "  s: 6 -> 5")
        #expect(back.count == 2 && back[1].contains(Self.twice))
        let forward = CheckpointEditing.words([try Self.change(.after(five), .after(six))], leavesAny: true)
        #expect(forward.count == 2 && forward[1].contains(Self.skipped))
        let ended = CheckpointEditing.words([try Self.change(nil, .shardEnd)], leavesAny: true)
        #expect(ended[0] == "  s: none -> SHARD_END")
        #expect(ended.count == 2 && ended[1].contains("its children start"))
        #expect(CheckpointEditing.words([try Self.change(nil, .after(five))], leavesAny: true) == ["  s: none -> 5"])
    }

    @Test func whereReadingBeginsWithoutACheckpoint() throws {
        let removed = [try Self.change(.shardEnd, nil)]
        let five = try #require(SequenceNumber("5"))
        #expect(CheckpointEditing.words(removed, leavesAny: true).last?.contains("its oldest record") == true)
        let first = CheckpointEditing.words([try Self.change(nil, .after(five))], leavesAny: true, isFirst: true)
        #expect(first.last?.contains("stream.start") == true)
        #expect(CheckpointEditing.words(removed, leavesAny: false).last?.contains("stream.start") == true)
    }
}

@Suite struct CheckpointsAreCheckedAgainstTheStream {
    private let shard: ShardID
    private let shards: [Shard]

    init() throws {
        shard = try #require(ShardID("shardId-000000000001"))
        shards = [
            Shard(
                id: shard, parents: [], startingSequence: SequenceNumber("100"), endingSequence: SequenceNumber("200"))
        ]
    }

    @Test(arguments: ["100", "150", "200", "SHARD_END", "trim-horizon", "2025-11-20T10:00:00Z"])
    func whatTheShardCanHoldIsTaken(position: String) throws {
        try CheckpointsSetCommand.check(PositionText.checkpoint(position, now: now), of: shard, among: shards)
    }

    @Test(arguments: [("99", "begins at 100"), ("201", "ended at 200")])
    func whatItCannotHoldIsRefused(position: String, words: String) throws {
        let failure = #expect(throws: CommandFailure.self) {
            try CheckpointsSetCommand.check(PositionText.checkpoint(position, now: now), of: shard, among: shards)
        }
        #expect(failure?.message.contains(words) == true)
    }

    @Test func aShardThatTheStreamDoesNotHaveIsRefused() throws {
        let other = try #require(ShardID("shardId-000000000010"))
        let failure = #expect(throws: CommandFailure.self) {
            try CheckpointsSetCommand.check(.shardEnd, of: other, among: shards)
        }
        #expect(failure?.message.contains("no shard shardId-000000000010") == true)
    }

    @Test(arguments: [(Int64(-1), true), (0, false), (now.milliseconds, false), (now.milliseconds * 1000, true)])
    func aFileWithAMomentToComeIsRefused(milliseconds: Int64, isRefused: Bool) throws {
        let entry = CheckpointExport.Entry(checkpoint: .atTime(Instant(milliseconds: milliseconds)), saved: now)
        let export = CheckpointExport(stream: "s", shards: [shard: entry])
        let check = { try CheckpointsImportCommand.refuseTimesToCome(export, in: "file", now: now) }
        if isRefused { #expect(throws: CommandFailure.self) { try check() } } else { try check() }
    }

    /// As root, a file in place of a device would break the machine.
    @Test func whatIsNoFileIsWrittenToAndStays() throws {
        try ExportFile.write([65], to: "/dev/null")
        var status = stat()
        #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    }
}

@Suite struct CheckpointsAreAskedForRightly {
    @Test(arguments: [
        ["set"], ["set", "shardId-0"], ["set", "no shard", "1"], ["set", "shardId-0", "latest"], ["remove"],
        ["remove", "--all", "shardId-0"], ["remove", "no shard"], ["import"],
        ["list", "--config", "a", "--state", "b"],
        ["list", "more"], ["export", "--stream", "no stream"], ["export", "--region", "nowhere"], ["forget"],
    ])
    func nonsenseIsAnErrorOfUsage(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let state = arguments.contains("--state") ? [] : ["--state", directory.path + "/state.db"]
        let ending = await Tailrace.ending(of: ["checkpoints"] + arguments + (arguments == ["forget"] ? [] : state))
        #expect(ending.exitCode == .usage, "\(ending)")
        #expect(!ending.complaints.isEmpty)
    }

    @Test(arguments: [["list"], ["export"], ["set", "shardId-0", "1"], ["remove", "--all"]])
    func aMissingStoreIsAFailureAndIsNotMade(arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let state = directory.path + "/below/state.db"
        let ending = await Tailrace.ending(of: ["checkpoints"] + arguments + ["--state", state])
        #expect(ending.exitCode == .failed)
        #expect(ending.complaints.first?.contains("there is no store at \(state)") == true)
        #expect(try directory.isEmpty)
    }

    @Test(arguments: ["list", "export", "import", "set", "remove"]) func eachHasHelp(command: String) async {
        let ending = await Tailrace.ending(of: ["checkpoints", command, "--help"])
        #expect(ending.exitCode == .done)
        #expect(ending.answer?.contains("--state") == true)
    }
}
