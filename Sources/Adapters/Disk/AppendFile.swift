internal import Core

/// One file of an `AppendFiles`: what waits to be written, and what is.
final class AppendFile {
    /// What is known of the file on disk.
    struct Written {
        /// Where the next bytes go.
        var length: Int
        /// The length at the last cut.
        var cutLength: Int
        /// The last write may have left bytes beyond `length`; they are written over.
        var isTorn = false
        /// What was written last ends within a line.
        var isWithinLine = false
        /// Bytes were written that are not synced.
        var isDirty = false
        /// `nil` until the file was opened.
        var identity: FileStanding.Identity?

        init(length: Int) {
            self.length = length
            cutLength = length
        }

        /// What the page cache need not keep once this is synced: from the start of the piece the last cut ended in, as a
        /// piece that was not whole is still there, to the last whole page: the next write goes on in the page after it,
        /// and would have to read it.
        var uncacheable: Range<Int>? {
            let (piece, page) = (2 * 1024 * 1024, 4096)  // the largest that Linux makes, and the smallest
            let (start, end) = (cutLength / piece * piece, length / page * page)
            return start < end ? start..<end : nil
        }

        /// Whether all of it is durable and told by a cut.
        var isSettled: Bool { !isDirty && !isTorn && length == cutLength }

        /// Whether the file is as it was left. A missing one is, when nothing was written to it.
        func agrees(with now: FileStanding?) -> Bool {
            guard let now else { return length == 0 && identity == nil }
            guard identity == nil || identity == now.identity else { return false }
            return now.length == length || isTorn && now.length > length
        }
    }

    let path: SafePath
    var buffer: [UInt8] = []
    /// `nil` until the store knows the file: not a byte is written before.
    var written: Written?
    var descriptor: Descriptor?
    /// Grows with every write-out, for finding those not used for long.
    var lastUse = 0

    init(_ path: SafePath) { self.path = path }

    /// How many bytes of the buffer end on a multiple of `block` in the file.
    func count(inBlocksOf block: Int) -> Int {
        let start = written?.length ?? 0
        return max(0, (start + buffer.count) / block * block - start)
    }

    func takeBuffer() -> [UInt8] {
        defer { buffer = [] }
        return buffer
    }
}
