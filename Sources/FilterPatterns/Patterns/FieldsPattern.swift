/// A pattern of fields between blanks: `[ip, user, ..., status = 4*, bytes > 1000]`.
struct FieldsPattern: Sendable {
    struct Field: Sendable {
        /// `nil` for a field that has none, which is then called by its place, `$3` and the like.
        let name: String?
        let condition: PatternCondition<Itself>?
    }

    /// A field's tests look at nothing but the field.
    struct Itself: Sendable {}

    /// The fields before `...`; all of them when there is none.
    let leading: [Field]
    /// The fields after `...`; `nil` when there is none.
    let trailing: [Field]?

    /// `nil` when the message has too few fields or one that does not pass.
    func match(_ message: UnsafeBufferPointer<UInt8>) -> ExtractedFields? {
        var spans = FieldSplitter.split(message)
        guard spans.count >= leading.count + (trailing?.count ?? 0) else { return nil }
        if trailing == nil, let last = leading.indices.last, spans.count > leading.count {
            let rest = FieldSplitter.rest(of: message, from: spans[last])
            spans = spans[..<last] + [rest]
        }
        let named = leading + Array(repeating: .unnamed, count: spans.count - leading.count - (trailing?.count ?? 0))
        let fields = named + (trailing ?? [])
        for (field, span) in zip(fields, spans) where !field.passes(span.value(in: message)) { return nil }
        return zip(fields, spans).enumerated().map { place, pair in
            ("$" + (pair.0.name ?? String(place + 1)), String(decoding: pair.1.value(in: message), as: UTF8.self))
        }
    }
}

extension FieldsPattern.Field {
    static let unnamed = FieldsPattern.Field(name: nil, condition: nil)

    func passes(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let condition else { return true }
        let isNumber = PatternNumber.value(value) != nil
        return condition.holds { _, test in
            switch test {
            case .compare(let comparison, let operand):
                isNumber ? comparison.holds(number: value, operand) : comparison.holds(text: value, operand)
            case .isLiteral, .notExists: false
            }
        }
    }
}

/// Reads `[…]`.
enum FieldsPatternParser {
    private static let ellipsis = Array("...".utf8)

    static func parse(_ source: String) throws(FilterPatternFault) -> FieldsPattern {
        let tokens = try PatternLexer.tokens(fields: source)
        guard !tokens.isEmpty else { return FieldsPattern(leading: [], trailing: []) }
        let parts = tokens.split(omittingEmptySubsequences: false) { token in
            if case .comma = token { true } else { false }
        }
        var names: Set<String> = []
        var fields: [FieldsPattern.Field] = []
        var ellipsisAt: Int?
        for part in parts {
            if isEllipsis(part) {
                guard ellipsisAt == nil else { throw .duplicateField("...") }
                ellipsisAt = fields.count
                continue
            }
            let field = try field(part)
            if let name = field.name, !names.insert(name).inserted { throw .duplicateField(name) }
            fields.append(field)
        }
        guard let ellipsisAt else { return FieldsPattern(leading: fields, trailing: nil) }
        return FieldsPattern(leading: Array(fields[..<ellipsisAt]), trailing: Array(fields[ellipsisAt...]))
    }

    private static func isEllipsis(_ tokens: ArraySlice<PatternToken>) -> Bool {
        if tokens.count == 1, case .word(ellipsis)? = tokens.first { true } else { false }
    }

    /// Nothing, a name, or tests that all speak of one name.
    private static func field(_ tokens: ArraySlice<PatternToken>) throws(FilterPatternFault) -> FieldsPattern.Field {
        let name = tokens.lazy.compactMap { token in
            if case .word(let word) = token { word } else { nil }
        }.first
        guard !tokens.isEmpty else { return .unnamed }
        guard let name else { throw .malformed }
        guard name.allSatisfy({ $0.isWordCharacter || $0 == UInt8(ascii: "-") }) else {
            throw .invalidCharacters(String(decoding: name, as: UTF8.self))
        }
        let text = String(decoding: name, as: UTF8.self)
        if tokens.count == 1 { return FieldsPattern.Field(name: text, condition: nil) }
        let condition = try ConditionParser.parse(tokens, areTyped: false) { token in
            if case .word(name) = token { FieldsPattern.Itself() } else { nil }
        }
        return FieldsPattern.Field(name: text, condition: condition)
    }
}
