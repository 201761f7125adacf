import Core
import FoundationEssentials
import Pipeline
import Testing

@testable import Admin

@Suite struct DeskTests {
    private struct Health: Decodable, Equatable {
        let status: String
        let causes: [String]
    }

    private static func desk(_ snapshot: HealthSnapshot) -> AdminDesk {
        AdminDesk(version: "1.2.3") { snapshot }
    }

    private static func health(_ snapshot: HealthSnapshot) async throws -> (status: Int, health: Health) {
        let answer = await desk(snapshot).answer(method: "GET", target: "/health")
        #expect(answer.contentType == "application/json")
        return (answer.status, try JSONDecoder().decode(Health.self, from: Data(answer.body)))
    }

    @Test func healthIs503OnlyWhenRed() async throws {
        let well = try await Self.health(Snapshots.well)
        #expect(well.status == 200 && well.health == Health(status: "ok", causes: []))
        let fault = OngoingFault(cause: "disk full", lasting: .seconds(2))
        let degraded = try await Self.health(Snapshots.snapshot(shards: [Snapshots.shards[3]], commit: fault))
        #expect(degraded.status == 200)
        #expect(degraded.health == Health(status: "degraded", causes: ["checkpoints: fails for 2s (disk full)"]))
        let red = try await Self.health(Snapshots.snapshot())
        #expect(red.status == 503)
        #expect(red.health.status == "red")
        #expect(red.health.causes.first?.hasPrefix("shard shardId-000000000001: no progress for 400s") == true)
    }

    @Test func causesAreBounded() async throws {
        let shards = (0..<1000).compactMap { ShardID("shardId-\($0)") }.map {
            ShardStanding(shard: $0, state: .locating, sinceProgress: .seconds(301))
        }
        let causes = try await Self.health(Snapshots.snapshot(shards: shards)).health.causes
        #expect(causes.count == 21)
        #expect(causes.last == "and 980 more")
    }

    @Test func statusTellsEverything() async throws {
        let fault = OngoingFault(target: "/a:b", cause: "denied", lasting: .milliseconds(1250))
        let snapshot = Snapshots.snapshot(
            sinks: [Snapshots.sink("central"): Array(repeating: fault, count: 12), .deadLetters: [fault]])
        let answer = await Self.desk(snapshot).answer(method: "GET", target: "/status?pretty=1")
        #expect(answer.status == 200)
        let document = try JSONDecoder().decode(StatusDocument.self, from: Data(answer.body))
        #expect(document.daemon == .up && document.status == "red" && document.version == "1.2.3")
        #expect(document.stream == "arn:aws:kinesis:us-east-1:999999999999:stream/Logs")
        #expect(document.started == "2025-11-20T10:00:00.000Z" && document.uptimeSeconds == 90.5)
        #expect(document.commit.secondsSinceLast == 1.5)
        #expect(
            document.shards == [
                .init(shard: "shardId-000000000000", state: "ended", checkpoint: "SHARD_END"),
                .init(
                    shard: "shardId-000000000001", state: "backing-off", detail: "access-denied",
                    cause: "AccessDeniedException: no", behindLatestSeconds: 412.345, secondsSinceProgress: 400,
                    unsettledRecords: 3, stuck: true),
                .init(
                    shard: "shardId-000000000002", state: "waiting-for-parents",
                    detail: "shardId-000000000001,shardId-000000000000", unsettledRecords: 0),
                .init(
                    shard: "shardId-000000000003", state: "idle", behindLatestSeconds: 0, secondsSinceProgress: 0.9,
                    unsettledRecords: 0, checkpoint: "AT_TIMESTAMP:1763632800000"),
            ])
        #expect(document.sinks.map(\.sink) == ["central", "archive", "dead.letters"])
        let central = document.sinks[0]
        #expect(central.routed == central.delivered + central.deadLettered + central.pending)
        #expect(central.faults.count == StatusLimits.faultsMax && central.failing == 12)
        #expect(central.faults[0].target == "/a:b" && central.faults[0].seconds == 1.25)
        let ledger = document.ledger
        #expect(ledger.read == 100 && ledger.pending == 6 && ledger.expired == 3)
        #expect(
            ledger.read
                == ledger.delivered + ledger.control + ledger.filtered + ledger.deadLettered + ledger.pending)
    }

    @Test func aStoreHasTheSameDocument() throws {
        let now = Instant(milliseconds: 1_763_632_800_000)
        let document = StatusDocument(
            saved: [
                Snapshots.shard(1): .init(checkpoint: .shardEnd, saved: Instant(milliseconds: now.milliseconds - 5000)),
                Snapshots.shard(0): .init(checkpoint: .atTime(now), saved: Instant(milliseconds: 0)),
            ], ledger: Snapshots.ledger, of: "arn", daemon: .down, causes: ["nobody answers"], version: "1", now: now)
        let again = try JSONDecoder().decode(StatusDocument.self, from: Data(JSONText.bytes(document)))
        #expect(again == document)
        #expect(document.shards.map(\.state) == ["stopped", "ended"])
        #expect(document.commit.secondsSinceLast == 5)
        #expect(document.sinks.map(\.sink) == ["central"])
        #expect(document.status == nil)
    }

    @Test(arguments: ["/health", "/status", "/metrics"]) func onlyGetAndHead(target: String) async {
        let desk = Self.desk(Snapshots.well)
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"] {
            let answer = await desk.answer(method: method, target: target)
            #expect(answer.status == 405 && answer.allowed == "GET, HEAD")
        }
        #expect(await desk.answer(method: "HEAD", target: target).status == 200)
    }

    @Test(arguments: ["/", "", "/healthy", "/health/", "/status/../metrics", "//health", "*", "/Health"])
    func unknownPathsAreNotFound(target: String) async {
        #expect(await Self.desk(Snapshots.well).answer(method: "GET", target: target).status == 404)
    }
}
