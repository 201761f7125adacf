import CScan
import Testing

/// What the kernels find out about a string, slowly and obviously.
private struct Expected: Equatable {
    var count = 0
    var saved = 0
    var isClosed = false
    var hasNonASCII = false

    /// `text` is what follows the opening quote. Of a string that is not closed, nothing else is promised.
    init(_ text: [UInt8]) {
        var (at, saved, hasNonASCII) = (0, 0, false)
        while at < text.count, text[at] != UInt8(ascii: "\"") {
            guard text[at] >= 0x20 else { return }
            if text[at] >= 0x80 { hasNonASCII = true }
            if text[at] == UInt8(ascii: "\\") {
                guard let escape = Self.escape(text[(at + 1)...]) else { return }
                at += escape.count
                saved += escape.saved
            } else {
                at += 1
            }
        }
        guard at < text.count else { return }
        (count, self.saved, self.hasNonASCII, isClosed) = (at, saved, hasNonASCII, true)
    }

    private static func escape(_ text: ArraySlice<UInt8>) -> (count: Int, saved: Int)? {
        guard let kind = text.first else { return nil }
        if Array(#""\/bfnrt"#.utf8).contains(kind) { return (2, 1) }
        guard let unit = unit(text) else { return nil }
        if UTF16.isLeadSurrogate(unit), text.dropFirst(5).first == UInt8(ascii: "\\"),
            let second = Self.unit(text.dropFirst(6)), UTF16.isTrailSurrogate(second)
        {
            return (12, 8)
        }
        return (6, unit < 0x80 ? 5 : unit < 0x800 ? 4 : 3)
    }

    /// The code unit of `u` and four digits.
    private static func unit(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard text.first == UInt8(ascii: "u"), text.count >= 5 else { return nil }
        let digits = text.dropFirst().prefix(4)
        guard digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}

extension Expected {
    fileprivate init(_ found: cscan_string) {
        guard found.is_closed else { return }
        (count, saved, hasNonASCII, isClosed) = (found.count, Int(found.saved), found.has_non_ascii, true)
    }
}

private let kernels = cscan_variant.present(cscan_string_has)

private func check(_ text: [UInt8], alignment: Int = 0, sourceLocation: SourceLocation = #_sourceLocation) {
    let expected = Expected(text)
    let padding = [UInt8](repeating: 0, count: Int(CSCAN_PADDING_BYTES))
    ([UInt8](repeating: UInt8(ascii: "\\"), count: alignment) + text + padding).withUnsafeBufferPointer { bytes in
        guard let base = bytes.baseAddress else { return }
        let start = base + alignment
        #expect(Expected(cscan_string(start)) == expected, "inline, \(text)", sourceLocation: sourceLocation)
        for kernel in kernels {
            let found = Expected(cscan_string_using(kernel, start))
            #expect(found == expected, "\(kernel.testDescription), \(text)", sourceLocation: sourceLocation)
        }
    }
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

@Suite struct StringKernelsAgree {
    @Test func thePortableOneAndThoseOfThisMachineAreThere() {
        #expect(kernels.contains(CSCAN_PORTABLE))
        #expect(kernels.count > 1)
    }

    /// Each byte value as the only special one, at each place of two blocks.
    @Test func everyByteEverywhere() {
        for byte in UInt8.min...UInt8.max {
            for place in stride(from: Int(byte) % 5, through: 130, by: 5) {
                var text = [UInt8](repeating: UInt8(ascii: "a"), count: 140) + bytes("\" tail")
                text[place] = byte
                check(text)
            }
        }
    }

    @Test(arguments: lengths)
    func everyLengthAndAlignment(count: Int) {
        let plain = [UInt8](repeating: UInt8(ascii: "x"), count: count)
        for alignment in alignments { check(plain + bytes("\",\"next\":1}"), alignment: alignment) }
        check(plain)
        check(plain + bytes("\n\""))
    }

    /// Of what follows the text, nothing but the padding is read, and nothing of what precedes it.
    @Test func nothingBeyondThePaddingIsRead() {
        let page = GuardedPage()
        for count in lengths {
            for end in ["\"", "\\", "\\u00", "\\ud83d", "", "\n"] {
                let text = [UInt8](repeating: UInt8(ascii: "y"), count: count) + bytes(end)
                let expected = Expected(text)
                page.atEachEnd(text + [UInt8](repeating: 0, count: Int(CSCAN_PADDING_BYTES))) { start in
                    #expect(Expected(cscan_string(start)) == expected)
                    for kernel in kernels { #expect(Expected(cscan_string_using(kernel, start)) == expected) }
                }
            }
        }
    }

    /// Runs of backslashes of each length at each place, before a quote and before a letter.
    @Test(arguments: 0...140)
    func everyRunOfBackslashes(before: Int) {
        for run in 0...70 {
            let text =
                [UInt8](repeating: UInt8(ascii: "."), count: before)
                + [UInt8](repeating: UInt8(ascii: "\\"), count: run)
            check(text + bytes("\"more\""))
            check(text + bytes("n\""))
        }
    }

    /// Each escape, whole and cut off, at each place around the blocks' borders.
    @Test(arguments: [
        #"\n"#, #"\u0000"#, #"\u00e9"#, #"\u20AC"#, #"\ud83d\ude00"#, #"\ud83d\ud83d\ude00"#, #"\ude00\ud83d"#,
        #"\ude00"#,
        #"\ud83dx\ude00"#, #"\ud83d\n\ude00"#, #"\x"#, #"\u12G4"#, #"\u123"#, "\\\u{1}", "\\é", "é\\\"€\\\\😀",
    ])
    func everyEscapeAtEveryBorder(escape: String) {
        for before in [0, 1, 2] + Array(50...66) + Array(114...130) {
            let text = [UInt8](repeating: UInt8(ascii: "-"), count: before) + bytes(escape)
            check(text + bytes("\""))
            check(text + bytes("tail\\\\\""))
            for cut in 1..<bytes(escape).count { check(text.dropLast(cut) + bytes("\"")) }
            check(text)
        }
    }

    @Test(arguments: UInt64(1)...200)
    func noise(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let pieces = [
            "\\", "\\", "\"", "a", " ", "\\n", "\\u0041", "\\ud800", "\\udc00", "é", "0123456789abcdef", "\\\\\\",
        ]
        for _ in 0..<20 {
            let text = (0..<Int.random(in: 1...80, using: &random)).map { _ in
                pieces[Int.random(in: 0..<(random.next().isMultiple(of: 3) ? 12 : 10), using: &random)]
            }
            check(bytes(text.joined()), alignment: Int.random(in: 0..<64, using: &random))
            check((0..<150).map { _ in UInt8.random(in: 0x20...255, using: &random) } + bytes("\""))
        }
    }
}
