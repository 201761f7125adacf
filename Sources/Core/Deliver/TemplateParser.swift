/// Splits a template's text into characters and placeholders.
struct TemplateParser {
    private let scalars: [Unicode.Scalar]
    private var at = 0

    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    mutating func tokens() throws(TemplateError) -> [Template.Token] {
        var tokens: [Template.Token] = []
        while at < scalars.count {
            let column = at + 1
            tokens.append(Template.Token(kind: try next(), column: column))
        }
        return tokens
    }

    private mutating func next() throws(TemplateError) -> Template.Token.Kind {
        let scalar = scalars[at]
        guard scalar == "{" || scalar == "}" else {
            at += 1
            return .character(scalar)
        }
        if at + 1 < scalars.count, scalars[at + 1] == scalar {
            at += 2
            return .character(scalar)
        }
        guard scalar == "{" else {
            throw TemplateError(column: at + 1, "'}' opens nothing; the character is written '}}'")
        }
        return .placeholder(try placeholder())
    }

    private mutating func placeholder() throws(TemplateError) -> Template.Placeholder {
        let column = at + 1
        guard let end = scalars[at...].firstIndex(of: "}") else {
            throw TemplateError(column: column, "'{' is never closed; the character is written '{{'")
        }
        let name = String(String.UnicodeScalarView(scalars[(at + 1)..<end]))
        guard let placeholder = Template.Placeholder(rawValue: name) else {
            throw TemplateError(column: column, "no placeholder {\(name)}; allowed: \(Self.allowed)")
        }
        at = end + 1
        return placeholder
    }

    private static let allowed = Template.Placeholder.allCases.map { "{\($0.rawValue)}" }.joined(separator: " ")
}
