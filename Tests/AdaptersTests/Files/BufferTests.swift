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
        limits.bufferedBytesMax = 100_000
        files = try AppendFiles(
            directory: scratch.below("logs"), of: SinkName.test("archive"), store: MemoryStateStore(),
            telemetry: .silent, now: Instant(milliseconds: 0), limits: limits)
    }

    private func append(_ bytes: Int, to number: Int) throws {
        let path = try PathTemplate("{log-stream}.log").path(
            for: Origin(owner: "1", logGroup: "g", logStream: "\(number)"), at: Instant(milliseconds: 0))
        files.append(to: path) { $0.append(contentsOf: repeatElement(0x61, count: bytes)) }
    }

    private var occupied: Int { files.spares.bytes + files.known.values.reduce(0) { $0 + $1.buffer.capacity } }

    /// A file that was written to once must not keep what that took for as long as it is known.
    @Test func areNotKeptByEachFile() async throws {
        for number in 0..<50 {
            try append(90_000, to: number)
            try await files.writeOut()
        }
        #expect(files.bufferedBytes == 0)
        #expect(occupied <= 200_000)
        #expect(scratch.contents(below: "logs").values.map(\.utf8.count) == Array(repeating: 90_000, count: 50))
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
}
