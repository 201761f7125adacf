import FoundationEssentials
import Testing

@testable import Benchmarks

@Suite struct CorpusFileTests {
    private let directory: ScratchDirectory
    private var path: String { "\(directory.path)/payloads.corpus" }

    init() throws { directory = try ScratchDirectory() }

    private func write(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(filePath: path)) }

    private func refusal() -> String? {
        do {
            _ = try CorpusFile.read(path)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func whatIsWrittenIsRead() throws {
        let payloads: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 7, count: 70_000)]
        try CorpusFile.write(Corpus(name: "any", payloads: payloads), to: path)
        #expect(try CorpusFile.read(path).payloads == payloads)
        #expect(try CorpusFile.read(path).name == "payloads.corpus")
    }

    @Test func lengthsAreBigEndian() throws {
        try write([0, 0, 0, 2, 8, 9])
        #expect(try CorpusFile.read(path).payloads == [[8, 9]])
    }

    @Test func whatIsNoCorpusIsRefused() throws {
        #expect(refusal()?.contains("No such file") == true)
        try write([])
        #expect(refusal()?.contains("holds no payload") == true)
        try write([0, 0, 0, 1, 5, 0, 0])
        #expect(refusal()?.contains("ends within the length at byte 5") == true)
        try write([0x1F, 0x8B, 8, 0, 1])
        #expect(refusal()?.contains("the payload at byte 0 is to have 529205248 bytes, and 1 are left") == true)
    }
}
