internal import Core
private import Glibc
internal import Pipeline

extension AppendFiles {
    /// Takes the files back to what is committed. Once, before anything is appended.
    ///
    /// A file beyond its committed length is cut back, and removed when nothing of it is committed. One that is shorter or
    /// gone was changed from outside and stays as it is. After this every file is exactly what is committed, so the store
    /// forgets them all: rows do not pile up for files that time or people have removed.
    ///
    /// - Parameter committed: lengths by absolute path, as the store has them. What is not below the directory belongs to a
    ///   directory this sink had before; it is not locked, so it is left alone.
    package func restore(_ committed: [String: Int]) async throws {
        var elsewhere = 0
        for (absolute, length) in committed.sorted(by: { $0.key < $1.key }) {
            if let path = safePath(absolute) {
                try restore(path, to: length)
            } else {
                elsewhere += 1
            }
        }
        if elsewhere > 0 { telemetry.report(.filesElsewhere(sink, files: elsewhere, directory: path)) }
        if !committed.isEmpty { _ = try await store.forget(committed, of: sink) }
    }

    private func safePath(_ absolute: String) -> SafePath? {
        guard absolute.hasPrefix(path + "/") else { return nil }
        return SafePath(String(absolute.dropFirst(path.count + 1)))
    }

    private func restore(_ path: SafePath, to length: Int) throws {
        let found = try directory.standing(of: path)?.length
        if found ?? 0 < length {
            telemetry.report(.fileMissing(sink, path: directory.absolute(path), committed: length))
            return
        }
        if let found, found > length {
            telemetry.report(.fileCutBack(sink, path: directory.absolute(path), from: found, to: length))
        }
        if length == 0 {
            try directory.removeFile(path)
        } else {
            try directory.cutFile(path, to: length)
        }
    }
}
