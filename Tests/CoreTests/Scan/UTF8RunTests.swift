import CScan
import Testing

@Suite struct UTF8IsRunUpToItsFirstFault {
    static let variants = cscan_variant.present(cscan_utf8_has)

    /// What the standard library's decoder says.
    private static func expected(_ text: some Sequence<UInt8>) -> Int {
        var parser = Unicode.UTF8.ForwardParser()
        var bytes = text.makeIterator()
        var run = 0
        while case .valid(let character) = parser.parseScalar(from: &bytes) { run += character.count }
        return run
    }

    private static func run(_ variant: cscan_variant, _ text: [UInt8]) -> Int {
        cscan_utf8_run_using(variant, text, text.count)
    }

    /// Characters of every length, about one in `rarity` beyond ASCII.
    private static func text(_ count: Int, rarity: Int, seed: UInt64) -> [UInt8] {
        var random = SplitMix(seed: seed)
        let planes: [ClosedRange<UInt32>] = [0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF]
        var text: [UInt8] = []
        while text.count < count {
            let isASCII = Int.random(in: 0..<rarity, using: &random) > 0
            let range = isASCII ? 0...0x7F : planes[Int.random(in: planes.indices, using: &random)]
            guard let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) else { continue }
            text += UTF8.encode(scalar).map(Array.init) ?? []
        }
        return text
    }

    /// The first and the last character of each length, and beside the surrogates.
    static let edges: [Unicode.Scalar] = [
        "\u{0}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}",
        "\u{10FFFF}",
    ]

    @Test(arguments: variants, edges)
    func aCharacterIsWholeOrAFault(variant: cscan_variant, scalar: Unicode.Scalar) throws {
        let character = Array(try #require(UTF8.encode(scalar)))
        for place in lengths {
            let before = [UInt8](repeating: UInt8(ascii: "a"), count: place)
            #expect(Self.run(variant, before + character) == place + character.count)
            #expect(Self.run(variant, before + character + before) == 2 * place + character.count)
            for cut in 1..<max(character.count, 1) {
                #expect(Self.run(variant, before + character.prefix(cut)) == place)
                #expect(Self.run(variant, before + character.prefix(cut) + before) == place)
                #expect(Self.run(variant, before + character.prefix(cut) + character) == place)
                #expect(Self.run(variant, before + character + character.suffix(cut)) == place + character.count)
            }
        }
    }

    /// Any two bytes of which the first is not ASCII, or just so, with what may follow them.
    private static let fours: [[UInt8]] = (0x7F...0xFF).flatMap { (first: UInt8) in
        (0x00...0xFF).flatMap { (second: UInt8) in
            [[first, second, 0x61, 0x61], [first, second, 0x80, 0x61], [first, second, 0xBF, 0xBF]]
        }
    }
    private static let runsOfFours = fours.map { expected($0 + [0x61]) }

    /// Within a vector, over the border of two, and over that of two blocks.
    @Test(arguments: variants, [1, 63, 126])
    func anyTwoBytes(variant: cscan_variant, place: Int) {
        var text = [UInt8](repeating: UInt8(ascii: "a"), count: 200)
        let wrong = zip(Self.fours, Self.runsOfFours).filter { four, run in
            for index in 0..<4 { text[place + index] = four[index] }
            return Self.run(variant, text) != (run == 5 ? text.count : place + run)
        }
        #expect(wrong.map { $0.0 } == [])
    }

    @Test(arguments: variants, [UInt8(0x61), 0x80, 0xC2, 0xE0, 0xF0, 0xFF])
    func aWrongByteAnywhere(variant: cscan_variant, byte: UInt8) {
        for rarity in [1, 3, 100] {
            let right = Self.text(lengths.upperBound, rarity: rarity, seed: 3)
            let wrong = right.indices.filter { place in
                var text = right
                text[place] = byte
                return Self.run(variant, text) != Self.expected(text)
            }
            #expect(wrong == [], "one in \(rarity)")
        }
    }

    @Test(arguments: variants, [1, 2, 20, 1000])
    func onEveryAlignmentAndOfEveryLength(variant: cscan_variant, rarity: Int) {
        let text = Self.text(lengths.upperBound, rarity: rarity, seed: 4)
        let runs = lengths.map { Self.expected(text.prefix($0)) }
        let memory = AlignedBytes(count: 512)
        for start in alignments {
            let base = memory.put(text, at: start)
            #expect(lengths.map { cscan_utf8_run_using(variant, base, $0) } == runs, "\(start) bytes behind a border")
        }
    }

    @Test(arguments: variants, UInt64(1)...50)
    func noiseInText(variant: cscan_variant, seed: UInt64) {
        var random = SplitMix(seed: seed)
        var text = Self.text(Int(seed * seed) * 8, rarity: Int(seed), seed: seed)
        #expect(Self.run(variant, text) == text.count)
        #expect(cscan_utf8_run(text, text.count) == text.count)
        for _ in 0..<3 {
            text[Int.random(in: text.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
            let isRight = String(validating: text, as: UTF8.self) != nil
            #expect((Self.run(variant, text) == text.count) == isRight)
            #expect(Self.run(variant, text) == Self.expected(text))
        }
    }

    @Test(arguments: variants)
    func withoutReadingBeyondTheText(variant: cscan_variant) {
        let page = GuardedPage()
        for rarity in [1, 1000] {
            let text = Self.text(lengths.upperBound, rarity: rarity, seed: 5)
            for count in lengths {
                let run = Self.expected(text.prefix(count))
                page.atEachEnd(text.prefix(count)) { #expect(cscan_utf8_run_using(variant, $0, count) == run) }
            }
        }
    }
}
