import Core
import Foundation
import Pipeline
import Testing

@testable import Adapters

@Suite struct LookingTests {
    private let directory = FileManager.default.temporaryDirectory.appending(path: "looking-\(UUID().uuidString)").path

    @Test func aStoreShowsCheckpointsAndLedgerBesideItsDaemon() async throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/state.db"
        #expect(throws: StoreError.missing(path: path)) { try SQLiteStateStore.readStreams(path: path) }
        #expect(SQLiteStateStore.holder(path: path) == nil)
        let (shard, sink) = (try #require(ShardID("shardId-0")), try #require(SinkName("central")))
        var ledger = LedgerCounts()
        (ledger.recordsRead, ledger.recordsDelivered) = (5, 5)
        ledger.sinks[sink] = SinkCounts(routed: 9, delivered: 9)
        let saved = Instant(milliseconds: 1_763_632_800_000)
        do {
            let store = try SQLiteStateStore(path: path, scope: .init(stream: "arn"), now: { saved })
            try await store.save(Commit(checkpoints: [shard: .shardEnd], files: [], ledger: ledger))
            let holder = try #require(SQLiteStateStore.holder(path: path))
            #expect(holder.contains("process \(getpid()) on "))
            let streams = try SQLiteStateStore.readStreams(path: path)
            #expect(
                streams == [
                    "arn": StoredStream(
                        checkpoints: [shard: .init(checkpoint: .shardEnd, saved: saved)], ledger: ledger)
                ])
        }
        #expect(SQLiteStateStore.holder(path: path) == nil)
        #expect(try SQLiteStateStore.readStreams(path: path)["arn"]?.ledger == ledger)
    }

    @Test(arguments: [
        ("1: FLOCK  ADVISORY  WRITE 31786 fe:00:16224391 0 EOF", true),
        ("1: POSIX  ADVISORY  WRITE 31786 fe:00:16224391 0 EOF", false),
        ("1: FLOCK  ADVISORY  READ  31786 fe:00:16224391 0 EOF", false),
        ("1: FLOCK  ADVISORY  WRITE 31786 fe:00:6224391 0 EOF", false),
        ("1: -> FLOCK  ADVISORY  WRITE 31786 fe:00:16224391 0 EOF", false), ("", false), ("1: FLOCK", false),
        ("2: POSIX  ADVISORY  READ 1 fe:00:7 0 EOF\n1: FLOCK  ADVISORY  WRITE 1 fe:00:16224391 0 EOF\n", true),
    ])
    func aLineShowsWhoHoldsALock(table: String, isLocked: Bool) {
        #expect(FileLock.isLocked(16_224_391, in: table) == isLocked)
    }
}
