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

    /// How many bytes wait in memory.
    package private(set) var bufferedBytes = 0
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
        spares = SpareBuffers(bytesMax: 2 * limits.bufferedBytesMax)
    }

    /// Absolute, links resolved.
    package var path: String { directory.path }

    /// Keeps what `write` appends. Never waits; the caller minds `bufferedBytes`.
    package func append(to path: SafePath, _ write: (inout [UInt8]) -> Void) {
        let file = known[path] ?? add(path)
        let before = file.buffer.count
        if before == 0 { file.buffer = spares.take() }
        write(&file.buffer)
        let added = file.buffer.count - before
        guard added > 0 else {
            if before == 0 { spares.keep(file.takeBuffer()) }
            return
        }
        bufferedBytes += added
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
    /// Writes what was appended. When it throws, all that is not written stays, and a later call goes on.
    ///
    /// One file in trouble does not keep the others from being written. Throws `SystemError`, the store's errors and,
    /// for ever once it has thrown it, `NotDurable`.
    package func writeOut() async throws {
        if let broken { throw broken }
        guard !waiting.isEmpty else { return }
        try noticeChangesFromOutside()
        try await register()
        writeOuts += 1
        var trouble: SystemError?
        var unwritten: [AppendFile] = []
        for file in waiting {
            do {
                try write(file)
            } catch let error as SystemError {
                trouble = trouble ?? error
                unwritten.append(file)
            }
        }
        waiting = unwritten
        if let trouble { throw trouble }
    }

    private func write(_ file: AppendFile) throws {
        let descriptor = try openedDescriptor(of: file)
        file.lastUse = writeOuts
        var done = 0
        defer {
            if done == file.buffer.count { spares.keep(file.takeBuffer()) } else { file.buffer.removeFirst(done) }
            bufferedBytes -= done
        }
        try file.buffer.withUnsafeBytes { bytes in
            while done < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
                done += try write(rest, to: descriptor, of: file)
            }
        }
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
        file.written = written
        return count
    }
}
