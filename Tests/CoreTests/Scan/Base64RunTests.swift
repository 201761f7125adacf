import CScan
import Testing

@Suite struct Base64IsRunUpToWhatIsNone {
    static let variants = cscan_variant.present(cscan_base64_has)
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let values = (0..<256).map { alphabet.firstIndex(of: UInt8($0)) }

    private static func symbols(_ count: Int, seed: UInt64) -> [UInt8] {
        randomBytes(count, seed: seed).map { alphabet[Int($0 & 63)] }
    }

    /// What a simple decoder makes of it.
    private static func expected(_ symbols: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        for start in stride(from: 0, to: symbols.count - 3, by: 4) {
            let sixes = symbols[start..<start + 4].compactMap { values[Int($0)] }
            guard sixes.count == 4 else { break }
            let bits = sixes.reduce(0) { $0 << 6 | $1 }
            bytes += [bits >> 16, bits >> 8, bits].map { UInt8(truncatingIfNeeded: $0) }
        }
        return bytes
    }

    /// Decodes into a room of its own, of just the size that there must be.
    private static func apart(_ variant: cscan_variant, _ symbols: [UInt8]) -> [UInt8] {
        let room = symbols.count / 4 * 3
        let border = [UInt8](repeating: 0xEE, count: 64)
        var bytes = [UInt8](repeating: 0, count: room) + border
        let taken = cscan_base64_run_using(variant, &bytes, symbols, symbols.count)
        #expect(Array(bytes[room...]) == border)
        return Array(bytes[..<(taken / 4 * 3)])
    }

    /// Decodes where the symbols stand, or a bit before them; what is not taken must stay as it is.
    private static func inPlace(
        _ variant: cscan_variant, _ symbols: UnsafeMutableBufferPointer<UInt8>, to: UnsafeMutablePointer<UInt8>
    ) -> [UInt8] {
        let before = Array(symbols)
        let taken = cscan_base64_run_using(variant, to, symbols.baseAddress, symbols.count)
        #expect(symbols[taken...].elementsEqual(before[taken...]))
        return Array(UnsafeBufferPointer(start: to, count: taken / 4 * 3))
    }

    @Test(arguments: variants)
    func onEveryAlignmentAndOfEveryLength(variant: cscan_variant) {
        let memory = AlignedBytes(count: 512)
        for count in lengths {
            let symbols = Self.symbols(count, seed: UInt64(count))
            let bytes = Self.expected(symbols)
            #expect(Self.apart(variant, symbols) == bytes)
            for start in alignments {
                let base = memory.put(symbols, at: start)
                let place = UnsafeMutableBufferPointer(start: base, count: count)
                #expect(Self.inPlace(variant, place, to: base - start / 2) == bytes, "\(start) bytes behind a border")
            }
        }
    }

    @Test(arguments: variants)
    func anyByteAnywhere(variant: cscan_variant) {
        let right = Self.symbols(140, seed: 6)
        var room = right
        for place in right.indices {
            var symbols = right
            let wrong = (UInt8.min...0xFF).filter { byte in
                symbols[place] = byte
                let taken = cscan_base64_run_using(variant, &room, symbols, symbols.count)
                return taken != (Self.values[Int(byte)] == nil ? place / 4 * 4 : symbols.count)
            }
            #expect(wrong == [], "at \(place)")
        }
    }

    /// Padding, escapes and line ends are the caller's.
    @Test(arguments: variants, ["aGkKaGkK====", "aGkKaGkK\\/aGk", "aGkKaGkK\naGkK", "aGkKaGkKaG", "aGkKaGkKaG=="])
    func theRestIsLeft(variant: cscan_variant, text: String) {
        #expect(Self.apart(variant, Array(text.utf8)) == Array("hi\nhi\n".utf8))
    }

    @Test(arguments: variants, UInt64(1)...50)
    func noise(variant: cscan_variant, seed: UInt64) {
        var symbols = Self.symbols(Int(seed * seed) * 10, seed: seed)
        let bytes = Self.expected(symbols)
        #expect(Self.apart(variant, symbols) == bytes)
        symbols.withUnsafeMutableBufferPointer { place in
            guard let base = place.baseAddress else { return }
            #expect(Self.inPlace(variant, place, to: base) == bytes)
        }
    }

    @Test(arguments: variants)
    func withoutTouchingWhatIsBeyond(variant: cscan_variant) {
        let page = GuardedPage()
        let room = GuardedPage()
        for count in lengths {
            let symbols = Self.symbols(count, seed: UInt64(count))
            let bytes = Self.expected(symbols)
            page.atEachEnd(symbols) { from in
                room.atEachEnd([UInt8](repeating: 0, count: count / 4 * 3)) { to in
                    #expect(cscan_base64_run_using(variant, to, from, count) == count / 4 * 4)
                    #expect(Array(UnsafeBufferPointer(start: to, count: bytes.count)) == bytes)
                }
                #expect(Self.inPlace(variant, UnsafeMutableBufferPointer(start: from, count: count), to: from) == bytes)
            }
        }
    }
}
