import Adapters
import Core
import Glibc
import Pipeline
import Testing

@Suite struct PageCache {
    private let scratch: ScratchDirectory
    private let disk = FaultyDisk()
    private let files: AppendFiles

    init() throws {
        scratch = try ScratchDirectory()
        files = try AppendFiles(
            directory: scratch.below("logs"), of: SinkName.test("archive"), store: MemoryStateStore(),
            telemetry: .silent, now: Instant(milliseconds: 0), disk: disk.calls)
    }

    private func cut(appending bytes: Int) async throws {
        let path = try PathTemplate("a.log").path(
            for: Origin(owner: "1", logGroup: "g", logStream: "s"), at: Instant(milliseconds: 0))
        files.append(to: path) { $0.append(contentsOf: repeatElement(0x61, count: bytes)) }
        _ = try await files.cut()
    }

    /// The page that a file ends in is written to next: without it the system would have to read it.
    @Test func keepsNothingDurableButThePageThatIsWrittenNext() async throws {
        try await cut(appending: 4_095)
        #expect(disk.uncached == [])
        try await cut(appending: 5_905)
        #expect(disk.uncached == [0..<8_192])
    }

    /// The system takes a piece out only as a whole, so the piece in which the last cut ended is taken again.
    @Test func goesOnWithThePieceTheLastCutEndedIn() async throws {
        try await cut(appending: 5_000_000)
        try await cut(appending: 1_000_000)
        #expect(disk.uncached == [0..<4_997_120, 4_194_304..<5_996_544])
    }

    @Test func keepsWhatIsNotDurable() async throws {
        disk.failSyncs(.fail(EIO))
        await #expect(throws: NotDurable.self) { try await cut(appending: 10_000) }
        #expect(disk.uncached == [])
    }

    @Test func theSystemTakesOutWhatItIsTold() throws {
        let path = scratch.below("file")
        let file = open(path, O_RDWR | O_CREAT, 0o600)
        defer { close(file) }
        let bytes = [UInt8](repeating: 0x61, count: 1_000_000)
        #expect(try bytes.withUnsafeBytes { try DiskCalls.system.write(file, $0, 0) } == bytes.count)
        try DiskCalls.system.sync(file)
        #expect(residentPages(of: file, bytes: bytes.count) == 245)
        DiskCalls.system.uncache(file, 0..<999_424)
        var status = stat()
        fstat(file, &status)
        let isOnDevice = status.st_dev >> 8 & 0xfff != 0  // tmpfs has no other place for them
        #expect(residentPages(of: file, bytes: bytes.count) < (isOnDevice ? 100 : 246))
        #expect(ScratchDirectory.read(path)?.utf8.count == bytes.count)
    }

    private func residentPages(of file: Int32, bytes: Int) -> Int {
        guard let address = mmap(nil, bytes, PROT_READ, MAP_SHARED, file, 0), address != MAP_FAILED else { return -1 }
        defer { munmap(address, bytes) }
        var pages = [UInt8](repeating: 0, count: (bytes + 4095) / 4096)
        return mincore(address, bytes, &pages) == 0 ? pages.count { $0 & 1 == 1 } : -1
    }
}
