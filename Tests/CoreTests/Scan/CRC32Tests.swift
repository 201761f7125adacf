import CScan
import CZlib
import Testing

@Suite struct CRC32IsThatOfZlib {
    static let variants = cscan_variant.present(cscan_crc32_has)
    /// Two of the largest blocks, and every rest.
    private static let lengths = 0...600

    private static func zlib(_ sum: UInt32, _ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: crc32_z(UInt(sum), bytes, count))
    }

    /// The value that catalogues of checksums give for this one.
    @Test(arguments: variants)
    func theCheckValue(variant: cscan_variant) {
        #expect(cscan_crc32_using(variant, 0, "123456789", 9) == 0xCBF4_3926)
        #expect(cscan_crc32_using(variant, 0, nil, 0) == 0)
        #expect(cscan_crc32_using(variant, 0x1234_5678, nil, 0) == 0x1234_5678)
    }

    @Test(arguments: variants)
    func onEveryAlignmentAndOfEveryLength(variant: cscan_variant) {
        let memory = AlignedBytes(count: 1024)
        let base = memory.put(randomBytes(1024, seed: 1), at: 0)
        for start in alignments {
            let wrong = Self.lengths.filter { count in
                cscan_crc32_using(variant, 0xDEAD_BEEF, base + start, count)
                    != Self.zlib(0xDEAD_BEEF, base + start, count)
            }
            #expect(wrong == [], "\(start) bytes behind a border")
        }
    }

    @Test(arguments: variants)
    func whereverTheBytesAreDivided(variant: cscan_variant) {
        let bytes = randomBytes(1500, seed: 2)
        let whole = Self.zlib(0, bytes, bytes.count)
        let wrong = bytes.withUnsafeBytes { bytes in
            (0...bytes.count).filter { middle in
                let rest = UnsafeRawBufferPointer(rebasing: bytes[middle...])
                let first = cscan_crc32_using(variant, 0, bytes.baseAddress, middle)
                return cscan_crc32_using(variant, first, rest.baseAddress, rest.count) != whole
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: variants, UInt64(1)...50)
    func ofNoise(variant: cscan_variant, seed: UInt64) {
        let bytes = randomBytes(Int(seed * seed * seed * 10) + Int(seed), seed: seed)
        #expect(cscan_crc32_using(variant, 0, bytes, bytes.count) == Self.zlib(0, bytes, bytes.count))
        #expect(cscan_crc32(0, bytes, bytes.count) == Self.zlib(0, bytes, bytes.count))
    }

    @Test(arguments: variants)
    func withoutReadingBeyondTheBytes(variant: cscan_variant) {
        let page = GuardedPage()
        for count in Self.lengths {
            let bytes = randomBytes(count, seed: UInt64(count))
            page.atEachEnd(bytes) { #expect(cscan_crc32_using(variant, 0, $0, count) == Self.zlib(0, bytes, count)) }
        }
    }
}
