import Adapters
import Glibc
import Testing

/// A new directory that goes with the last reference.
final class ScratchDirectory: Sendable {
    let path: String

    /// In memory, where the machine has such a place, when `fast`: for tests that sync thousands of times.
    init(fast: Bool = false) throws {
        let parent = fast && access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(parent)/tailrace-test-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { $0.baseAddress.flatMap { mkdtemp($0) } }
        path = String(cString: try #require(made))
    }

    deinit { Self.remove(path) }

    func below(_ name: String) -> String { "\(path)/\(name)" }

    /// Contents of all regular files below `name`, by path from there. Names that begin with a dot are left out.
    func contents(below name: String = ".") -> [String: String] {
        var found: [String: String] = [:]
        for entry in Self.entries(of: below(name)) where !entry.name.hasPrefix(".") {
            if entry.isDirectory {
                for (path, text) in contents(below: "\(name)/\(entry.name)") { found["\(entry.name)/\(path)"] = text }
            } else {
                found[entry.name] = Self.read(below("\(name)/\(entry.name)"))
            }
        }
        return found
    }

    static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = fread(&chunk, 1, chunk.count, file)
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += chunk[..<count]
        }
    }

    static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
    }

    private static func entries(of path: String) -> [(name: String, isDirectory: Bool)] {
        guard let directory = opendir(path) else { return [] }
        defer { closedir(directory) }
        var entries: [(name: String, isDirectory: Bool)] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            var status = stat()
            lstat("\(path)/\(name)", &status)
            entries.append((name, status.st_mode & S_IFMT == S_IFDIR))
        }
        return entries
    }

    private static func remove(_ path: String) {
        for entry in entries(of: path) {
            let path = "\(path)/\(entry.name)"
            if entry.isDirectory { remove(path) } else { unlink(path) }
        }
        rmdir(path)
    }
}

/// Opens what a lock guards. Whoever had it was let go, and the last of its work may still be running on its own thread.
func afterLettingGo<Opened>(_ open: () async throws -> Opened) async throws -> Opened {
    for _ in 0..<5000 {
        do {
            return try await open()
        } catch is FileLockHeld {
            try await Task.sleep(for: .milliseconds(2))
        }
    }
    return try await open()
}
