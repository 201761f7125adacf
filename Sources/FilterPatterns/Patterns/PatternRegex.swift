/// A regular expression of a filter pattern: AWS's small language, searched for anywhere in a text.
///
/// It is run as a set of states that all advance together, so that time grows with the text's length times the
/// expression's, whatever the expression. There are no groups, hence no nested repetition.
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html#regex-expressions
struct PatternRegex: Sendable {
    /// What a counted repetition may ask for, and what all of an expression may unfold to.
    static let repetitionMax = 1000
    static let programMax = 10_000

    enum Instruction: Sendable {
        /// Takes one character of the set.
        case take(RegexSet)
        /// Goes on at both places.
        case either(Int, Int)
        case start, end
        case found
    }

    /// What stands between the percent signs.
    let source: [UInt8]
    let program: [Instruction]

    init(_ source: [UInt8]) throws(FilterPatternFault) {
        self.source = source
        var parser = RegexParser(source)
        var compiler = RegexCompiler()
        program = try compiler.compile(try parser.alternatives())
    }

    /// Whether the byte may stand in an expression at all.
    static func allows(_ byte: UInt8) -> Bool {
        byte.isWordCharacter || #":#=@/;,-^$?[]{}|\*+."#.utf8.contains(byte)
    }
}

/// A set of characters: any of the 128 of ASCII, and all others or none of them.
struct RegexSet: Hashable, Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var hasOthers = false

    init() {}

    init(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { insert(byte) }
    }

    mutating func insert(_ byte: UInt8) {
        if byte < 64 { low |= 1 << byte } else if byte < 128 { high |= 1 << (byte - 64) } else { hasOthers = true }
    }

    mutating func formUnion(_ other: RegexSet) {
        low |= other.low
        high |= other.high
        hasOthers = hasOthers || other.hasOthers
    }

    var inverted: RegexSet {
        var set = RegexSet()
        (set.low, set.high, set.hasOthers) = (~low, ~high, !hasOthers)
        return set
    }

    /// `byte` is a character's first byte.
    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> byte & 1 == 1 }
        return byte < 128 ? high >> (byte - 64) & 1 == 1 : hasOthers
    }

    static let digits = RegexSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
    static let blanks = RegexSet([0x20, 0x09, 0x0a, 0x0b, 0x0c, 0x0d])
    static let words = RegexSet((0..<128).filter(\.isWordCharacter))
    /// What `.` stands for.
    static let anyButNewline = RegexSet([0x0a]).inverted
}
