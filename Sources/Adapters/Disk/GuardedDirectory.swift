internal import Core
private import Glibc

/// A directory that this program alone writes below, and that no path leads out of.
///
/// Every part of a path is opened from its parent without following symbolic links.
final class GuardedDirectory {
    private static let directoryFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
    /// Others may not read what senders logged.
    private static let directoryMode: mode_t = 0o750
    private static let fileMode: mode_t = 0o640
    /// Begins with a dot, as no `SafePath` does.
    private static let lockName = ".tailrace.lock"

    /// Absolute, links resolved.
    let path: String
    private let root: Descriptor
    private let lock: FileLock

    /// Opens `path`, made with its parents if it is missing. Throws `FileLockHeld` when another program has it.
    init(_ path: String, now: Instant) throws {
        try Self.make(path)
        root = Descriptor(try system("open \(path)") { Glibc.open(path, Self.directoryFlags) })
        self.path = try Self.resolved(path)
        lock = try FileLock(Self.lockName, in: root.number, guarding: "the directory \(path)", now: now)
    }

    /// Makes a directory and the parents that are missing.
    static func make(_ path: String) throws(SystemError) {
        guard access(path, F_OK) != 0 else { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try make(String(path[..<slash])) }
        do {
            try system("make the directory \(path)") { mkdir(path, directoryMode) }
        } catch  where error.code == EEXIST {
            return
        }
    }

    /// Removes a directory in which nothing but its lock was ever made. What else is there keeps it.
    static func removeUnused(_ path: String) throws(SystemError) {
        try system("remove the lock of \(path)") { unlink("\(path)/\(lockName)") }
        _ = rmdir(path)
    }

    /// Absolute, links resolved.
    static func resolved(_ path: String) throws(SystemError) -> String {
        guard let resolved = realpath(path, nil) else { throw SystemError(attempt: "resolve \(path)", code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    func absolute(_ path: SafePath) -> String { "\(self.path)/\(path.text)" }
}

/// A regular file as the system knows it now.
struct FileStanding: Hashable {
    struct Identity: Hashable {
        let device: UInt
        let number: UInt
    }

    let identity: Identity
    let length: Int

    fileprivate init(_ status: stat) {
        identity = Identity(device: UInt(status.st_dev), number: UInt(status.st_ino))
        length = Int(status.st_size)
    }
}

extension GuardedDirectory {
    /// The regular file at `path`; `nil` when there is none. Anything else there is an error.
    func standing(of path: SafePath) throws(SystemError) -> FileStanding? {
        guard let (parent, name) = try existingParent(of: path) else { return nil }
        var status = stat()
        do {
            try system("look at \(absolute(path))") {
                fstatat(parent.number, name, &status, AT_SYMLINK_NOFOLLOW)
            }
        } catch  where error.code == ENOENT {
            return nil
        }
        return try standing(status, at: path)
    }

    /// What `path` leads to, through symbolic links too, in one call: enough to see that a file known by its identity is
    /// still there, and no more. `nil` when it leads nowhere.
    func glance(at path: SafePath) -> FileStanding? {
        var status = stat()
        guard fstatat(root.number, path.text, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return nil }
        return FileStanding(status)
    }

    private func standing(_ status: stat, at path: SafePath) throws(SystemError) -> FileStanding {
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SystemError(attempt: "write \(absolute(path)), which is not a regular file", code: EINVAL)
        }
        return FileStanding(status)
    }

    /// Opens a file for writing and makes it, and the directories above it, if it is missing.
    ///
    /// Whatever is made is announced to `made` as the directory that now has to be synced, by its path from here.
    func openFile(
        _ path: SafePath, made: (_ directory: String) -> Void
    ) throws(SystemError) -> (file: Descriptor, standing: FileStanding) {
        let (parent, name, parentPath) = try makeParent(of: path, made: made)
        let flags = O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC  // not to wait for the reader of a named pipe
        let number: Int32
        do {
            number = try system("open \(absolute(path))") { openat(parent.number, name, flags) }
        } catch  where error.code == ENOENT {
            number = try system("make \(absolute(path))") {
                openat(parent.number, name, flags | O_CREAT | O_EXCL, Self.fileMode)
            }
            made(parentPath)
        }
        let file = Descriptor(number)
        var status = stat()
        try system("look at \(absolute(path))") { fstat(number, &status) }
        return (file, try standing(status, at: path))
    }

    /// Cuts a file that exists back to `length`, durably.
    func cutFile(_ path: SafePath, to length: Int) throws(SystemError) {
        let (file, _) = try openFile(path) { _ in }
        try system("cut back \(absolute(path))") { ftruncate(file.number, length) }
        try system("make \(absolute(path)) durable") { fsync(file.number) }
    }

    func removeFile(_ path: SafePath) throws(SystemError) {
        guard let (parent, name) = try existingParent(of: path) else { return }
        do {
            try system("remove \(absolute(path))") { unlinkat(parent.number, name, 0) }
        } catch  where error.code == ENOENT {
            return
        }
        try system("make the removal of \(absolute(path)) durable") { fsync(parent.number) }
    }

    /// A directory below this one, or this one, by its path from here.
    func openDirectory(_ path: String) throws(SystemError) -> Descriptor {
        var current = root
        for name in path.split(separator: "/") { current = try open(String(name), in: current) }
        return current
    }

    /// Makes the entries of a directory durable, given with its path from here.
    func sync(_ directory: Descriptor, _ path: String) throws(SystemError) {
        try system("make the entries of \(self.path)/\(path) durable") { fsync(directory.number) }
    }
}

extension GuardedDirectory {
    private func existingParent(of path: SafePath) throws(SystemError) -> (Descriptor, name: String)? {
        var names = path.text.split(separator: "/").map(String.init)
        let name = names.removeLast()
        var current = root
        for name in names {
            do {
                current = try open(name, in: current)
            } catch  where error.code == ENOENT {
                return nil
            }
        }
        return (current, name)
    }

    private func makeParent(
        of path: SafePath, made: (_ directory: String) -> Void
    ) throws(SystemError) -> (Descriptor, name: String, path: String) {
        var names = path.text.split(separator: "/").map(String.init)
        let name = names.removeLast()
        var current = root
        var reached: [String] = []
        for name in names {
            let parent = current
            do {
                current = try open(name, in: parent)
            } catch  where error.code == ENOENT {
                try system("make the directory \(name) for \(absolute(path))") {
                    mkdirat(parent.number, name, Self.directoryMode)
                }
                made(reached.joined(separator: "/"))
                current = try open(name, in: parent)
            }
            reached.append(name)
        }
        return (current, name, reached.joined(separator: "/"))
    }

    private func open(_ name: String, in parent: Descriptor) throws(SystemError) -> Descriptor {
        Descriptor(
            try system("open the directory \(name) below \(path)") {
                openat(parent.number, name, Self.directoryFlags | O_NOFOLLOW)
            })
    }
}
