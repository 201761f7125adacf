import Foundation

/// A directory of the test's own, gone when the test is.
final class TemporaryDirectory {
    let path: String

    init() throws {
        // Short, since a socket's path is at most 107 bytes.
        path = "/tmp/tailrace-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var isEmpty: Bool {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).isEmpty }
    }

    /// Writes a file and returns its path.
    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(filePath: file))
        return file
    }

    func file(_ name: String, _ text: String) throws -> String { try file(name, text.utf8) }
}

/// The repository's root, three levels above this file's folder.
let repositoryRoot = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized.path
