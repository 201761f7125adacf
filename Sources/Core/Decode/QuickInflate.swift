// With the package trait `Libdeflate` there is a quick way through deflate data, and this is where that is decided.

#if LIBDEFLATE
    private import CLibdeflate

    /// Inflates raw deflate data with libdeflate, more than twice as fast as zlib: it has all of the data and room for
    /// all of the text in one call.
    ///
    /// All that it says is where good data ends. It knows neither how the data is wrong nor where, and takes some that
    /// zlib refuses: codes with words that stand for nothing, two lengths and two distances that deflate reserves.
    /// The trailer's CRC-32 gives such data away, and zlib then refuses it, unless someone made the CRC-32 for it.
    final class QuickInflate {
        /// The libdeflate that was built with. Unlike zlib it does not tell which one runs.
        static let name: String? = "libdeflate " + LIBDEFLATE_VERSION_STRING

        private let pool: TextPool
        private let decompressor: OpaquePointer

        init(pool: TextPool) {
            self.pool = pool
            // Before any record was read: ends as `TextPool` does.
            guard let decompressor = libdeflate_alloc_decompressor() else {
                fatalError("out of memory: libdeflate has none for its tables")
            }
            self.decompressor = decompressor
        }

        deinit { libdeflate_free_decompressor(decompressor) }

        /// Inflates the deflate data that begins at `start`. Returns where it ends, or `nil` when zlib has to judge: the
        /// data is wrong, or the text outgrew `limit`; the text is then as long as before.
        ///
        /// What is tried in vain is at most all the room there was, which doubles after it. So it is less in sum than
        /// the room in the end, however many members a payload has.
        func inflate(
            _ payload: UnsafeRawBufferPointer, from start: Int, to text: inout Inflater.Text, limit: Int
        ) -> Int? {
            let data = UnsafeRawBufferPointer(rebasing: payload[start...])
            while true {
                let room = text.room(Int.max)
                var (read, written) = (0, 0)
                let result = libdeflate_deflate_decompress_ex(
                    decompressor, data.baseAddress, data.count, room.baseAddress, room.count, &read, &written)
                if result == LIBDEFLATE_SUCCESS, text.count + written <= limit {
                    text.count += written
                    return start + read
                }
                guard result == LIBDEFLATE_INSUFFICIENT_SPACE, text.count + room.count <= limit else { return nil }
                text.grow(upTo: limit, from: pool)
            }
        }
    }
#else
    /// Without the trait nothing is quicker than zlib.
    struct QuickInflate {
        static let name: String? = nil

        init(pool: TextPool) {}

        func inflate(
            _ payload: UnsafeRawBufferPointer, from start: Int, to text: inout Inflater.Text, limit: Int
        ) -> Int? { nil }
    }
#endif
