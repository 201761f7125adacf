import CScan
import Testing

@Suite struct KernelsAgree {
    private static func simple(_ text: [UInt8], from start: Int) -> Int {
        text[start...].prefix { $0 >= 0x20 && $0 < 0x80 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }.count
    }

    private func check(_ text: [UInt8], from start: Int) {
        let padded = text + [UInt8](repeating: 0, count: Int(CSCAN_PADDING_BYTES))
        padded.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            let expected = Self.simple(padded, from: start)
            #expect(cscan_plain_run(base + start) == expected)
            #expect(cscan_plain_run_portable(base + start) == expected)
        }
    }

    /// Each byte value as the only special one, at each place of a block and with every alignment.
    @Test func everyByteEverywhere() {
        for byte in UInt8.min...UInt8.max {
            for place in stride(from: 0, through: 40, by: byte.isMultiple(of: 16) ? 1 : 5) {
                var text = [UInt8](repeating: UInt8(ascii: "a"), count: 48)
                text[place] = byte
                check(text, from: Int(byte) % 3)
            }
        }
    }

    @Test(arguments: 0...300)
    func everyLength(count: Int) {
        check([UInt8](repeating: 0x7F, count: count), from: 0)
        check([UInt8](repeating: UInt8(ascii: " "), count: count + 1), from: 1)
    }

    @Test(arguments: UInt64(1)...100)
    func noise(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let text = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
        for start in text.indices { check(text, from: start) }
    }
}
