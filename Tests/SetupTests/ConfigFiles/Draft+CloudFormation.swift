/// Drafts in CloudFormation's functions.
extension Draft {
    /// CloudFormation cannot put each of a list's members into a text, so each has a place of its own, by number.
    static let sendersMax = 10

    /// As a value of a template.
    var template: YAML {
        switch self {
        case .text(let text): return .filled(Self.renamed(text))
        case .list(let items): return .list(items.flatMap(\.templateItems))
        case .object(let members):
            return .map(members.map { YAML.Entry(key: $0.name, value: $0.value.template) })
        case .choice(let wish, let with, let without):
            return .condition(wish.condition, with.template, without?.template ?? .noValue)
        }
    }

    private var templateItems: [YAML] {
        guard case .text(let text) = self, text.contains(Placeholder.senders) else { return [template] }
        return (1...Self.sendersMax).map { number in
            let one = YAML.call(
                "Sub",
                [
                    .text(text.replacing(Placeholder.senders, with: "${Sender}")),
                    ["Sender": Self.sender(number)],
                ])
            return .condition(Self.senderCondition(number), one, .noValue)
        }
    }

    static func senderCondition(_ number: Int) -> String {
        number == 1 ? Wish.senderAccounts.condition : "HasSender\(number)"
    }

    /// The text in place `number` of the list, or an empty one.
    static func sender(_ number: Int) -> YAML {
        let padded = Placeholder.senders + String(repeating: ",", count: sendersMax - 1)
        return .call("Select", [.text(String(number - 1)), .split(",", .filled(padded))])
    }

    /// The one log group that a stack subscribes.
    private static func renamed(_ text: String) -> String {
        text.replacing(Placeholder.logGroups, with: "${LogGroupName}")
    }
}

extension Wish {
    /// The name of the template's condition.
    var condition: String {
        switch self {
        case .senderAccounts: "HasSenderAccounts"
        case .organization: "HasOrganization"
        case .wholeAccounts: "AdmitsWholeAccounts"
        case .key: "HasKey"
        case .logGroups: "HasLogGroup"
        case .role: "HasRole"
        }
    }
}

// MARK: JSON in a text

extension Draft {
    /// As a value of a template that is a text and holds this as JSON.
    var templateText: YAML { Self.joined(pieces) }

    /// Without the quotation marks around it, for what is no JSON itself.
    var templateBareText: YAML { Self.joined(pieces(of: "", quote: "")) }

    private static func joined(_ pieces: [YAML]) -> YAML {
        var merged: [YAML] = []
        for piece in pieces {
            if case .text(let text) = piece, case .text(let before)? = merged.last {
                merged[merged.count - 1] = .text(before + text)
            } else {
                merged.append(piece)
            }
        }
        let filled = merged.map { piece in
            if case .text(let text) = piece { YAML.filled(text) } else { piece }
        }
        return filled.count == 1 ? filled[0] : .join("", .list(filled))
    }

    private var pieces: [YAML] { pieces(of: "", quote: "\"") }

    /// Texts, with placeholders in them, and values. `name` comes in front of the value.
    private func pieces(of name: String, quote: String) -> [YAML] {
        switch self {
        case .text(let text): return [.text(name)] + Self.textPieces(text, quote: quote)
        case .list(let items): return [.text("\(name)[")] + Self.sequence(items.map { ("", $0) }) + [.text("]")]
        case .object(let members):
            return [.text("\(name){")] + Self.sequence(members.map { ("\"\($0.name)\":", $0.value) }) + [.text("}")]
        case .choice(let wish, let with, let without):
            return [
                .text(name),
                .condition(
                    wish.condition, Self.joined(with.pieces(of: "", quote: quote)),
                    without.map { Self.joined($0.pieces(of: "", quote: quote)) } ?? .text("")),
            ]
        }
    }

    /// Parts that may not be there, with commas between those that are.
    private static func sequence(_ parts: [(name: String, value: Draft)]) -> [YAML] {
        var result: [YAML] = []
        /// Conditions under which something is there already, until a part always is.
        var before: [String]? = []
        for (name, value) in parts {
            let comma = comma(after: before)
            if case .choice(let wish, let with, nil) = value {
                let text = joined(comma + with.pieces(of: name, quote: "\""))
                result.append(.condition(wish.condition, text, .text("")))
                before?.append(wish.condition)
            } else {
                result += comma + value.pieces(of: name, quote: "\"")
                before = nil
            }
        }
        return result
    }

    /// `nil`: something is there.
    private static func comma(after conditions: [String]?) -> [YAML] {
        guard let conditions else { return [.text(",")] }
        guard !conditions.isEmpty else { return [] }
        return [conditions.reversed().reduce(YAML.text("")) { .condition($1, .text(","), $0) }]
    }

    private static func textPieces(_ text: String, quote: String) -> [YAML] {
        let quoteText = YAML.text(quote)
        if text == Placeholder.pattern {
            return [quoteText, escaped(.filled(text)), quoteText]
        }
        for list in [Placeholder.senders, "${ExceptLogGroups}"] {
            guard let range = text.firstRange(of: list) else { continue }
            // A list's members, each in quotation marks of its own.
            let members = YAML.join("\",\"", list == Placeholder.senders ? .split(",", .filled(list)) : .filled(list))
            return [
                .text(quote + text[..<range.lowerBound]), members, .text(text[range.upperBound...] + quote),
            ]
        }
        return [.text(quote + renamed(text) + quote)]
    }

    /// As in a JSON string: a backslash before each backslash and quotation mark.
    private static func escaped(_ text: YAML) -> YAML {
        .join("\\\"", .split("\"", .join("\\\\", .split("\\", text))))
    }
}
