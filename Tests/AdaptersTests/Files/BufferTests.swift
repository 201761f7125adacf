import Core
import Pipeline
import Testing

@testable import Adapters

@Suite struct FileBuffers {
    private let files: AppendFiles
    private let scratch: ScratchDirectory

    init() throws {
        scratch = try ScratchDirectory()
        var limits = FileLimits()
        limits.bufferedBytesMax = 300_000
        limits.appendedBytesMax = 100_000
        limits.blockBytes = 10_000
        files = try AppendFiles(
            directory: scratch.below("logs"), of: SinkName.test("archive"), store: MemoryStateStore(),
            telemetry: .silent, now: Instant(milliseconds: 0), limits: limits)
    }

    private func append(_ bytes: Int, to number: Int) throws {
        let path = try PathTemplate("{log-stream}.log").path(
            for: Origin(owner: "1", logGroup: "g", logStream: "\(number)"), at: Instant(milliseconds: 0))
        files.append(to: path) { $0.append(contentsOf: repeatElement(0x61, count: bytes)) }
    }

    private var waiting: Int { files.known.values.reduce(0) { $0 + $1.buffer.capacity } }
    private var occupied: Int { files.spares.bytes + waiting }
    private var lengths: [String: Int] { scratch.contents(below: "logs").mapValues(\.utf8.count) }

    /// A file that was written to once must not keep what that took for as long as it is known.
    @Test func areNotKeptByEachFile() async throws {
        for number in 0..<50 {
            try append(90_000, to: number)
            try await files.writeOut()
        }
        #expect(files.bufferedBytes == 0)
        #expect(occupied <= 200_000)
        #expect(Array(lengths.values) == Array(repeating: 90_000, count: 50))
    }

    @Test func areUsedAgain() async throws {
        for number in 0..<3 { try append(20_000, to: number) }
        try await files.writeOut()
        let kept = occupied
        for number in 3..<6 { try append(20_000, to: number) }
        #expect(occupied == kept && files.spares.bytes == 0)
        try append(0, to: 6)
        #expect(occupied == kept)
    }

    @Test func areWrittenInWholeBlocksUntilACut() async throws {
        try append(25_000, to: 1)
        try append(9_999, to: 2)
        #expect(!files.isFull)
        try append(70_000, to: 1)
        #expect(files.isFull)
        try await files.makeRoom()
        #expect(!files.isFull)
        #expect(lengths == ["1.log": 90_000])
        _ = try await files.cut()
        #expect(lengths == ["1.log": 95_000, "2.log": 9_999])
        try append(104_999, to: 1)
        try await files.makeRoom()
        #expect(lengths == ["1.log": 190_000, "2.log": 9_999])
        try append(1, to: 1)
        _ = try await files.cut()
        #expect(lengths == ["1.log": 200_000, "2.log": 9_999])
    }

    /// What is less than a block stays, in memory as small as it is.
    @Test func theRestOfALongOneIsSmall() async throws {
        for number in 0..<20 {
            try append(99_999, to: number)
            try await files.makeRoom()
        }
        #expect(lengths == Dictionary(uniqueKeysWithValues: (0..<20).map { ("\($0).log", 90_000) }))
        #expect(waiting < 20 * 16_000)
    }

    /// Many files may have less than a block each.
    @Test func areAllWrittenWhenTheyOccupyTooMuch() async throws {
        for number in 0..<100 {
            try append(9_000, to: number)
            #expect(files.bufferedBytes == waiting)
            if files.isFull { try await files.makeRoom() }
            #expect(waiting < 330_000)
        }
        #expect(lengths.count >= 60)
        _ = try await files.cut()
        #expect(Array(lengths.values) == Array(repeating: 9_000, count: 100))
    }
}
