import Core
import Settings
import Testing

@testable import tailrace

private let now = Instant(milliseconds: 1_795_000_000_000)

/// What a person may ask for, and what it then means.
@Suite struct ReplayRequestTests {
    private static let one = "shardId-000000000001"
    private static let two = "shardId-000000000002"
    private static let stream = "arn:aws:kinesis:us-east-1:999999999999:stream/Logs"

    private static func settings(
        _ sinks: String = "{files: {files: {directory: /a}}, console: {stdout: {}}}", routes: String = "[]"
    ) throws -> TailraceSettings {
        try TailraceSettings(
            yaml: "{stream: {name: Logs}, sinks: \(sinks), routes: \(routes), dead-letters: {directory: /dead}}",
            file: "test.yaml")
    }

    private static func request(
        _ from: String = "trim-horizon", until: String = "now", shards: [String] = [], sinks: [String] = [],
        settings: TailraceSettings? = nil
    ) throws -> ReplayRequest {
        try ReplayRequest(
            from: from, until: until, shards: shards, sinks: sinks, of: try settings ?? Self.settings())
    }

    // MARK: What belongs together

    @Test(
        arguments: [
            ("trim-horizon", "now", [], nil), ("trim-horizon", "now", [one, two], [one, two]),
            ("\(one):5", "now", [], [one]), ("\(one):5", "now", [one], [one]), ("trim-horizon", "\(one):5", [], [one]),
            ("\(one):5", "\(one):5", [one], [one]), ("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z", [], nil),
        ] as [(String, String, [String], [String]?)])
    func theShardsThatPositionsNameAreTheOnes(from: String, until: String, shards: [String], meant: [String]?) throws {
        let request = try Self.request(from, until: until, shards: shards)
        #expect(request.shards == meant.map { Set($0.compactMap { ShardID($0) }) })
    }

    @Test(arguments: [
        ("\(one):5", "now", [two], "--from names shard \(one), --shard names others"),
        ("\(one):5", "now", [one, two], "--from names shard \(one), --shard names others"),
        ("trim-horizon", "\(one):5", [two], "--until names shard \(one), --shard names others"),
        ("\(one):5", "\(two):6", [], "a replay between two records is of one shard"),
        ("\(one):6", "\(one):5", [], "--until lies before --from"),
        ("2026-11-20T10:00:01Z", "2026-11-20T10:00:00Z", [], "--until lies before --from"),
        ("trim-horizon", "trim-horizon", [], "--until: nothing lies before 'trim-horizon'"),
        ("yesterday", "now", [], "--from: 'yesterday' is no position"),
        ("trim-horizon", "now", ["a shard"], "'a shard' is no shard"),
    ])
    func whatContradictsItselfIsAnErrorOfUsage(from: String, until: String, shards: [String], words: String) {
        let failure = #expect(throws: CommandFailure.self) {
            try Self.request(from, until: until, shards: shards)
        }
        #expect(failure?.exitCode == .usage)
        #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
    }

    @Test func aSinkThatNobodyKnowsIsAnErrorOfUsage() throws {
        #expect(try Self.request(sinks: ["console"]).sinks.map(\.name.text) == ["console"])
        let failure = #expect(throws: CommandFailure.self) { try Self.request(sinks: ["nobody"]) }
        #expect(failure?.message == "--to: no sink is called 'nobody'; the settings have files, console")
    }

    @Test(
        arguments: [
            ("now", [], ShardTree.Scope.all), ("2026-11-20T10:00:00Z", [], .all),
            ("now", [one], .only([ShardID(one)].compacted, followsChildren: true)),
            ("\(one):5", [], .only([ShardID(one)].compacted, followsChildren: false)),
            // Up to checkpoints, only what has one.
            ("checkpoint", [], .only([ShardID(two)].compacted, followsChildren: false)),
            ("checkpoint", [one], .only([ShardID(one)].compacted, followsChildren: true)),
        ] as [(String, [String], ShardTree.Scope)])
    func theEndTellsWhichShardsAreRead(until: String, shards: [String], scope: ShardTree.Scope) throws {
        let two = try #require(ShardID(Self.two))
        let bounds = ReplayBounds(upTo: [two: .shardEnd])
        #expect(try Self.request(until: until, shards: shards).scope(within: bounds) == scope)
    }

    @Test func nowIsFixedWhenItBegins() throws {
        let settings = try Self.settings()
        let shard = try #require(ShardID(Self.one))
        let five = try #require(SequenceNumber("5"))
        #expect(
            try ReplayEnd.now.bounds(settings, stream: Self.stream, now: now) == ReplayBounds(others: .time(now)))
        #expect(
            try ReplayEnd.record(shard, five).bounds(settings, stream: Self.stream, now: now)
                == ReplayBounds(others: .nothing, own: [shard: .record(five)]))
    }

    // MARK: What is the same replay

    private static func digest(_ request: ReplayRequest, _ settings: TailraceSettings? = nil, stream: String = stream)
        throws -> String
    {
        ReplayIdentity(request, stream: stream, settings: try settings ?? Self.settings(), directory: "/here").digest
    }

    @Test func theSameCommandIsTheSameReplay() throws {
        let once = try Self.digest(try Self.request("2026-11-20T10:00:00Z", shards: [Self.two, Self.one]))
        #expect(once.count == ReplayIdentity.digits)
        #expect(once == (try Self.digest(try Self.request("2026-11-20T10:00:00Z", shards: [Self.one, Self.two]))))
        let absolute = try Self.settings("{files: {files: {directory: /here/a}}}")
        let relative = try Self.settings("{files: {files: {directory: a}}}")
        let digests = try [absolute, relative].map { try Self.digest(try Self.request(settings: $0), $0) }
        #expect(digests[0] == digests[1])
    }

    @Test func whateverDiffersIsAnotherReplay() throws {
        var digests = try [
            Self.digest(Self.request()), Self.digest(Self.request("latest")),
            Self.digest(Self.request(until: "latest")),
            Self.digest(Self.request(shards: [Self.one])), Self.digest(Self.request(sinks: ["files"])),
            Self.digest(Self.request(), stream: Self.stream + "2"),
        ]
        let others = [
            try Self.settings("{files: {files: {directory: /b}}, console: {stdout: {}}}"),
            try Self.settings("{files: {files: {directory: /a, path: \"{owner}.ndjson\"}}, console: {stdout: {}}}"),
            try Self.settings("{files: {files: {directory: /a, format: text}}, console: {stdout: {}}}"),
            try Self.settings("{files: {log-group: {group: \"/a\"}}, console: {stdout: {}}}"),
            try Self.settings(routes: "[{match: {owner: \"1*\"}, to: [files]}]"),
        ]
        digests += try others.map { try Self.digest(try Self.request(settings: $0), $0) }
        #expect(Set(digests).count == digests.count)
    }
}

extension [ShardID?] {
    fileprivate var compacted: Set<ShardID> { Set(compactMap(\.self)) }
}
