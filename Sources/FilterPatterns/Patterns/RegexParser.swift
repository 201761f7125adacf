/// One step of an expression: what it takes or asserts, and how often.
struct RegexPiece: Sendable {
    enum Atom: Sendable {
        case set(RegexSet)
        case start, end
    }

    let atom: Atom
    var least = 1
    /// `nil` is without end.
    var most: Int? = 1
}

/// Reads an expression into alternatives of steps.
struct RegexParser {
    private let source: [UInt8]
    private var at = 0

    init(_ source: [UInt8]) { self.source = source }

    mutating func alternatives() throws(FilterPatternFault) -> [[RegexPiece]] {
        var alternatives: [[RegexPiece]] = [[]]
        while let byte = peek {
            if byte == UInt8(ascii: "|") {
                at += 1
                alternatives.append([])
            } else {
                var piece = RegexPiece(atom: try atom())
                try repetition(&piece)
                alternatives[alternatives.count - 1].append(piece)
            }
        }
        return alternatives
    }

    private mutating func atom() throws(FilterPatternFault) -> RegexPiece.Atom {
        let byte = try take()
        switch byte {
        case UInt8(ascii: "^"): return .start
        case UInt8(ascii: "$"): return .end
        case UInt8(ascii: "."): return .set(.anyButNewline)
        case UInt8(ascii: "["): return .set(try characterClass())
        case UInt8(ascii: "\\"): return .set(try escape())
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw .badRegularExpression  // nothing to repeat
        default: return .set(RegexSet([byte]))
        }
    }

    private mutating func repetition(_ piece: inout RegexPiece) throws(FilterPatternFault) {
        switch peek {
        case UInt8(ascii: "*"): (piece.least, piece.most) = (0, nil)
        case UInt8(ascii: "+"): (piece.least, piece.most) = (1, nil)
        case UInt8(ascii: "?"): (piece.least, piece.most) = (0, 1)
        case UInt8(ascii: "{"): return try counted(&piece)
        default: return
        }
        at += 1
        skipLaziness()
    }

    /// `{2}`, `{2,}` or `{2,5}`
    private mutating func counted(_ piece: inout RegexPiece) throws(FilterPatternFault) {
        at += 1
        guard let least = number() else { throw .badRegularExpression }
        piece.least = least
        piece.most = least
        if peek == UInt8(ascii: ",") {
            at += 1
            piece.most = number()
        }
        guard try take() == UInt8(ascii: "}") else { throw .badRegularExpression }
        guard max(least, piece.most ?? least) <= PatternRegex.repetitionMax, piece.most.map({ $0 >= least }) ?? true
        else { throw .badRegularExpression }
        skipLaziness()
    }

    /// Whether a repetition takes much or little first makes no difference to whether it is found.
    private mutating func skipLaziness() {
        if peek == UInt8(ascii: "?") { at += 1 }
    }

    private mutating func number() -> Int? {
        let start = at
        while let byte = peek, byte.isDigit { at += 1 }
        return Int(String(decoding: source[start..<at], as: UTF8.self))
    }

    private var peek: UInt8? { at < source.count ? source[at] : nil }

    private mutating func take() throws(FilterPatternFault) -> UInt8 {
        guard let byte = peek else { throw .badRegularExpression }
        at += 1
        return byte
    }
}

// MARK: - Sets of characters

extension RegexParser {
    /// What stands after `[`, up to and with `]`.
    private mutating func characterClass() throws(FilterPatternFault) -> RegexSet {
        var set = RegexSet()
        let isInverted = peek == UInt8(ascii: "^")
        if isInverted { at += 1 }
        var isFirst = true
        while true {
            let byte = try take()
            if byte == UInt8(ascii: "]"), !isFirst { return isInverted ? set.inverted : set }
            isFirst = false
            if byte == UInt8(ascii: "\\") {
                set.formUnion(try escape())
            } else if peek == UInt8(ascii: "-"), at + 1 < source.count, source[at + 1] != UInt8(ascii: "]") {
                at += 1
                let last = try take()
                guard last >= byte, last != UInt8(ascii: "\\") else { throw .badRegularExpression }
                set.formUnion(RegexSet(byte...last))
            } else {
                set.insert(byte)
            }
        }
    }

    /// What stands after a backslash.
    private mutating func escape() throws(FilterPatternFault) -> RegexSet {
        let byte = try take()
        switch byte {
        case UInt8(ascii: "d"): return .digits
        case UInt8(ascii: "D"): return RegexSet.digits.inverted
        case UInt8(ascii: "s"): return .blanks
        case UInt8(ascii: "S"): return RegexSet.blanks.inverted
        case UInt8(ascii: "w"): return .words
        case UInt8(ascii: "W"): return RegexSet.words.inverted
        case UInt8(ascii: "x"):
            guard let high = try take().hexValue, let low = try take().hexValue, high < 8 else {
                throw .badRegularExpression
            }
            return RegexSet([high << 4 | low])
        case let letter where letter.isLetter || letter.isDigit: throw .badRegularExpression
        default: return RegexSet([byte])
        }
    }
}
