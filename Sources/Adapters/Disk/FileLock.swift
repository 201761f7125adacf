package import Core
private import FoundationEssentials
private import Glibc

/// The right to be the only program that writes somewhere: a lock on a file that says who holds it.
///
/// The lock goes with the process, however it ends; the file stays, unless its holder removes it.
package final class FileLock: Sendable {
    private let file: Descriptor

    /// Takes the lock at once or throws `FileLockHeld`.
    ///
    /// `guarded` is what the lock is for, as in `the store /var/lib/tailrace/state.db`.
    package convenience init(path: String, guarding guarded: String, now: Instant) throws {
        try self.init(path, in: AT_FDCWD, guarding: guarded, now: now)
    }

    init(_ path: String, in directory: Int32, guarding guarded: String, now: Instant) throws {
        file = try Self.locked(path, in: directory, guarding: guarded)
        try Self.write(Self.myself(now: now), to: file.number)
    }

    /// Between opening and locking, a holder that was done may have removed the file: then this would be the lock on a file
    /// that nobody else will open, and two programs could hold two files of one name.
    ///
    /// - Parameter opened: Called in between, for tests.
    static func locked(
        _ path: String, in directory: Int32, guarding guarded: String, opened whenOpened: () -> Void = {}
    ) throws -> Descriptor {
        let flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC
        while true {
            let file = Descriptor(
                try system("open the lock file of \(guarded)") { openat(directory, path, flags, 0o640) })
            whenOpened()
            try lock(file.number, guarding: guarded)
            var (opened, named) = (stat(), stat())
            try system("look at the lock file of \(guarded)") { fstat(file.number, &opened) }
            let isThere = fstatat(directory, path, &named, AT_SYMLINK_NOFOLLOW) == 0
            if isThere, opened.st_dev == named.st_dev, opened.st_ino == named.st_ino { return file }
        }
    }

    private static func lock(_ file: Int32, guarding guarded: String) throws {
        guard flock(file, LOCK_EX | LOCK_NB) != 0 else { return }
        let code = errno
        guard code == EWOULDBLOCK else { throw SystemError(attempt: "lock \(guarded)", code: code) }
        throw FileLockHeld(guarded: guarded, holder: try holder(named: file))
    }

    private static func myself(now: Instant) -> String {
        let since = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000).formatted(.iso8601)
        let program = CommandLine.arguments.first?.split(separator: "/").last ?? "tailrace"
        return "\(program), process \(getpid()) on \(ProcessInfo.processInfo.hostName), since \(since)\n"
    }

    private static func write(_ holder: String, to file: Int32) throws(SystemError) {
        let bytes = Array(holder.utf8)
        try system("name the holder in a lock file") { ftruncate(file, 0) }
        try system("name the holder in a lock file") { pwrite(file, bytes, bytes.count, 0) }
    }

    static func holder(named file: Int32) throws(SystemError) -> String {
        var bytes = [UInt8](repeating: 0, count: FileLockHeld.holderBytesMax)
        let count = try system("read who holds a lock") { pread(file, &bytes, bytes.count, 0) }
        let line = String(decoding: bytes[..<count].prefix { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
        return line.isEmpty ? "another program" : line
    }
}

/// Another program writes here.
package struct FileLockHeld: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is read of a lock file: program, process, host and time fit several times.
    static let holderBytesMax = 512

    package let guarded: String
    package let holder: String

    package var description: String {
        "\(guarded) is in use by \(holder): stop that program, or give this one a place of its own"
    }
}
