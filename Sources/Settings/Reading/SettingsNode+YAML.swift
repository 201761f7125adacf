import Yams

extension SettingsNode {
    /// Every scalar is taken as the text it is written as, so `0123` stays `0123`: what it means is for its key to say.
    init(yaml: String, file: String) throws(SettingsError) {
        let root: Node?
        do {
            root = try Parser(yaml: yaml, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw SettingsError([error.problem(in: yaml, file: file)])
        } catch {
            throw SettingsError([SettingsProblem(.line(1, file: file), "", "not YAML: \(error)")])
        }
        var nodes = YAMLNodes(file: file)
        value = root.map { nodes.value(of: $0) } ?? .nothing
        place = .line(1, file: file)
        guard nodes.problems.isEmpty else { throw SettingsError(nodes.problems) }
    }
}

/// Turns Yams's nodes into ours.
private struct YAMLNodes {
    let file: String
    private(set) var problems: [SettingsProblem] = []

    init(file: String) { self.file = file }

    mutating func value(of node: Node) -> SettingsNode.Value {
        switch node {
        case .scalar(let scalar):
            return isNothing(scalar) ? .nothing : .text(scalar.string)
        case .sequence(let sequence):
            return .list(sequence.map { SettingsNode(value: value(of: $0), place: place($0)) })
        case .mapping(let mapping):
            return .mapping(entries(of: mapping))
        case .alias:
            // The parser puts the anchor's node in place of its aliases.
            return .nothing
        }
    }

    /// The parser has refused keys that are equal; tags of one's own can still make two of one text.
    private mutating func entries(of mapping: Node.Mapping) -> [SettingsNode.Entry] {
        var seen: Set<String> = []
        return mapping.compactMap { pair in
            guard let entry = entry(key: pair.key, value: pair.value) else { return nil }
            guard seen.insert(entry.key).inserted else {
                problems.append(SettingsProblem(entry.place, entry.key, Self.repeated))
                return nil
            }
            return entry
        }
    }

    fileprivate static let repeated = "stands more than once in the same mapping; allowed: once"

    private mutating func entry(key: Node, value node: Node) -> SettingsNode.Entry? {
        guard case .scalar(let scalar) = key else {
            problems.append(SettingsProblem(place(key), "", "a key is text"))
            return nil
        }
        return SettingsNode.Entry(key: scalar.string, place: place(key), value: value(of: node))
    }

    private func isNothing(_ scalar: Node.Scalar) -> Bool {
        scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    }

    private func place(_ node: Node) -> SettingsPlace { .line(node.mark?.line ?? 1, file: file) }
}

extension YamlError {
    fileprivate func problem(in yaml: String, file: String) -> SettingsProblem {
        switch self {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            let hint = Self.hint(for: mark.line, in: yaml)
            return SettingsProblem(.line(mark.line, file: file), "", "not YAML: \(problem)\(hint)")
        case .composer(let context, let problem, let mark, _):
            let text = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
            return SettingsProblem(
                .line(mark.line, file: file), "", "not YAML: \(text)\(Self.hint(for: mark.line, in: yaml))")
        case .duplicatedKeysInMapping(let keys, let context):
            let line = context.mark.line
            return SettingsProblem(
                .line(line, file: file), keys.joined(separator: ", "), YAMLNodes.repeated)
        case .reader(let problem, let offset, _, _):
            let line = yaml.prefix(offset ?? 0).count { $0.isNewline } + 1
            return SettingsProblem(.line(line, file: file), "", "not YAML: \(problem)")
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            return SettingsProblem(.line(1, file: file), "", "not YAML: \(self)")
        }
    }

    /// `path: {owner}/x` and `log-group: */prod` are what people write first, and YAML reads both otherwise.
    private static func hint(for line: Int, in yaml: String) -> String {
        let lines = yaml.split(omittingEmptySubsequences: false) { $0.isNewline }
        let near = lines[max(0, line - 2)..<min(lines.count, line)]
        let unquoted = near.contains { line in
            line.contains(": *") || zip(line, line.dropFirst()).contains { $0 == "}" && !",}] ".contains($1) }
        }
        return unquoted ? " (text that begins with { or * needs quotes)" : ""
    }
}
