/// Where a text stops being JSON, and how. Small and without references, so that throwing it costs nothing.
struct JSONFault: Error, Hashable {
    enum What: UInt8 {
        case noDocument, value, name, colon, commaOrBrace, commaOrBracket
        case unterminatedString, controlCharacter, escape, hexDigits
        case number, literal, nesting
    }

    let what: What
    /// A place in the text; its end when something is missing there.
    let at: Int

    init(_ what: What, at: Int) {
        self.what = what
        self.at = at
    }
}

extension JSONFault.What {
    var words: String {
        switch self {
        case .noDocument: "no JSON document"
        case .value: "expected a value"
        case .name: "expected a member's name"
        case .colon: "expected ':'"
        case .commaOrBrace: "expected ',' or '}'"
        case .commaOrBracket: "expected ',' or ']'"
        case .unterminatedString: "a string without its end"
        case .controlCharacter: "a control character in a string"
        case .escape: "an unknown escape in a string"
        case .hexDigits: "expected four hexadecimal digits"
        case .number: "not a JSON number"
        case .literal: "expected true, false or null"
        case .nesting: "nested deeper than \(JSONCursor.nestingMax)"
        }
    }
}
