/// YAML as far as CloudFormation's templates need it, and how it is written here.
indirect enum YAML: Hashable, Sendable {
    case text(String)
    case list([YAML])
    case map([Entry])
    /// `!Sub "…"`
    case call(String, YAML)

    struct Entry: Hashable, Sendable {
        let key: String
        let value: YAML
    }

    static let noValue = YAML.ref("AWS::NoValue")

    static func ref(_ name: String) -> YAML { .call("Ref", .text(name)) }
    static func attribute(_ name: String) -> YAML { .call("GetAtt", .text(name)) }
    static func condition(_ name: String, _ then: YAML, _ otherwise: YAML) -> YAML {
        .call("If", .list([.text(name), then, otherwise]))
    }
    static func join(_ delimiter: String, _ parts: YAML) -> YAML { .call("Join", .list([.text(delimiter), parts])) }
    static func split(_ delimiter: String, _ text: YAML) -> YAML { .call("Split", .list([.text(delimiter), text])) }

    /// Text with placeholders: a reference where it is nothing but one, or else a substitution.
    static func filled(_ text: String) -> YAML {
        guard text.contains("${") else { return .text(text) }
        let inner = text.dropFirst(2).dropLast()
        guard text.hasPrefix("${"), text.hasSuffix("}"), !inner.contains(where: { "${}".contains($0) }) else {
            return .call("Sub", .text(text))
        }
        return inner.contains(".") ? .attribute(String(inner)) : .ref(String(inner))
    }
}

extension YAML: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral text: String) { self = .text(text) }
    init(arrayLiteral items: YAML...) { self = .list(items) }
    init(dictionaryLiteral entries: (String, YAML)...) { self = .map(entries.map { Entry(key: $0, value: $1) }) }
}

// MARK: writing

extension YAML {
    private static let widthMax = 120

    /// As a file: mappings are blocks; calls and lists take one line where they fit.
    var written: String {
        guard case .map(let entries) = self else { return inline ?? "" }
        return Self.block(entries, indent: 0).joined(separator: "\n") + "\n"
    }

    /// The lines of a mapping.
    private static func block(_ entries: [Entry], indent: Int) -> [String] {
        entries.flatMap { entry in
            let key = String(repeating: " ", count: indent) + "\(entry.key):"
            return entry.value.lines(after: key, indent: indent)
        }
    }

    /// The lines of a value whose first line begins with `head`, a key or a dash.
    private func lines(after head: String, indent: Int) -> [String] {
        if let inline, head.count + 1 + inline.count <= Self.widthMax || isScalar { return ["\(head) \(inline)"] }
        switch self {
        case .text: return ["\(head) \(inline ?? "")"]
        case .call(let name, let value): return value.lines(after: "\(head) !\(name)", indent: indent)
        case .map(let entries): return [head] + Self.block(entries, indent: indent + 2)
        case .list(let items):
            let dash = String(repeating: " ", count: indent + 2) + "-"
            return [head] + items.flatMap { $0.item(after: dash, indent: indent + 2) }
        }
    }

    /// A member of a list: a mapping or list begins in the dash's own line.
    private func item(after dash: String, indent: Int) -> [String] {
        var lines: [String]
        switch self {
        case .map(let entries): lines = Self.block(entries, indent: indent + 2)
        case .list(let items) where inline == nil || dash.count + 1 + (inline ?? "").count > Self.widthMax:
            let inner = String(repeating: " ", count: indent + 2) + "-"
            lines = items.flatMap { $0.item(after: inner, indent: indent + 2) }
        case .text, .call, .list: return self.lines(after: dash, indent: indent)
        }
        lines[0] = "\(dash) \(lines[0].drop { $0 == " " })"
        return lines
    }

    private var isScalar: Bool {
        switch self {
        case .text, .call(_, .text): true
        case .list, .map, .call: false
        }
    }

    /// In one line, unless there is a mapping in it that reads better as a block.
    private var inline: String? {
        switch self {
        case .text(let text): return Self.isPlain(text) ? text : Self.quoted(text)
        case .call(let name, let value): return value.inline.map { "!\(name) \($0)" }
        case .list(let items):
            let texts = items.compactMap(\.flow)
            return texts.count == items.count ? "[\(texts.joined(separator: ", "))]" : nil
        case .map: return nil
        }
    }

    /// Inside of brackets, where colons need quotation marks.
    private var flow: String? {
        switch self {
        case .text(let text): return Self.isPlain(text) && !text.contains(":") ? text : Self.quoted(text)
        case .call(let name, let value): return value.flow.map { "!\(name) \($0)" }
        case .list: return inline
        case .map(let entries):
            guard let entry = entries.first, entries.count == 1 else { return nil }
            return entry.value.flow.map { "{\(entry.key): \($0)}" }
        }
    }

    /// What no reader of YAML takes for anything but this text, or for a number where one is meant.
    private static func isPlain(_ text: String) -> Bool {
        let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        return text.wholeMatch(of: /[A-Za-z][A-Za-z0-9_.\/:-]*|[0-9]{1,5}/) != nil && !text.hasSuffix(":")
            && !words.contains(text.lowercased())
    }

    /// In single quotation marks where those need no backslashes that double ones would.
    private static func quoted(_ text: String) -> String {
        text.contains { "\"\\".contains($0) } ? "'\(text.replacing("'", with: "''"))'" : "\"\(text)\""
    }
}
