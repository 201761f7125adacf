package import Core
package import Pipeline

/// Files that only grow, below one directory, whose lengths are committed elsewhere.
///
/// Appended bytes are kept in memory until they are written out. A cut makes everything durable and says how long each
/// file is. Who commits those lengths together with the place to read on from gets every byte exactly once:
///
/// - *Killed before the commit:* the store has the lengths of the cut before. Every file that may be longer is known to the
///   store, because it was registered before its first byte, and is cut back; the same bytes are appended again.
/// - *Killed after the commit:* every byte of the cut is on disk, because the cut came first. What was written since is
///   cut back.
/// - *Killed while cutting back, or before the store forgets what was cut back:* done again, with the same end.
///
/// Callers let one asynchronous call end before they begin another.
package final class AppendFiles {
    let directory: GuardedDirectory
    let sink: SinkName
    let store: any StateStore
    let telemetry: Telemetry
    let disk: DiskCalls
    let limits: FileLimits

    var known: [SafePath: AppendFile] = [:]
    /// With bytes to write, in the order the first of them came.
    var waiting: [AppendFile] = []
    var open: [AppendFile] = []
    /// Directories with new entries, by their path below `directory`.
    var unsyncedDirectories: Set<String> = []
    var writeOuts = 0
    /// Set once, for ever: see `NotDurable`.
    var broken: NotDurable?

    /// What the buffers of `waiting` occupy.
    package private(set) var bufferedBytes = 0
    /// How much was appended since the last write-out.
    private var appendedBytes = 0
    private(set) var spares: SpareBuffers

    /// Opens `path`, made if it is missing, for this program alone. Throws `FileLockHeld` and `SystemError`.
    package init(
        directory path: String, of sink: SinkName, store: any StateStore, telemetry: Telemetry, now: Instant,
        limits: FileLimits = FileLimits(), disk: DiskCalls = .system
    ) throws {
        directory = try GuardedDirectory(path, now: now)
        self.sink = sink
        self.store = store
        self.telemetry = telemetry
        self.disk = disk
        self.limits = limits
        spares = SpareBuffers(bytesMax: 2 * limits.appendedBytesMax)
    }

    /// Absolute, links resolved.
    package var path: String { directory.path }

    /// Keeps what `write` appends. Never waits; the caller minds `isFull`.
    package func append(to path: SafePath, _ write: (inout [UInt8]) -> Void) {
        let file = known[path] ?? add(path)
        let before = file.buffer.count
        if before == 0 { file.buffer = spares.take() } else { bufferedBytes -= file.buffer.capacity }
        write(&file.buffer)
        guard !file.buffer.isEmpty else { return spares.keep(file.takeBuffer()) }
        bufferedBytes += file.buffer.capacity
        appendedBytes += file.buffer.count - before
        if before == 0 { waiting.append(file) }
    }

    private func add(_ path: SafePath) -> AppendFile {
        let file = AppendFile(path)
        known[path] = file
        return file
    }
}

// MARK: Writing out

extension AppendFiles {
    /// Whether it is time to make room.
    package var isFull: Bool {
        appendedBytes >= limits.appendedBytesMax || bufferedBytes >= limits.bufferedBytesMax
    }

    /// Writes whole blocks, or all there is if buffers occupy too much. Throws what `writeOut` throws.
    package func makeRoom() async throws {
        try await writeOut(inBlocksOf: bufferedBytes >= limits.bufferedBytesMax ? 1 : limits.blockBytes)
    }

    /// Writes what was appended. When it throws, all that is not written stays, and a later call goes on.
    ///
    /// One file in trouble does not keep the others from being written. Throws `SystemError`, the store's errors and,
    /// for ever once it has thrown it, `NotDurable`.
    ///
    /// - Parameter block: What a file has beyond a multiple of this stays for later.
    package func writeOut(inBlocksOf block: Int = 1) async throws {
        if let broken { throw broken }
        let due = waiting.filter { $0.count(inBlocksOf: block) > 0 }
        appendedBytes = 0
        guard !due.isEmpty else { return }
        try noticeChangesFromOutside(to: due)
        try await register(due)
        writeOuts += 1
        var trouble: SystemError?
        for file in due {
            do {
                try write(file.count(inBlocksOf: block), of: file)
            } catch let error as SystemError {
                trouble = trouble ?? error
            }
        }
        waiting.removeAll { $0.buffer.isEmpty }
        if let trouble { throw trouble }
    }

    func write(_ count: Int, of file: AppendFile) throws {
        let descriptor = try openedDescriptor(of: file)
        file.lastUse = writeOuts
        var done = 0
        defer { drop(done, of: file) }
        try file.buffer.withUnsafeBytes { bytes in
            while done < count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done..<count])
                done += try write(rest, to: descriptor, of: file)
            }
        }
    }

    /// What is left of a buffer goes to another, so that the memory of a long one is there for who needs it next.
    private func drop(_ written: Int, of file: AppendFile) {
        guard written > 0 else { return }
        let buffer = file.takeBuffer()
        bufferedBytes -= buffer.capacity
        if written < buffer.count {
            file.buffer.append(contentsOf: buffer[written...])
            bufferedBytes += file.buffer.capacity
        }
        spares.keep(buffer)
    }

    /// At our own offset, so that writing again what a failed write left half done changes nothing.
    private func write(
        _ bytes: UnsafeRawBufferPointer, to descriptor: Descriptor, of file: AppendFile
    ) throws(SystemError) -> Int {
        guard var written = file.written else { preconditionFailure("written before it was registered") }
        written.isTorn = true
        written.isDirty = true
        file.written = written
        let count: Int
        do {
            count = try disk.write(descriptor.number, bytes, written.length)
        } catch {
            throw SystemError(attempt: "\(error.attempt) \(directory.absolute(file.path))", code: error.code)
        }
        written.length += count
        written.isTorn = false
        if count > 0 { written.isWithinLine = bytes[count - 1] != UInt8(ascii: "\n") }
        file.written = written
        return count
    }
}
