/// A store that cannot be used, and what to do about it.
///
/// It is never taken as empty instead: that would read the whole stream again into files that hold it already.
package enum StoreError: Error, Hashable, Sendable, CustomStringConvertible {
    case missing(path: String)
    case onNetworkFileSystem(path: String, type: String)
    case notAStore(path: String, cause: String)
    case damaged(path: String, cause: String)
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
            "\(path) is not a store of Tailrace (\(cause)): name another file"
        case .damaged(let path, let cause):
            "the store \(path) is damaged (\(cause)): restore a copy, or move it away to begin anew at the configured "
                + "start, which delivers again what the stream still holds"
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
