import Glibc

/// A page of memory between two that end the program when they are touched.
final class GuardedPage {
    private static let pageBytes = Int(sysconf(Int32(_SC_PAGESIZE)))

    private let mapping: UnsafeMutableRawPointer
    private let page: UnsafeMutableRawBufferPointer

    init() {
        let bytes = 3 * Self.pageBytes
        guard let mapping = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), mapping != MAP_FAILED
        else {
            fatalError("no memory for three pages: error \(errno)")
        }
        self.mapping = mapping
        page = UnsafeMutableRawBufferPointer(start: mapping + Self.pageBytes, count: Self.pageBytes)
        guard mprotect(page.baseAddress, page.count, PROT_READ | PROT_WRITE) == 0 else {
            fatalError("no access to a page: error \(errno)")
        }
    }

    deinit { munmap(mapping, 3 * Self.pageBytes) }

    /// Calls `body` with these bytes right behind the first guard, and again with them right before the second one.
    func atEachEnd(_ bytes: some Collection<UInt8>, _ body: (UnsafeMutablePointer<UInt8>) -> Void) {
        for start in [0, page.count - bytes.count] {
            let place = UnsafeMutableRawBufferPointer(rebasing: page[start..<start + bytes.count])
            place.copyBytes(from: bytes)
            if let base = place.baseAddress { body(base.assumingMemoryBound(to: UInt8.self)) }
        }
    }
}
