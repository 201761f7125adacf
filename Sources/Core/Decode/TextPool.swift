private import CScan
private import Glibc

/// Memory for texts and their indexes that goes round: what one record gives back, the next one takes.
///
/// One pool serves all decoders of a program. It is asked a few times per record at most, so one lock is enough.
///
/// `@unchecked Sendable`: `free`, `freeBytes` and `lentBytes` are reached only in `withLock`, while the mutex is held, and in
/// `deinit`; the rest never changes.
package final class TextPool: @unchecked Sendable {
    /// The least a text's buffer holds: a page of memory.
    package static let bufferBytesMin = 4096
    /// The least any buffer holds.
    private static let bytesMin = 256
    /// Zeros behind each text, so that a scanner may read whole blocks.
    static let paddingBytes = Int(CSCAN_PADDING_BYTES)
    /// More idle buffers than this are not kept, so that finding one stays cheap.
    private static let buffersMax = 128

    private let retainedBytesMax: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var free: [TextBuffer.Memory] = []
    private var freeBytes = 0
    /// What decoders keep.
    private var lentBytes = 0

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

    /// What is kept for records to come: by the pool, while nobody uses it, and by decoders, with their latest records.
    package var retainedBytes: Int { withLock { freeBytes + lentBytes } }

    /// A buffer of at least `bytes`, and at most a quarter more. Its bytes are anything.
    func take(_ bytes: Int) -> TextBuffer.Memory {
        let wanted = Self.rounded(bytes)
        if let idle = withLock({ takeIdle(wanted) }) { return idle }
        return Self.memory(malloc(wanted), wanted)
    }

    /// `memory` itself if it is what `take` would give, or else that. Its bytes are anything.
    func exchange(_ memory: TextBuffer.Memory, for bytes: Int) -> TextBuffer.Memory {
        if memory.count == Self.rounded(bytes) { return memory }
        giveBack(memory)
        return take(bytes)
    }

    /// The same bytes, as many as fit, in a buffer of another size. `memory` is no longer valid.
    func resize(_ memory: TextBuffer.Memory, to bytes: Int) -> TextBuffer.Memory {
        let wanted = Self.rounded(bytes)
        guard let idle = withLock({ takeIdle(wanted) }) else {
            return Self.memory(realloc(memory.baseAddress, wanted), wanted)
        }
        idle.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory.prefix(wanted)))
        giveBack(memory)
        return idle
    }

    /// Takes memory back, if it is any.
    func giveBack(_ memory: TextBuffer.Memory) {
        guard memory.count > 0 else { return }
        guard memory.count <= retainedBytesMax / 4 else { return Glibc.free(memory.baseAddress) }
        withLock {
            free.append(memory)
            freeBytes += memory.count
        }
        while let unwanted = withLock({ takeSurplus() }) { Glibc.free(unwanted.baseAddress) }
    }

    /// Whether a decoder may keep `bytes` more with the records it makes next of, in place of `before`.
    ///
    /// Half of what may be kept is for that; less is always granted.
    func lend(_ bytes: Int, inPlaceOf before: Int) -> Bool {
        if bytes == before { return true }
        return withLock {
            let lent = lentBytes - before + bytes
            guard bytes < before || lent <= retainedBytesMax / 2 else { return false }
            lentBytes = lent
            return true
        }
    }

    private func takeIdle(_ bytes: Int) -> TextBuffer.Memory? {
        guard let index = free.lastIndex(where: { $0.count == bytes }) else { return nil }
        freeBytes -= free[index].count
        return free.remove(at: index)
    }

    /// The longest idle, when there is more than may be kept.
    private func takeSurplus() -> TextBuffer.Memory? {
        guard freeBytes + lentBytes > retainedBytesMax || free.count > Self.buffersMax, !free.isEmpty else {
            return nil
        }
        freeBytes -= free[0].count
        return free.removeFirst()
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Sizes in steps of a quarter of their power of two, so that texts of about one length share buffers.
    private static func rounded(_ bytes: Int) -> Int {
        let bytes = max(bytes, bytesMin)
        let step = 1 << (Int.bitWidth - 1 - bytes.leadingZeroBitCount - 2)
        return (bytes + step - 1) & ~(step - 1)
    }

    /// Without memory the program ends, here and wherever a decoder needs some: no record could be said to be undecodable
    /// for that, and what is not committed is read again.
    private static func memory(_ address: UnsafeMutableRawPointer?, _ bytes: Int) -> TextBuffer.Memory {
        guard let address else { fatalError("out of memory: no \(bytes) bytes for a record's text") }
        return TextBuffer.Memory(start: address, count: bytes)
    }
}
