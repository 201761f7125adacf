/// The inflated text of one record.
///
/// Its memory goes back when the last reference does, so whoever holds a `DecodedRecord` holds its bytes.
///
/// `@unchecked Sendable`: the decoder writes the memory before it hands the buffer out; nobody writes afterwards.
package final class TextBuffer: @unchecked Sendable {
    package let bytes: UnsafeRawBufferPointer
    private let release: (@Sendable (UnsafeRawBufferPointer) -> Void)

    /// `release` gets `bytes` back, once, when the buffer is no longer used.
    package init(bytes: UnsafeRawBufferPointer, release: @escaping @Sendable (UnsafeRawBufferPointer) -> Void) {
        self.bytes = bytes
        self.release = release
    }

    deinit { release(bytes) }

    package subscript(range: ByteRange) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(range.start)..<Int(range.start) + Int(range.count)])
    }
}
