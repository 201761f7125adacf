/// A store that cannot be used, and what to do about it.
///
/// It is never taken as empty instead: that would read the whole stream again into files that hold it already.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case onNetworkFileSystem(path: String, type: String)
    case notAStore(path: String, cause: String)
    case damaged(path: String, cause: String)
    /// It lacks commits that were made: its write-ahead log is gone or damaged, or an older copy was put in its place.
    case behind(path: String, commits: Int, remembered: Int)
    /// The store, or its write-ahead log, is that of another one.
    case exchanged(path: String)
    /// By a program that is not Tailrace, or that does not keep to its lock.
    case locked(path: String, cause: String)
    case newer(path: String, version: Int, known: Int)
    case notDurable(path: String, synchronous: Int)
    case unusable(path: String, cause: String)

    package var description: String {
        switch self {
        case .missing(let path):
            "there is no store at \(path): run the daemon first, or name its store"
        case .onNetworkFileSystem(let path, let type):
            "the store \(path) is on a network file system (\(type)), where SQLite's locks and syncs cannot be relied "
                + "upon: put it on a local disk, or keep checkpoints in DynamoDB"
        case .notAStore(let path, let cause):
            "\(path) is not a store of Tailrace (\(cause)): name another file, or restore a copy if it was one"
        case .damaged(let path, let cause):
            "the store \(path) is damaged (\(cause)): restore a copy; or move it away, with all files whose names begin "
                + "with its name, and begin anew, either from exported checkpoints (tailrace checkpoints import) or at "
                + "the configured start, of which trim-horizon delivers again what the stream still holds"
        case .behind(let path, let commits, let remembered):
            "the store \(path) has lost its last \(remembered - commits) commits, since its write-ahead log \(path)-wal is "
                + "gone or damaged, or an older copy was put in its place: restore both files; or remove \(path).mark to "
                + "go on from the older state, which delivers again what came since, to files as well"
        case .exchanged(let path):
            "the store \(path), or its write-ahead log \(path)-wal, is not the one that was here: restore both files; or, "
                + "if another store was put here on purpose, remove \(path).mark to go on with it"
        case .locked(let path, let cause):
            "the store \(path) is locked by another program (\(cause)): close what has it open, such as sqlite3"
        case .newer(let path, let version, let known):
            "the store \(path) was written by a newer Tailrace (layout \(version), this one knows \(known)): upgrade"
        case .notDurable(let path, let synchronous):
            "the store \(path) does not sync its commits (synchronous is \(synchronous), 2 was asked for): this SQLite "
                + "library cannot be used"
        case .unusable(let path, let cause):
            "the store \(path) cannot be used (\(cause)): check the path, its permissions and the disk"
        }
    }
}
