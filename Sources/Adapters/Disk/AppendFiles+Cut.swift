internal import Core
internal import Pipeline

extension AppendFiles {
    /// Makes all that was appended durable. Returns the length of each file that grew since the last cut, by absolute
    /// path. Throws what `writeOut` throws; then nothing is cut, and the next cut holds it too.
    package func cut() async throws -> [String: Int] {
        try await letIdleFilesGo()
        try await writeOut()
        for file in open { try sync(file) }
        try syncDirectories()
        var lengths: [SafePath: Int] = [:]
        for (path, file) in known {
            guard let written = file.written, written.length != written.cutLength else { continue }
            lengths[path] = written.length
            file.written?.cutLength = written.length
        }
        return absolute(lengths)
    }

    private func syncDirectories() throws {
        for path in unsyncedDirectories {
            // Nothing is lost when it cannot be opened, for want of descriptors perhaps: the next cut tries again.
            let opened = try directory.openDirectory(path)
            do {
                try directory.sync(opened, path)
            } catch {
                throw fail(error)
            }
            unsyncedDirectories.remove(path)
        }
    }

    /// Keeps memory and the store from growing with every file there ever was.
    ///
    /// The store forgets a file only while it has this very length committed: then there is nothing to cut back. A file
    /// that is written again is registered again.
    private func letIdleFilesGo() async throws {
        guard known.count > limits.knownFilesMax else { return }
        let idle = known.values.filter { $0.buffer.isEmpty && $0.written?.isSettled == true }
            .sorted { $0.lastUse < $1.lastUse }.prefix(known.count - limits.knownFilesMax / 2)
        var lengths: [SafePath: Int] = [:]
        for file in idle { lengths[file.path] = file.written?.length }
        let forgotten = try await store.forget(absolute(lengths), of: sink)
        for file in idle where forgotten.contains(directory.absolute(file.path)) {
            try close(file)
            known[file.path] = nil
        }
    }
}
