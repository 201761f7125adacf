/// The inflated text of one record.
///
/// Its memory goes back when the last reference does, so whoever holds a `DecodedRecord` holds its bytes.
///
/// `@unchecked Sendable`: the decoder writes the memory before it hands the buffer out; nobody writes afterwards.
package final class TextBuffer: @unchecked Sendable {
    package typealias Memory = UnsafeMutableRawBufferPointer

    package let bytes: UnsafeRawBufferPointer
    /// `bytes` is its beginning; what follows is room that the text did not fill.
    private let memory: Memory
    private let release: @Sendable (Memory) -> Void

    /// The first `count` bytes of `memory`. `release` gets `memory` back, once, when the buffer is no longer used.
    package init(memory: Memory, count: Int, release: @escaping @Sendable (Memory) -> Void) {
        self.bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
        self.memory = memory
        self.release = release
    }

    /// A buffer of its own with a copy of `text`.
    package convenience init(copying text: some Collection<UInt8>) {
        let memory = Memory.allocate(byteCount: max(1, text.count), alignment: 16)
        memory.copyBytes(from: text)
        self.init(memory: memory, count: text.count) { $0.deallocate() }
    }

    deinit { release(memory) }

    /// The bytes this buffer keeps occupied, which is at least the length of its text.
    package var memoryBytes: Int { memory.count }

    package subscript(range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(range.start)..<Int(range.start) + Int(range.count)])
    }
}
