import Testing

@testable import Core

@Suite struct DecimalsAreWritten {
    private func decimal(_ number: Int64) -> String {
        var bytes: [UInt8] = []
        bytes.append(atMost: ByteWriter.decimalBytesMax) { $0.put(decimal: number) }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func aroundEveryPowerOfTen() {
        var power: Int64 = 1
        for _ in 0..<18 {
            for number in [power - 1, power, power + 1, power * 9 + power / 7, -power] {
                #expect(decimal(number) == "\(number)")
            }
            power *= 10
        }
        for number in [Int64.max, .min, .max - 1] { #expect(decimal(number) == "\(number)") }
    }

    @Test(arguments: UInt64(1)...50)
    func anyNumber(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<2000 {
            let number = Int64(random.next() >> UInt64.random(in: 1...63, using: &random))
            #expect(decimal(number) == "\(number)")
        }
    }
}

@Suite struct EightDigitsAreANumber {
    private func word(_ text: [UInt8]) -> UInt64 { text.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    @Test(arguments: UInt64(1)...20)
    func andBack(seed: UInt64) {
        var random = SplitMix(seed: seed)
        for _ in 0..<2000 {
            let number = random.next() % 100_000_000
            let text = EightDigits.text(number)
            #expect(EightDigits.number(text) == number)
            #expect(
                String(decoding: (0..<8).map { UInt8(truncatingIfNeeded: text >> (8 * $0)) }, as: UTF8.self).hasSuffix(
                    "\(number)"))
        }
    }

    /// Every byte that is no digit, at each place.
    @Test func nothingElseIs() {
        for place in 0..<8 {
            for byte in UInt8.min...UInt8.max {
                var text = Array("90817263".utf8)
                text[place] = byte
                let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                #expect((EightDigits.number(word(text)) != nil) == isDigit)
            }
        }
    }
}
