// A pattern's parts as text that reads as the same parts again.

extension PatternCondition<JSONSelector> {
    /// The whole pattern, each of its tests in parentheses unless it is alone.
    var patternText: String {
        switch self {
        case .test: "{ \(text) }"
        case .all, .any: "{ \(joined) }"
        }
    }

    private var text: String {
        switch self {
        case .test(let selector, let test): test.text(of: selector)
        case .all, .any: joined
        }
    }

    private var joined: String {
        switch self {
        case .test: "(\(text))"
        case .all(let conditions): conditions.map { "(\($0.text))" }.joined(separator: " && ")
        case .any(let conditions): conditions.map { "(\($0.text))" }.joined(separator: " || ")
        }
    }
}

extension PatternTest {
    func text(of selector: JSONSelector) -> String {
        switch self {
        case .compare(let comparison, let operand): "\(selector.text) \(comparison.text) \(operand.text)"
        case .isLiteral(.yes): "\(selector.text) IS TRUE"
        case .isLiteral(.no): "\(selector.text) IS FALSE"
        case .isLiteral(.null), .isLiteral(.number), .isLiteral(.string), .isLiteral(.array), .isLiteral(.object):
            "\(selector.text) IS NULL"
        case .notExists: "\(selector.text) NOT EXISTS"
        }
    }
}

extension PatternComparison {
    var text: String {
        switch self {
        case .equal: "="
        case .unequal: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
    }
}

extension PatternOperand {
    var text: String {
        switch self {
        case .number(_, let text): String(decoding: text, as: UTF8.self)
        case .text(let wildcard): #""\#(Self.escaped(wildcard.bytes))""#
        case .regex(let regex): "%\(String(decoding: regex.source, as: UTF8.self))%"
        }
    }

    private static func escaped(_ text: [UInt8]) -> String {
        let escaped = text.flatMap { byte in
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? [UInt8(ascii: "\\"), byte] : [byte]
        }
        return String(decoding: escaped, as: UTF8.self)
    }
}

extension JSONSelector {
    var text: String { steps.reduce("$") { $0 + $1.text } }
}

extension JSONSelector.Step {
    fileprivate var text: String {
        switch self {
        case .member(let name):
            if !name.isEmpty, name.allSatisfy({ $0.isWordCharacter || $0 == UInt8(ascii: "-") }) {
                return "." + String(decoding: name, as: UTF8.self)
            }
            let quote = name.contains(UInt8(ascii: "'")) ? "\"" : "'"
            return "[\(quote)\(String(decoding: name, as: UTF8.self))\(quote)]"
        case .element(let index): return "[\(index)]"
        case .each: return "[*]"
        }
    }
}
