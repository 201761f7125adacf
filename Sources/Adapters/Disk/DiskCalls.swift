private import Glibc

/// The calls that make bytes last, so that a test can have them fail.
package struct DiskCalls: Sendable {
    /// `pwrite(2)`: how many bytes were written.
    package var write:
        @Sendable (_ file: Int32, _ bytes: UnsafeRawBufferPointer, _ offset: Int) throws(SystemError) -> Int
    /// `fdatasync(2)` of a file.
    package var sync: @Sendable (_ file: Int32) throws(SystemError) -> Void
    /// Takes bytes of a file out of the page cache. Advice: what cannot be taken out stays, and nothing is lost.
    /// `POSIX_FADV_DONTNEED`, posix_fadvise(2)
    package var uncache: @Sendable (_ file: Int32, _ range: Range<Int>) -> Void = { file, range in
        _ = posix_fadvise(file, range.lowerBound, range.count, POSIX_FADV_DONTNEED)
    }

    package init(
        write: @escaping @Sendable (Int32, UnsafeRawBufferPointer, Int) throws(SystemError) -> Int,
        sync: @escaping @Sendable (Int32) throws(SystemError) -> Void
    ) {
        self.write = write
        self.sync = sync
    }

    package static let system = DiskCalls(
        write: { (file, bytes, offset) throws(SystemError) in
            try Adapters.system("write") { pwrite(file, bytes.baseAddress, bytes.count, offset) }
        },
        sync: { (file) throws(SystemError) in
            _ = try Adapters.system("make data durable") { fdatasync(file) }
        })
}
