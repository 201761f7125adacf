internal import GRDB
private import Glibc

/// Makes a new store whole or not at all.
///
/// It is built under another name and renamed, so that a store's file which is empty or half is damage, and never one that
/// was just begun and may be begun again.
enum StoreBirth {
    /// Makes the store at `path`, where no file is. For the program that holds the lock.
    ///
    /// Throws `StoreError` when the rest of an older store is there: its write-ahead log would become part of the new one.
    static func make(at path: String) throws {
        var status = stat()
        if stat(path + "-wal", &status) == 0, status.st_size > 0 {
            throw StoreError.damaged(path: path, cause: "it is gone, and its write-ahead log \(path)-wal is there")
        }
        let unborn = path + ".new"
        // What is remembered is of a store that was moved away.
        let leftovers = [unborn, unborn + "-journal", StoreMark.path(ofStore: path)]
        for leftover in leftovers where access(leftover, F_OK) == 0 {
            try system("remove \(leftover)") { unlink(leftover) }
        }
        // Without a write-ahead log everything is in the one file that is renamed, and synced by the transaction's end.
        let queue = try DatabaseQueue(path: unborn)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.inTransaction {
                try StoreTables.create(in: database)
                try StoreTables.createStreamTables(in: database)
                try StoreMark.create(in: database)
                return .commit
            }
        }
        try queue.close()
        try system("name the new store \(path)") { rename(unborn, path) }
        try StoreBirth.syncDirectory(of: path)
    }

    private static func syncDirectory(of path: String) throws {
        let directory = StoreDatabase.directory(of: path)
        let opened = Descriptor(
            try system("open \(directory)") { open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
        try system("make the entries of \(directory) durable") { fsync(opened.number) }
    }
}
