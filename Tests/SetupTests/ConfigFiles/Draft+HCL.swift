/// Drafts as Terraform's expressions, laid out as `terraform fmt` does.
enum HCL {
    static let widthMax = 100

    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    /// `stream_name` of `StreamName`.
    static func variable(_ name: String) -> String {
        name.replacing(/[A-Z]/) { "_" + $0.output.lowercased() }.trimmingPrefix("_").description
    }

    /// Lines `name = value` with the signs of equality below each other, except where a value has several lines.
    static func aligned(_ attributes: [(name: String, value: String)], indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        let groups = attributes.split(omittingEmptySubsequences: false) { $0.value.contains("\n") }
        let widths = groups.map { $0.map(\.name.count).max() ?? 0 }
        var group = 0
        return attributes.map { name, value in
            guard !value.contains("\n") else {
                group += 1
                return "\(blanks)\(name) = \(value)\n"
            }
            return "\(blanks)\(name)\(String(repeating: " ", count: widths[group] - name.count)) = \(value)\n"
        }.joined()
    }
}

extension Draft {
    /// An expression whose first line is `indent` deep. Later lines bring their blanks.
    func expression(indent: Int) -> String {
        switch self {
        case .text(let text): return Self.text(text)
        case .list(let items): return Self.list(items, indent: indent)
        case .object(let members): return Self.object(members, indent: indent)
        case .choice(.logGroups, .text(let some), .text(let all))
        where all == some.replacing(Placeholder.logGroups, with: "*"):
            // A local holds the groups, or a star for all.
            return Self.text(some)
        case .choice(let wish, let with, let without):
            // Both have to be of one kind.
            let other = without.map { !with.isText && $0.isText ? .list([$0]) : $0 }
            let (one, two) = (with.expression(indent: indent), other?.expression(indent: indent) ?? "null")
            let unwanted = wish.isUnwanted
            return unwanted.hasPrefix("!")
                ? "\(unwanted.dropFirst()) ? \(one) : \(two)" : "\(unwanted) ? \(two) : \(one)"
        }
    }

    // MARK: texts

    /// The variable that a placeholder stands for, or what stands in a text for each member of a list.
    private static let variables = [
        Placeholder.partition: "local.partition", Placeholder.account: "local.account_id",
        Placeholder.region: "local.region", "${Role.Arn}": "local.role_arn",
        Placeholder.senders: "id", Placeholder.logGroups: "group",
    ]

    private static func text(_ text: String) -> String {
        if text == Placeholder.senders { return "var.sender_accounts" }
        let filled = filled(text)
        if text.contains(Placeholder.senders) { return "[for id in var.sender_accounts : \(filled)]" }
        if text.contains(Placeholder.logGroups) { return "[for group in local.log_groups : \(filled)]" }
        return filled
    }

    private static func filled(_ text: String) -> String {
        let quoted = HCL.quoted(text).replacing(/\$\{[A-Za-z:.]+\}/) { match in
            "${\(variable(String(match.output)))}"
        }
        // A template that is nothing but one expression is that expression.
        guard let only = quoted.wholeMatch(of: /"\$\{([^{}]+)\}"/) else { return quoted }
        return String(only.output.1)
    }

    private static func variable(_ placeholder: String) -> String {
        let name = String(placeholder.dropFirst(2).dropLast())
        return variables[placeholder] ?? "var.\(HCL.variable(name))"
    }

    // MARK: lists and objects

    private static func list(_ items: [Draft], indent: Int) -> String {
        var parts: [String] = []
        var plain: [Draft] = []
        func closePlain() {
            if !plain.isEmpty { parts.append(brackets(plain, indent: indent + 2)) }
            plain = []
        }
        for item in items {
            switch item {
            case .choice(let wish, let with, nil):
                closePlain()
                parts.append("\(wish.isUnwanted) ? [] : \(brackets([with], indent: indent + 2))")
            case .text(let text) where Placeholder.lists.contains { text.contains($0) }:
                closePlain()
                parts.append(Self.text(text))
            case .text, .list, .object, .choice: plain.append(item)
            }
        }
        if parts.isEmpty { return brackets(plain, indent: indent) }
        closePlain()
        if parts.count == 1 { return parts[0] }
        let blanks = String(repeating: " ", count: indent)
        return "concat(\n" + parts.map { "\(blanks)  \($0)" }.joined(separator: ",\n") + "\n\(blanks))"
    }

    private static func brackets(_ items: [Draft], indent: Int) -> String {
        let short = items.map { $0.expression(indent: 0) }
        if !short.contains(where: { $0.contains("\n") }) {
            let line = "[\(short.joined(separator: ", "))]"
            if line.count <= HCL.widthMax - indent { return line }
        }
        let blanks = String(repeating: " ", count: indent)
        let lines = items.map { "\(blanks)  \($0.expression(indent: indent + 2))" }
        return "[\n" + lines.joined(separator: ",\n") + "\n\(blanks)]"
    }

    private static func object(_ members: [Member], indent: Int) -> String {
        let always = members.filter { !$0.isOptional }
        let whole = braces(always, indent: indent)
        guard always.count < members.count else { return whole }
        // What may be missing is merged in.
        let parts =
            [braces(always, indent: indent + 2)]
            + members.compactMap { member in
                guard case .choice(let wish, let with, nil) = member.value else { return nil }
                let value = with.expression(indent: indent + 2)
                return "\(wish.isUnwanted) ? {} : { \(key(member.name)) = \(value) }"
            }
        let blanks = String(repeating: " ", count: indent)
        return "merge(\n" + parts.map { "\(blanks)  \($0)" }.joined(separator: ",\n") + "\n\(blanks))"
    }

    private static func braces(_ members: [Member], indent: Int) -> String {
        let attributes = members.map { (key($0.name), $0.value.expression(indent: indent + 2)) }
        return "{\n" + HCL.aligned(attributes, indent: indent + 2) + String(repeating: " ", count: indent) + "}"
    }

    private static func key(_ name: String) -> String {
        name.wholeMatch(of: /[A-Za-z_]\w*/) != nil ? name : HCL.quoted(name)
    }
}

extension Draft.Member {
    fileprivate var isOptional: Bool {
        if case .choice(_, _, nil) = value { true } else { false }
    }
}

extension Wish {
    fileprivate var isUnwanted: String {
        switch self {
        case .senderAccounts: "length(var.sender_accounts) == 0"
        case .organization: "var.organization_id == null"
        case .wholeAccounts: "!var.whole_accounts"
        case .key: "var.key_arn == null"
        case .logGroups: "length(var.log_groups) == 0"
        case .role: "var.role_name == null"
        }
    }
}
