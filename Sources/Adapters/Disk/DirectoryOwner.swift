package import Core
private import Glibc

/// Whose store has the lengths of the files below a directory, while it is running and while it is not.
///
/// When that program starts the next time it cuts the files back to those lengths, and what others wrote meanwhile is lost.
/// So each notes itself in the directory, and a replay, which can be given another directory, keeps away from what is
/// somebody else's. An owner whose store is gone is none.
package struct DirectoryOwner: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case daemon
        case replay
    }

    /// Begins with a dot, as no `SafePath` does.
    package static let fileName = ".tailrace.owner"
    /// Two lines, one of them a path.
    private static let bytesMax = 8192

    package let kind: Kind
    /// Absolute, links resolved.
    package let store: String

    /// `store` is there. Throws `SystemError`.
    package init(_ kind: Kind, store: String) throws {
        self.kind = kind
        self.store = try GuardedDirectory.resolved(store)
    }

    private init(kind: Kind, noted store: String) {
        self.kind = kind
        self.store = store
    }
}

extension DirectoryOwner {
    /// Who owns a directory; `nil` when nobody does, or there is no such directory.
    package static func owner(of directory: String) -> DirectoryOwner? {
        guard let file = fopen(path(in: directory), "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = fread(&bytes, 1, bytes.count, file)
        let lines = String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
        guard lines.count == 2, let kind = Kind(rawValue: lines[0]), access(lines[1], F_OK) == 0 else { return nil }
        return DirectoryOwner(kind: kind, noted: lines[1])
    }

    /// Throws `FileLockHeld` when a program has the directory open for writing, and `SystemError`.
    package static func requireIdle(_ directory: String, now: Instant) throws {
        _ = try GuardedDirectory(directory, now: now)
    }

    /// Notes, durably, that the directory is this one's. For who holds its lock, before it writes there.
    package func claim(_ directory: String) throws {
        guard Self.owner(of: directory) != self else { return }
        let (path, unfinished) = (Self.path(in: directory), Self.path(in: directory) + ".new")
        let file = Descriptor(
            try system("note in \(directory) whose it is") {
                open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o640)
            })
        let bytes = Array("\(kind.rawValue)\n\(store)\n".utf8)
        let count = try system("note in \(directory) whose it is") { write(file.number, bytes, bytes.count) }
        guard count == bytes.count else { throw SystemError(attempt: "note in \(directory) whose it is", code: ENOSPC) }
        try system("make the note in \(directory) durable") { fsync(file.number) }
        try system("note in \(directory) whose it is") { rename(unfinished, path) }
        let parent = Descriptor(
            try system("open \(directory)") { open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
        try system("make the note in \(directory) durable") { fsync(parent.number) }
    }

    /// Takes the note away again, if it is this one's.
    package func release(_ directory: String) throws {
        guard Self.owner(of: directory) == self else { return }
        try system("remove the note of whose \(directory) is") { unlink(Self.path(in: directory)) }
    }

    private static func path(in directory: String) -> String { "\(directory)/\(fileName)" }
}
