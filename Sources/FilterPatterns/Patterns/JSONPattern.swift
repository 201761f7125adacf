/// Reads `{ $.a = 1 && ($.b = "x*" || $.c NOT EXISTS) }`.
enum JSONPatternParser {
    static let wildcardSelectorsMax = 3

    static func parse(_ source: String) throws(FilterPatternFault) -> PatternCondition<JSONSelector> {
        let tokens = try PatternLexer.tokens(json: source)
        let wildcards = tokens.count { token in
            if case .selector(let selector) = token { selector.hasWildcard } else { false }
        }
        guard wildcards <= wildcardSelectorsMax else { throw .tooManyWildcardSelectors }
        return try ConditionParser.parse(tokens[...], areTyped: true) { token in
            if case .selector(let selector) = token { selector } else { nil }
        }
    }
}

/// Asks a message, which must be one JSON object, whether a condition holds for it.
enum JSONPatternMatcher {
    /// `room` is memory that is used again for the next message.
    static func matches(
        _ condition: PatternCondition<JSONSelector>, _ message: UnsafeBufferPointer<UInt8>, room: inout [JSONNode]
    ) -> Bool {
        guard message.first(where: { !$0.isBlank }) == UInt8(ascii: "{") else { return false }
        var scanner = JSONScanner(message, room: room)
        room = []
        defer { room = scanner.nodes }
        guard (try? scanner.scan()) != nil else { return false }  // no JSON is an answer here, not a failure
        return scanner.nodes.withUnsafeBufferPointer { nodes in
            let view = JSONView(text: message, nodes: nodes)
            return condition.holds { selector, test in passes(selector, test, view) }
        }
    }

    private static func passes(_ selector: JSONSelector, _ test: PatternTest, _ view: JSONView) -> Bool {
        switch test {
        case .notExists: !selector.selects(from: 0, of: view) { _ in true }
        case .isLiteral(let kind): selector.selects(from: 0, of: view) { isLiteral(kind, $0, view) }
        case .compare(let comparison, let operand):
            selector.selects(from: 0, of: view) { holds(comparison, operand, $0, view) }
        }
    }

    /// An array counts when one of its elements does.
    private static func isLiteral(_ kind: JSONKind, _ value: Int, _ view: JSONView) -> Bool {
        guard view.kind(value) == .array else { return view.kind(value) == kind }
        var isFound = false
        view.forEachElement(of: value) { element in
            isFound = view.kind(element) == kind
            return !isFound
        }
        return isFound
    }

    /// Only numbers and strings compare: for everything else both `=` and `!=` are false.
    private static func holds(
        _ comparison: PatternComparison, _ operand: PatternOperand, _ value: Int, _ view: JSONView
    ) -> Bool {
        switch view.kind(value) {
        case .null, .yes, .no, .array, .object: return false
        case .number: return comparison.holds(number: view.raw(value), operand)
        case .string:
            guard view.nodes[value].isEscaped else { return comparison.holds(text: view.raw(value), operand) }
            var text: [UInt8] = []
            view.appendText(value, to: &text)
            return text.withUnsafeBufferPointer { comparison.holds(text: $0, operand) }
        }
    }
}
