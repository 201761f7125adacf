#if LIBDEFLATE
    private import CLibdeflate

    /// libdeflate and nothing else: one decompressor for all payloads, room for each text exactly, the gzip wrapping
    /// checked by libdeflate itself, and nothing done with the text.
    final class LibdeflateAlone {
        static let isThere = true

        private let decompressor: OpaquePointer
        private let output: UnsafeMutableRawBufferPointer

        /// Never `nil`, which it is when this program is built without libdeflate.
        ///
        /// - Parameter textBytesMax: The longest text's length.
        init?(textBytesMax: Int) throws(BenchmarkFailure) {
            guard let decompressor = libdeflate_alloc_decompressor() else {
                throw BenchmarkFailure("libdeflate: no memory")
            }
            self.decompressor = decompressor
            output = .allocate(byteCount: textBytesMax, alignment: 16)
            output.initializeMemory(as: UInt8.self, repeating: 0)
        }

        deinit {
            libdeflate_free_decompressor(decompressor)
            output.deallocate()
        }

        /// Whether the payload begins with a gzip member with exactly this much text.
        func inflates(_ payload: UnsafeRawBufferPointer, textBytes: Int) -> Bool {
            // Without a place for the length, another one than the room's is a failure.
            libdeflate_gzip_decompress(
                decompressor, payload.baseAddress, payload.count, output.baseAddress, textBytes, nil)
                == LIBDEFLATE_SUCCESS
        }
    }
#else
    /// There is none without the package trait `Libdeflate`.
    struct LibdeflateAlone {
        static let isThere = false

        init?(textBytesMax: Int) throws(BenchmarkFailure) { return nil }

        func inflates(_ payload: UnsafeRawBufferPointer, textBytes: Int) -> Bool { false }
    }
#endif
