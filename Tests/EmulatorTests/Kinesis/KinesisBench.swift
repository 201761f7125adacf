import Foundation
import Synchronization

@testable import Emulator

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    /// 2026-11-20T12:00:00.123Z, so that milliseconds show.
    static let start: Int64 = 1_795_176_000_123

    private let time = Atomic<Int64>(ManualClock.start)

    var clock: WallClock { WallClock { self.time.load(ordering: .relaxed) } }
    var now: Int64 { time.load(ordering: .relaxed) }

    func advance(milliseconds: Int64) { time.add(milliseconds, ordering: .relaxed) }
    func advance(seconds: Int64) { advance(milliseconds: seconds * 1000) }
}

/// Kinesis on the bench: calls in and out as JSON, without HTTP, at a time that the test chooses.
struct KinesisBench {
    typealias Object = [String: Any]

    let clock = ManualClock()
    let keys: KeyService
    let service: KinesisService
    var caller = Caller(account: "111111111111", region: "us-east-1", accessKeyID: "")

    init(
        seed: UInt64 = 0, faults: [FaultRule] = [], _ change: (inout KinesisRules) -> Void = { _ in }
    ) {
        var rules = KinesisRules()
        rules.limitsReads = false
        change(&rules)
        keys = KeyService(clock: clock.clock)
        service = KinesisService(
            rules: rules, clock: clock.clock, seal: 7, seed: seed, keys: keys, faults: FaultPlan(faults))
    }

    @discardableResult
    func call(_ operation: String, _ request: Object, as other: Caller? = nil) async throws -> Object {
        try await call(service, operation, request, as: other)
    }

    /// The same of another service that speaks JSON.
    @discardableResult
    func call(
        _ service: any EmulatedService, _ operation: String, _ request: Object, as other: Caller? = nil
    ) async throws -> Object {
        let body = try JSONSerialization.data(withJSONObject: request)
        let reply = try await service.answer(operation: operation, body: Array(body), caller: other ?? caller)
        guard !reply.isEmpty else { return [:] }
        guard let object = try JSONSerialization.jsonObject(with: Data(reply)) as? Object else {
            throw ServiceFault("NotAnObject", String(decoding: reply, as: UTF8.self))
        }
        return object
    }

    /// AWS's code of the error that the call gets; `nil` when it gets none.
    func code(_ operation: String, _ request: Object, as other: Caller? = nil) async throws -> String? {
        do {
            try await call(operation, request, as: other)
            return nil
        } catch let fault as ServiceFault {
            return fault.code
        }
    }

    /// AWS's message of the error that the call gets; `nil` when it gets none.
    func message(_ operation: String, _ request: Object) async throws -> String? {
        do {
            try await call(operation, request)
            return nil
        } catch let fault as ServiceFault {
            return fault.message
        }
    }

    func create(_ name: String = "s", shards: Int) async throws {
        try await call("CreateStream", ["StreamName": name, "ShardCount": shards])
    }

    @discardableResult
    func put(_ text: String, key: String = "k", hash: String? = nil, in name: String = "s") async throws -> Object {
        var request: Object = [
            "StreamName": name, "PartitionKey": key, "Data": Data(text.utf8).base64EncodedString(),
        ]
        request["ExplicitHashKey"] = hash
        return try await call("PutRecord", request)
    }

    func shards(_ request: Object = ["StreamName": "s"]) async throws -> [Object] {
        try await call("ListShards", request)["Shards"] as? [Object] ?? []
    }

    func shardNames(_ filter: Object) async throws -> [String] {
        try await shards(["StreamName": "s", "ShardFilter": filter]).compactMap { $0["ShardId"] as? String }
    }

    func split(_ shard: Int, at key: String) async throws {
        try await call(
            "SplitShard", ["StreamName": "s", "ShardToSplit": Self.shardName(shard), "NewStartingHashKey": key])
    }

    func merge(_ one: Int, _ other: Int) async throws {
        try await call(
            "MergeShards",
            [
                "StreamName": "s", "ShardToMerge": Self.shardName(one),
                "AdjacentShardToMerge": Self.shardName(other),
            ])
    }

    @discardableResult
    func scale(to count: Int) async throws -> Object {
        try await call(
            "UpdateShardCount", ["StreamName": "s", "TargetShardCount": count, "ScalingType": "UNIFORM_SCALING"])
    }

    func summary() async throws -> Object {
        try await call("DescribeStreamSummary", ["StreamName": "s"])["StreamDescriptionSummary"] as? Object ?? [:]
    }

    func iterator(_ type: String = "TRIM_HORIZON", shard: Int = 0, _ more: Object = [:]) async throws -> String {
        let request: Object = ["StreamName": "s", "ShardId": Self.shardName(shard), "ShardIteratorType": type]
        let reply = try await call("GetShardIterator", request.merging(more) { $1 })
        return reply["ShardIterator"] as? String ?? ""
    }

    func page(_ iterator: String, limit: Int? = nil) async throws -> Page {
        var request: Object = ["ShardIterator": iterator]
        request["Limit"] = limit
        return Page(try await call("GetRecords", request))
    }

    /// The texts of a shard's records from `iterator` to where no more come.
    func texts(_ iterator: String) async throws -> [String] {
        var (texts, next) = ([String](), Optional(iterator))
        while let iterator = next {
            let page = try await page(iterator)
            texts += page.texts
            next = page.behind == 0 ? nil : page.next
        }
        return texts
    }

    static func shardName(_ number: Int) -> String {
        let digits = String(number)
        return "shardId-" + String(repeating: "0", count: 12 - digits.count) + digits
    }

    struct Page {
        let reply: Object
        let records: [Object]

        init(_ reply: Object) {
            self.reply = reply
            records = reply["Records"] as? [Object] ?? []
        }

        var next: String? { reply["NextShardIterator"] as? String }
        var behind: Int? { reply["MillisBehindLatest"] as? Int }
        var children: [Object]? { reply["ChildShards"] as? [Object] }
        var sequences: [String] { records.compactMap { $0["SequenceNumber"] as? String } }
        var texts: [String] {
            records.compactMap { ($0["Data"] as? String).flatMap { Data(base64Encoded: $0) } }
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
