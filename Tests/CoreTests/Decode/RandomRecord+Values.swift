extension RandomRecord {
    /// A value of no meaning, of any kind.
    mutating func value(depth: Int) {
        switch count(0...(depth > 0 ? 9 : 5)) {
        case 0: write(["null", "true", "false"][count(0...2)])
        case 1, 2: number()
        case 3...5: _ = string(bytes: 0...40)
        case 6, 7: array(0...3) { writer, _ in writer.value(depth: depth - 1) }
        case 8: object(strangers(), decoys: []) { writer, _, _ in writer.value(depth: depth - 1) }
        default: if oneIn(4) { tower() } else { value(depth: depth - 1) }
        }
    }

    /// Objects and arrays in each other, as many as fit wherever a value stands.
    private mutating func tower() {
        let kinds = (0..<count(1...StrictJSON.nestingMax - 10)).map { _ in oneIn(2) }
        write(kinds.map { $0 ? "[" : #"{"a":"# }.joined())
        number()
        write(kinds.reversed().map { $0 ? "]" : "}" }.joined())
    }

    /// Every form that the grammar has.
    private mutating func number() {
        write(oneIn(3) ? "-" : "")
        write(oneIn(4) ? "0" : "\(count(1...9))" + digits(0...(isCommon ? 6 : 40)))
        if oneIn(2) { write("." + digits(1...8)) }
        if oneIn(2) {
            write(["e", "E"][count(0...1)] + ["", "+", "-"][count(0...2)])
            write(isCommon ? digits(1...1) : digits(1...12))
        }
    }

    private mutating func digits(_ range: ClosedRange<Int>) -> String {
        (0..<count(range)).map { _ in "\(count(0...9))" }.joined()
    }

    /// White space or nothing; now and then as much as fills blocks.
    mutating func space() {
        guard !isDense, oneIn(2) else { return }
        for _ in 0..<count(1...(oneIn(20) ? 140 : 3)) { write([" ", "\n", "\t", "\r"][count(0...3)]) }
    }
}
