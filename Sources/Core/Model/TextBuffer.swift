/// The inflated text of one record.
///
/// Its memory goes back when the last reference does, or serves the decoder's next record, so whoever holds a
/// `DecodedRecord` holds its bytes.
///
/// `@unchecked Sendable`: only the decoder writes, while it holds the only reference, which it asks
/// `isKnownUniquelyReferenced`. Everybody else got theirs from it after the last write, and reads.
package final class TextBuffer: @unchecked Sendable {
    package typealias Memory = UnsafeMutableRawBufferPointer

    /// Not checked for exclusive access, as with `EventIndex`.
    @exclusivity(unchecked) package private(set) var bytes: UnsafeRawBufferPointer
    /// `bytes` is its beginning; what follows is room that the text did not fill.
    private var memory: Memory
    private let release: @Sendable (Memory) -> Void

    /// `release` gets the memory back, once, when the buffer is no longer used. It begins empty, without memory.
    init(release: @escaping @Sendable (Memory) -> Void) {
        memory = Memory(start: nil, count: 0)
        bytes = UnsafeRawBufferPointer(memory)
        self.release = release
    }

    /// A buffer of its own with a copy of `text`.
    package convenience init(copying text: some Collection<UInt8>) {
        self.init { $0.deallocate() }
        let memory = Memory.allocate(byteCount: max(1, text.count), alignment: 16)
        memory.copyBytes(from: text)
        hold(memory, count: text.count)
    }

    deinit { if memory.baseAddress != nil { release(memory) } }

    /// The bytes this buffer keeps occupied, which is at least the length of its text.
    package var memoryBytes: Int { memory.count }

    package subscript(range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(range.start)..<Int(range.start) + Int(range.count)])
    }

    /// Takes the memory out. Only for who holds the only reference.
    func vacate() -> Memory {
        defer { hold(Memory(start: nil, count: 0), count: 0) }
        return memory
    }

    /// Puts memory in, in place of none. Its first `count` bytes are the text.
    func hold(_ memory: Memory, count: Int) {
        self.memory = memory
        bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
    }
}
