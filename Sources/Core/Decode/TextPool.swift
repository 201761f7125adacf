private import CScan
private import Glibc

/// Memory for inflated texts that goes round: what one record gives back, the next one takes.
///
/// One pool serves all decoders of a program. It is asked once per record, so one lock is enough.
///
/// `@unchecked Sendable`: `free` and `freeBytes` are reached only while the mutex is held.
package final class TextPool: @unchecked Sendable {
    /// The least a buffer holds: a page of memory.
    package static let bufferBytesMin = 4096
    /// Zeros behind each text, so that a scanner may read whole blocks.
    static let paddingBytes = Int(CSCAN_PADDING_BYTES)
    /// More idle buffers than this are not kept, so that finding one stays cheap.
    private static let buffersMax = 64

    private let retainedBytesMax: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var free: [TextBuffer.Memory] = []
    private var freeBytes = 0

    /// - Parameter retainedBytesMax: What the pool may keep while nobody uses it. The rest goes back to the system.
    package init(retainedBytesMax: Int = 16 << 20) {
        self.retainedBytesMax = retainedBytesMax
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        free.forEach { Glibc.free($0.baseAddress) }
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// What the pool keeps while nobody uses it.
    package var retainedBytes: Int { withLock { freeBytes } }

    /// A buffer of at least `bytes`, and at most a quarter more. Its bytes are anything.
    func take(_ bytes: Int) -> TextBuffer.Memory {
        let wanted = Self.rounded(bytes)
        if let idle = withLock({ takeIdle(wanted...wanted + wanted / 8) }) { return idle }
        return Self.memory(malloc(wanted), wanted)
    }

    /// The same bytes in a larger buffer. `memory` is no longer valid.
    func grow(_ memory: TextBuffer.Memory, to bytes: Int) -> TextBuffer.Memory {
        let wanted = Self.rounded(bytes)
        return Self.memory(realloc(memory.baseAddress, wanted), wanted)
    }

    func giveBack(_ memory: TextBuffer.Memory) {
        for unwanted in withLock({ keep(memory) }) { Glibc.free(unwanted.baseAddress) }
    }

    private func takeIdle(_ sizes: ClosedRange<Int>) -> TextBuffer.Memory? {
        guard let index = free.lastIndex(where: { sizes.contains($0.count) }) else { return nil }
        freeBytes -= free[index].count
        return free.remove(at: index)
    }

    /// Keeps `memory` and answers what has to go for it, the longest idle first.
    private func keep(_ memory: TextBuffer.Memory) -> [TextBuffer.Memory] {
        guard memory.count <= retainedBytesMax / 4 else { return [memory] }
        free.append(memory)
        freeBytes += memory.count
        var leaving = 0
        while freeBytes > retainedBytesMax || free.count - leaving > Self.buffersMax {
            freeBytes -= free[leaving].count
            leaving += 1
        }
        guard leaving > 0 else { return [] }
        defer { free.removeFirst(leaving) }
        return Array(free[..<leaving])
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Sizes in steps of an eighth of their power of two, so that texts of about one length share buffers.
    private static func rounded(_ bytes: Int) -> Int {
        let bytes = max(bytes, bufferBytesMin)
        let step = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 3)
        return (bytes + step - 1) & ~(step - 1)
    }

    private static func memory(_ address: UnsafeMutableRawPointer?, _ bytes: Int) -> TextBuffer.Memory {
        guard let address else { fatalError("out of memory: no \(bytes) bytes for a record's text") }
        return TextBuffer.Memory(start: address, count: bytes)
    }
}
