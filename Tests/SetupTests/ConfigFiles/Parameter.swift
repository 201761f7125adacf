/// What whoever uses a template or module chooses: a parameter of the one, a variable of the other.
struct Parameter: Sendable {
    enum Kind: Hashable, Sendable {
        case text(pattern: String)
        case freeText(charactersMax: Int)
        case number(ClosedRange<Int>)
        case flag
        case choice([String])
        /// In a template, a text with commas if `count` says how many it may have at most, or else a list.
        case texts(each: String, count: Int?)
    }

    /// As in templates: `StreamName`, which Terraform has as `stream_name`.
    let name: String
    let kind: Kind
    /// `nil`: has to be given. Empty: may be left out.
    let fallback: String?
    let description: String
    let constraint: String

    init(_ name: String, _ kind: Kind, _ fallback: String?, _ description: String, constraint: String = "") {
        self.name = name
        self.kind = kind
        self.fallback = fallback
        self.description = description
        self.constraint = constraint
    }
}

// MARK: CloudFormation

extension Parameter {
    var template: YAML.Entry {
        var entries: [(String, YAML?)] = [("Type", .text(templateType)), ("Description", .text(description))]
        entries += [("Default", fallback.map(YAML.text))]
        switch kind {
        case .text(let pattern): entries += [("AllowedPattern", .text(anchored(pattern)))]
        case .freeText(let count): entries += [("MaxLength", .text(String(count)))]
        case .number(let range):
            entries += [
                ("MinValue", .text(String(range.lowerBound))), ("MaxValue", .text(String(range.upperBound))),
            ]
        case .flag: entries += [("AllowedValues", ["true", "false"])]
        case .choice(let values): entries += [("AllowedValues", .list(values.map(YAML.text)))]
        case .texts(let each, let count?):
            entries += [("AllowedPattern", .text("^((\(each))(,(\(each))){0,\(count - 1)})?$"))]
        case .texts(let each, nil): entries += [("AllowedPattern", .text(anchored(each)))]
        }
        entries += [("ConstraintDescription", constraint.isEmpty ? nil : .text(constraint))]
        return YAML.Entry(
            key: name,
            value: .map(entries.compactMap { key, value in value.map { YAML.Entry(key: key, value: $0) } }))
    }

    private func anchored(_ pattern: String) -> String { fallback == "" ? "^(\(pattern))?$" : "^(\(pattern))$" }

    private var templateType: String {
        switch kind {
        case .text, .freeText, .flag, .choice, .texts(_, _?): "String"
        case .number: "Number"
        case .texts(_, nil): "CommaDelimitedList"
        }
    }
}

// MARK: Terraform

extension Parameter {
    var variable: String { HCL.variable(name) }

    /// A `variable` block.
    var block: String {
        var lines = [
            "variable \"\(variable)\" {", "  description = \(HCL.quoted(description))",
            "  type        = \(variableType)",
        ]
        if let fallback { lines.append("  default     = \(variableDefault(fallback))") }
        if !isOptional { lines.append("  nullable    = false") }
        if let validation { lines += ["", "  validation {"] + validation + ["  }"] }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    private var isOptional: Bool {
        if case .text = kind, fallback == "" { true } else { false }
    }

    private var variableType: String {
        switch kind {
        case .text, .freeText, .choice: "string"
        case .number: "number"
        case .flag: "bool"
        case .texts: "list(string)"
        }
    }

    private func variableDefault(_ fallback: String) -> String {
        switch kind {
        case .text, .freeText, .choice: isOptional ? "null" : HCL.quoted(fallback)
        case .number, .flag: fallback
        case .texts: "[]"
        }
    }

    private var validation: [String]? {
        let (condition, message): (String, String)
        switch kind {
        case .flag: return nil
        case .text(let pattern):
            let match = "can(regex(\(HCL.quoted("^(\(pattern))$")), var.\(variable)))"
            condition = isOptional ? "var.\(variable) == null || \(match)" : match
            message = constraint
        case .freeText(let count):
            condition = "length(var.\(variable)) <= \(count)"
            message = "At most \(count) characters."
        case .number(let range):
            condition = "var.\(variable) >= \(range.lowerBound) && var.\(variable) <= \(range.upperBound)"
            message = "From \(range.lowerBound) to \(range.upperBound)."
        case .choice(let values):
            condition = "contains([\(values.map(HCL.quoted).joined(separator: ", "))], var.\(variable))"
            message = "One of \(values.joined(separator: ", "))."
        case .texts(let each, _):
            condition = "alltrue([for text in var.\(variable) : can(regex(\(HCL.quoted("^(\(each))$")), text))])"
            message = constraint
        }
        return ["    condition     = \(condition)", "    error_message = \(HCL.quoted(message))"]
    }
}
