import Testing

/// Reads the files that `YAML` writes: blocks, brackets, both kinds of quotation marks, tags, comments that are lines.
/// Throws at anything else.
struct YAMLReader {
    struct Fault: Error {
        let text: String
    }

    private var lines: [(indent: Int, text: Substring)]
    private var at = 0

    static func read(_ text: String) throws -> YAML {
        var reader = YAMLReader(text)
        let value = try reader.block()
        guard reader.at == reader.lines.count else { throw Fault(text: "rest: \(reader.lines[reader.at].text)") }
        return value
    }

    private init(_ text: String) {
        lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let text = line.drop { $0 == " " }
            return (line.count - text.count, text)
        }
    }

    // MARK: blocks

    private mutating func block() throws -> YAML {
        guard at < lines.count else { throw Fault(text: "ends early") }
        return lines[at].text.hasPrefix("-") ? .list(try items()) : .map(try entries())
    }

    private mutating func items() throws -> [YAML] {
        let indent = lines[at].indent
        var items: [YAML] = []
        while at < lines.count, lines[at].indent == indent, lines[at].text.hasPrefix("-") {
            guard lines[at].text.hasPrefix("- ") else { throw Fault(text: "a dash alone") }
            // What follows the dash is as if it stood in a line of its own.
            lines[at] = (indent + 2, lines[at].text.dropFirst(2))
            let text = lines[at].text
            if text.hasPrefix("- ") || Self.key(of: text) != nil {
                items.append(try block())
            } else {
                at += 1
                items.append(try value(text, below: indent))
            }
        }
        return items
    }

    private mutating func entries() throws -> [YAML.Entry] {
        let indent = lines[at].indent
        var entries: [YAML.Entry] = []
        while at < lines.count, lines[at].indent == indent {
            guard let key = Self.key(of: lines[at].text) else { throw Fault(text: "no key: \(lines[at].text)") }
            let rest = lines[at].text.dropFirst(key.count + 1).drop { $0 == " " }
            at += 1
            entries.append(YAML.Entry(key: String(key), value: try value(rest, below: indent)))
        }
        return entries
    }

    private static func key(of line: Substring) -> Substring? {
        line.prefixMatch(of: /([A-Za-z][A-Za-z0-9:]*):( |$)/)?.output.1
    }

    /// `text` is what stands behind a key or dash; nothing there means the block that follows.
    private mutating func value(_ text: Substring, below indent: Int) throws -> YAML {
        if text.isEmpty {
            guard at < lines.count, lines[at].indent > indent else { throw Fault(text: "an empty value") }
            return try block()
        }
        if text.hasPrefix("!") {
            let name = text.dropFirst().prefix { $0 != " " }
            return .call(String(name), try value(text.dropFirst(name.count + 2), below: indent))
        }
        var rest = text
        let value = try Self.flow(&rest, inBrackets: false)
        guard rest.isEmpty else { throw Fault(text: "rest: \(rest)") }
        return value
    }

    // MARK: in one line

    private static func flow(_ rest: inout Substring, inBrackets: Bool) throws -> YAML {
        switch rest.first {
        case "!":
            let name = rest.dropFirst().prefix { $0 != " " }
            rest = rest.dropFirst(name.count + 2)
            return .call(String(name), try flow(&rest, inBrackets: inBrackets))
        case "[": return .list(try members(&rest, "]") { try flow(&$0, inBrackets: true) })
        case "{":
            return .map(
                try members(&rest, "}") { rest in
                    guard let key = key(of: rest) else { throw Fault(text: "no key: \(rest)") }
                    rest = rest.dropFirst(key.count + 2)
                    return YAML.Entry(key: String(key), value: try flow(&rest, inBrackets: true))
                })
        case "\"", "'": return .text(try quoted(&rest))
        default:
            let plain = inBrackets ? rest.prefix { !",]}".contains($0) } : rest
            guard !plain.isEmpty, !plain.contains(where: { "#&*|>%@`\"'".contains($0) }), !plain.contains(": ") else {
                throw Fault(text: "plain: \(rest)")
            }
            rest = rest.dropFirst(plain.count)
            return .text(String(plain))
        }
    }

    private static func members<Member>(
        _ rest: inout Substring, _ close: Character, _ member: (inout Substring) throws -> Member
    ) throws -> [Member] {
        rest.removeFirst()
        var members: [Member] = []
        while rest.first != close {
            members.append(try member(&rest))
            if rest.hasPrefix(", ") { rest = rest.dropFirst(2) }
            guard !rest.isEmpty else { throw Fault(text: "no \(close)") }
        }
        rest.removeFirst()
        return members
    }

    private static func quoted(_ rest: inout Substring) throws -> String {
        if let match = rest.prefixMatch(of: /'((?:[^']|'')*)'/) {
            rest = rest[match.range.upperBound...]
            return String(match.output.1.replacing("''", with: "'"))
        }
        // No backslashes, whose meaning this reader would have to know.
        guard let match = rest.prefixMatch(of: /"([^"\\]*)"/) else { throw Fault(text: "quotation marks: \(rest)") }
        rest = rest[match.range.upperBound...]
        return String(match.output.1)
    }
}
