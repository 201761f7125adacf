internal import Core
internal import Pipeline

// Before a file's first byte.
extension AppendFiles {
    /// A file that somebody removed, replaced or changed is taken as it is now, and registered anew.
    func noticeChangesFromOutside(to files: [AppendFile]) throws {
        for file in files {
            guard let written = file.written else { continue }
            if written.identity != nil, written.agrees(with: directory.glance(at: file.path)) { continue }
            let standing = try directory.standing(of: file.path)
            if written.agrees(with: standing) { continue }
            if standing?.identity != written.identity { try finishLine(of: file) }
            telemetry.report(.fileMissing(sink, path: directory.absolute(file.path), committed: written.length))
            try close(file)
            file.written = nil
        }
    }

    /// A file that was renamed may have ended within a line, whose rest goes where its beginning is.
    private func finishLine(of file: AppendFile) throws {
        guard file.written?.isWithinLine == true, file.descriptor != nil,
            let newline = file.buffer.firstIndex(of: UInt8(ascii: "\n"))
        else { return }
        try write(newline + 1, of: file)
    }

    /// Tells the store of files before their first byte. The length it gets is the one to cut back to.
    func register(_ files: [AppendFile]) async throws {
        var lengths: [SafePath: Int] = [:]
        for file in files where file.written == nil {
            lengths[file.path] = try directory.standing(of: file.path)?.length ?? 0
        }
        guard !lengths.isEmpty else { return }
        try await store.register(absolute(lengths), of: sink)
        for (path, length) in lengths { known[path]?.written = AppendFile.Written(length: length) }
    }

    func absolute(_ lengths: [SafePath: Int]) -> [String: Int] {
        Dictionary(lengths.map { (directory.absolute($0), $1) }, uniquingKeysWith: { first, _ in first })
    }
}

// Descriptors.
extension AppendFiles {
    func openedDescriptor(of file: AppendFile) throws -> Descriptor {
        if let descriptor = file.descriptor { return descriptor }
        if open.count >= limits.openFilesMax { try closeIdlest() }
        let (descriptor, standing) = try directory.openFile(file.path) { unsyncedDirectories.insert($0) }
        file.descriptor = descriptor
        file.written?.identity = standing.identity
        open.append(file)
        return descriptor
    }

    /// A quarter at once, so that sorting is rare.
    private func closeIdlest() throws {
        open.sort { $0.lastUse < $1.lastUse }
        for file in open.prefix(max(1, limits.openFilesMax / 4)) { try close(file) }
    }

    /// Synced first: only the descriptor that wrote is sure to be told of a write that failed later.
    func close(_ file: AppendFile) throws {
        try sync(file)
        file.descriptor = nil
        open.removeAll { $0 === file }
    }

    /// What is durable leaves the page cache: a log is written once and seldom read soon, so keeping it would cost other
    /// programs their memory, and every write a page that was never touched.
    func sync(_ file: AppendFile) throws {
        guard let descriptor = file.descriptor, let written = file.written, written.isDirty else { return }
        do {
            try disk.sync(descriptor.number)
        } catch {
            throw fail(SystemError(attempt: "\(error.attempt) of \(directory.absolute(file.path))", code: error.code))
        }
        file.written?.isDirty = false
        if let range = written.uncacheable { disk.uncache(descriptor.number, range) }
    }

    func fail(_ cause: SystemError) -> NotDurable {
        let failure = NotDurable(sink: sink, cause: "\(cause)")
        broken = failure
        return failure
    }
}
