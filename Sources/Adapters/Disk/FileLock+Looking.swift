private import Glibc

extension FileLock {
    /// Who holds the lock on the file at `path`, as the file says; `nil` when the system shows nobody.
    ///
    /// The system's table shows the locks of processes that this one may see: not those of the host, from inside a container.
    static func holder(path: String, locks: String = "/proc/locks") -> String? {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, let table = text(of: locks), isLocked(status.st_ino, in: table) else {
            return nil
        }
        do throws(SystemError) {
            return try holder(named: file)
        } catch {
            // That somebody does is what matters.
            return "another program"
        }
    }

    /// A line is `1: FLOCK  ADVISORY  WRITE 1234 08:01:131090 0 EOF`, the inode after the last colon. proc_locks(5)
    static func isLocked(_ inode: UInt, in table: String) -> Bool {
        table.split(separator: "\n").contains { line in
            let words = line.split(separator: " ")
            guard words.count >= 6, words[1] == "FLOCK", words[3] == "WRITE" else { return false }
            return words[5].split(separator: ":").last.flatMap { UInt($0) } == inode
        }
    }

    private static func text(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(file, &piece, piece.count)
            guard count > 0 else { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
