extension Inflater {
    /// The text in pooled memory, with `TextPool.paddingBytes` of room behind it.
    struct Text {
        /// Beyond the expected text: the padding, one byte to notice that there is more, and the room without which
        /// zlib leaves its fast loop (258 bytes, the longest match).
        private static let slackBytes = TextPool.paddingBytes + 259

        var memory: TextBuffer.Memory
        var count = 0

        /// How much may still be written before the room for the padding begins.
        var room: Int { memory.count - TextPool.paddingBytes - count }

        /// The first `bytesMax` of the room.
        func room(_ bytesMax: Int) -> UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(rebasing: memory[count..<count + min(room, bytesMax)])
        }

        /// No text, with room for one of `expected` bytes and to notice a longer one.
        mutating func restart(expecting expected: Int, from pool: TextPool) {
            memory = pool.exchange(memory, for: expected + Self.slackBytes)
            count = 0
        }

        /// Makes room for twice as much text, or for as much as `limit` allows and to notice that there is more.
        mutating func grow(upTo limit: Int, from pool: TextPool) {
            memory = pool.resize(memory, to: min((count + room) * 2, limit) + Self.slackBytes)
        }

        /// Puts the padding behind the text.
        func pad() {
            let padding = UnsafeMutableRawBufferPointer(rebasing: memory[count...].prefix(TextPool.paddingBytes))
            padding.initializeMemory(as: UInt8.self, repeating: 0)
        }
    }
}
