internal import GRDB
private import Glibc

/// Which store this is, and how many commits it has: kept in the store, and once more in a small file beside it.
///
/// SQLite takes a write-ahead log that is gone, or damaged from some place on, as one that ends there: the store is then an
/// older one, without a word. It takes the log of another store as its own. So the file beside the store remembers: a
/// store that knows less, or is another one, is noticed. The file is written after each commit and is not synced: it
/// survives a kill, and after a power failure it may remember too little, which means nothing.
struct StoreMark: Hashable {
    let identity: String
    let commits: Int

    static func path(ofStore path: String) -> String { path + ".mark" }

    /// Throws unless this, read from the store, is what `remembered` says, or newer.
    func check(against remembered: StoreMark?, path: String) throws(StoreError) {
        guard let remembered else { return }
        guard identity == remembered.identity else { throw .exchanged(path: path) }
        guard commits >= remembered.commits else {
            throw .behind(path: path, commits: commits, remembered: remembered.commits)
        }
    }
}

// MARK: In the store

extension StoreMark {
    /// Makes the place for the store's own mark. A store of before there were marks gets one when it is opened.
    static func create(in database: Database) throws {
        try database.execute(
            sql: """
                -- One row: which store this is, and how many transactions it has seen.
                CREATE TABLE IF NOT EXISTS mark (identity TEXT NOT NULL, commits INTEGER NOT NULL) STRICT
                """)
        if try read(in: database) == nil {
            try database.execute(
                sql: "INSERT INTO mark (identity, commits) VALUES (?, 0)", arguments: [newIdentity()])
        }
    }

    static func exists(in database: Database) throws -> Bool { try database.tableExists("mark") }

    static func read(in database: Database) throws -> StoreMark? {
        let row = try Row.fetchOne(database.cachedStatement(sql: "SELECT identity, commits FROM mark"))
        return row.map { StoreMark(identity: $0["identity"], commits: $0["commits"]) }
    }

    /// Counts the transaction that this is part of.
    static func count(in database: Database) throws -> StoreMark {
        try database.cachedStatement(sql: "UPDATE mark SET commits = commits + 1").execute()
        guard let mark = try read(in: database) else { throw UnreadableRow(description: "its mark is gone") }
        return mark
    }

    private static func newIdentity() -> String {
        let digits = String(UInt64.random(in: .min ... .max), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}

// MARK: Beside it

extension StoreMark {
    private static let bytesMax = 64

    /// `nil` when there is none, or none that makes sense.
    static func remembered(at path: String) -> StoreMark? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = fread(&bytes, 1, bytes.count, file)
        let words = String(decoding: bytes[..<count], as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words[0].utf8.count == 16, let commits = Int(words[1]) else { return nil }
        return StoreMark(identity: String(words[0]), commits: commits)
    }

    /// Always as long, so that writing it is one write in place.
    private var line: String {
        let digits = String(commits)
        return "\(identity) \(String(repeating: "0", count: max(0, 20 - digits.utf8.count)))\(digits)\n"
    }

    /// Opens the file to write marks to.
    static func open(_ path: String) throws(SystemError) -> Descriptor {
        Descriptor(
            try system("open \(path)") { Glibc.open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o640) })
    }

    /// A mark that cannot be written is an older one, which notices less and is never wrong; the commit itself is done.
    func write(to file: Descriptor) {
        let bytes = Array(line.utf8)
        _ = pwrite(file.number, bytes, bytes.count, 0)
    }
}
