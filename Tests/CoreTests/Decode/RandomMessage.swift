/// A subscription message as text, with everything a JSON writer is free to choose chosen by a seed: the order of
/// members, white space, how each character is escaped, members nobody knows.
struct RandomMessage {
    private var random: SplitMix
    private let canEscapeBeyondBMP: Bool

    /// - Parameter canEscapeBeyondBMP: Whether characters may be written as pairs of surrogate escapes.
    init(seed: UInt64, canEscapeBeyondBMP: Bool = true) {
        random = SplitMix(seed: seed)
        self.canEscapeBeyondBMP = canEscapeBeyondBMP
    }

    mutating func text() -> String {
        let events = (0..<Int.random(in: 0...5, using: &random)).map { _ in event() }
        var members = [
            ("messageType", literal("DATA_MESSAGE")), ("owner", literal(name())), ("logGroup", literal(name())),
            ("logStream", literal(name())), ("logEvents", array(events)),
        ]
        if flip() { members.append(("subscriptionFilters", array([literal(name())]))) }
        return space() + object(members + strangers()) + space()
    }

    private mutating func event() -> String {
        var members = [("timestamp", "\(Int64.random(in: 0...9_000_000_000_000_000, using: &random))")]
        members.append(("message", literal(words())))
        if flip() {
            members.append(("id", flip() ? literal(words()) : "\(Int32.random(in: 0...Int32.max, using: &random))"))
        }
        if flip() { members.append(("extractedFields", object(strangers()))) }
        return object(members + strangers())
    }

    private mutating func strangers() -> [(String, String)] {
        (0..<Int.random(in: 0...2, using: &random)).map { ("x\($0)" + words(), value(depth: 3)) }
    }

    mutating func value(depth: Int) -> String {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
        case 0: return "null"
        case 1: return flip() ? "true" : "false"
        case 2: return number()
        case 3, 4: return literal(words())
        case 5: return array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth - 1) })
        default: return object((0..<Int.random(in: 0...3, using: &random)).map { ("k\($0)", value(depth: depth - 1)) })
        }
    }

    private mutating func number() -> String {
        let integer = "\(Int.random(in: -99999...99999, using: &random))"
        let fraction = flip() ? ".\(Int.random(in: 0...999, using: &random))" : ""
        let exponent = flip() ? ["e5", "E-3", "e+0"].randomElement(using: &random) ?? "" : ""
        return integer + fraction + exponent
    }

    private mutating func object(_ members: [(String, String)]) -> String {
        let written = members.shuffled(using: &random).map {
            space() + literal($0.0) + space() + ":" + space() + $0.1 + space()
        }
        return "{" + (written.isEmpty ? space() : written.joined(separator: ",")) + "}"
    }

    private mutating func array(_ elements: [String]) -> String {
        let written = elements.map { space() + $0 + space() }
        return "[" + (written.isEmpty ? space() : written.joined(separator: ",")) + "]"
    }

    private mutating func name() -> String { "n" + words() }

    /// Long runs and special characters close together, so that all of the scanner's steps meet.
    private mutating func words() -> String {
        let pieces = [
            "a", "\"", "\\", "/", "\n", "\u{1}", "\u{7F}", "é", "€", "😀", "\u{FFFF}", "0123456789abcdefghij", "{}", ",",
        ]
        return (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    /// `string` between quotes, each character written in one of the ways there are.
    private mutating func literal(_ string: String) -> String {
        "\"" + string.unicodeScalars.map { written($0) }.joined() + "\""
    }

    private mutating func written(_ scalar: Unicode.Scalar) -> String {
        let short: [Unicode.Scalar: String] = ["\"": #"\""#, "\\": #"\\"#, "/": #"\/"#, "\n": #"\n"#]
        let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        switch Int.random(in: 0...3, using: &random) {
        case 0 where scalar.value < 0x10000 || canEscapeBeyondBMP: return unicodeEscape(scalar)
        case 1: return short[scalar] ?? (mustEscape ? unicodeEscape(scalar) : String(scalar))
        default: return mustEscape ? short[scalar] ?? unicodeEscape(scalar) : String(scalar)
        }
    }

    private mutating func unicodeEscape(_ scalar: Unicode.Scalar) -> String {
        let isUppercase = flip()
        return String(scalar).utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: isUppercase)
            return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    private mutating func space() -> String {
        flip() ? "" : [" ", "\n", "\t", "\r", "  \n"].randomElement(using: &random) ?? ""
    }

    private mutating func flip() -> Bool { Bool.random(using: &random) }
}
