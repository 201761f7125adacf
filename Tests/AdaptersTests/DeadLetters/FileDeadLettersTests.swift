import Adapters
import Core
import Pipeline
import Testing

@Suite struct FileDeadLettersTests {
    private let scratch: ScratchDirectory
    private let store = MemoryStateStore()
    private let settled = Settled()

    init() throws { scratch = try ScratchDirectory() }

    private func open() async throws -> FileDeadLetters {
        let saved = await store.load().files[.deadLetters]
        return try await afterLettingGo {
            try await FileDeadLetters(
                directory: scratch.below("dead"), stream: "s", store: store, saved: saved, telemetry: .silent,
                now: Instant(milliseconds: 0))
        }
    }

    private func undecodable(_ sequence: Int) -> DeadLetter {
        DeadLetter(
            shard: .zero, sequence: .test(sequence), arrival: Instant(milliseconds: 1_763_632_800_123), sink: nil,
            reason: .undecodable(.notJSON), detail: "byte 0", content: .record(Array("abc".utf8)),
            receipt: settled.receipt(sequence))
    }

    private func commit(_ letters: FileDeadLetters) async throws {
        let cut = try #require(try await letters.cut())
        try await store.save(Commit(checkpoints: [:], files: [cut]))
    }

    private var lines: [Substring] {
        scratch.contents(below: "dead")["dead-letters.ndjson"]?.split(separator: "\n") ?? []
    }

    @Test func aRecordIsKeptWithItsBytesAndReason() async throws {
        let letters = try await open()
        try await letters.keep([undecodable(5)])
        #expect(settled.numbers == [])
        try await commit(letters)
        #expect(settled.deadLettered == [5: 1])
        #expect(
            lines == [
                #"{"reason":"not-json","detail":"byte 0","stream":"s","shardId":"shardId-0","sequenceNumber":"5","#
                    + #""approximateArrivalTimestamp":1763632800123,"data":"YWJj"}"#
            ])
    }

    @Test func anEventIsKeptWithTheSinkThatRefusedIt() async throws {
        let letters = try await open()
        let delivery = try TestRecord("s", "fine", "old").delivery(sequence: 6, receipt: settled.receipt(6, events: 2))
        try await letters.keep([
            DeadLetter(delivery, message: 0, event: 1, refusedBy: .test("central"), as: .tooOld, detail: "14 days")
        ])
        try await commit(letters)
        #expect(settled.numbers == [])
        delivery.receipt.settle(1, as: .delivered)
        #expect(settled.deadLettered == [6: 1])
        #expect(
            lines == [
                #"{"reason":"too-old","detail":"14 days","stream":"s","shardId":"shardId-0","sequenceNumber":"6","#
                    + #""sink":"central","event":{"owner":"1","logGroup":"/g","logStream":"s","id":"1","timestamp":0,"#
                    + #""message":"old","subscriptionFilters":["f"]}}"#
            ])
    }

    @Test func anUndecodableRecordThatIsReadAgainIsKeptOnce() async throws {
        do {
            let letters = try await open()
            for sequence in 1...2 { try await letters.keep([undecodable(sequence)]) }
            try await commit(letters)
            try await letters.keep([undecodable(3)])  // never cut: lost with the crash, and read again
        }
        let letters = try await open()
        for sequence in 1...3 { try await letters.keep([undecodable(sequence)]) }
        try await commit(letters)
        #expect(lines.count == 3)
        #expect(settled.numbers == [1, 2, 3])
    }
}
