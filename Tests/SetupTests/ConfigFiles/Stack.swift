import Setup

/// What CloudFormation makes of a template: its functions, as far as the templates here use them.
///
/// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
struct Stack {
    struct Fault: Error {
        let text: String
    }

    private let template: YAML
    private var references: [String: JSONTree]
    private let attributes: [String: String]

    /// Parameters that are not given have their defaults. `attributes` are those of resources, by `Role.Arn`.
    init(_ template: YAML, in place: AccountPlace, _ given: [String: String], attributes: [String: String] = [:]) throws
    {
        self.template = template
        self.attributes = attributes
        references = [
            "AWS::Partition": .text(place.partition), "AWS::AccountId": .text(place.account),
            "AWS::Region": .text(place.region),
        ]
        var rest = given
        for parameter in try template["Parameters"].entries {
            guard let text = try rest.removeValue(forKey: parameter.key) ?? parameter.value["Default"].text else {
                throw Fault(text: "\(parameter.key) is not given")
            }
            try Self.check(text, against: parameter)
            let isList = try parameter.value["Type"].text == "CommaDelimitedList"
            references[parameter.key] = isList ? .texts(text.split(",")) : .text(text)
        }
        guard rest.isEmpty else { throw Fault(text: "no parameters: \(rest.keys)") }
    }

    /// Each member of a list has to match.
    private static func check(_ text: String, against parameter: YAML.Entry) throws {
        let entries = Dictionary(uniqueKeysWithValues: parameter.value.entries.map { ($0.key, $0.value) })
        let texts = entries["Type"]?.text == "CommaDelimitedList" ? text.split(",") : [text]
        let pattern = try Regex(entries["AllowedPattern"]?.text ?? ".*")
        let values = entries["AllowedValues"]?.items.compactMap(\.text)
        guard try texts.allSatisfy({ try pattern.wholeMatch(in: $0) != nil }), values?.contains(text) ?? true else {
            throw Fault(text: "\(parameter.key) may not be \(text)")
        }
    }

    /// Whether the resource is made.
    func makes(_ resource: String) throws -> Bool {
        let resource = try template["Resources"][resource]
        guard let condition = resource.entries.first(where: { $0.key == "Condition" }) else { return true }
        return try holds(condition.value.text ?? "")
    }

    /// A resource's property, `nil` where it is left out.
    func property(_ path: String...) throws -> JSONTree? {
        var value = try template["Resources"]
        for step in path { value = try Int(step).map { try value.item($0) } ?? value[step] }
        return try evaluate(value)
    }

    /// Every property of a resource, so that a fault in any of them is found.
    func properties(of resource: String) throws -> JSONTree? { try property(resource, "Properties") }

    func outputs() throws -> [String] {
        try template["Outputs"].entries.compactMap { output in
            let condition = output.value.entries.first { $0.key == "Condition" }
            guard try condition.map({ try holds($0.value.text ?? "") }) ?? true else { return nil }
            return try text(try output.value["Value"])
        }
    }

    /// Whether the rules that parameters have to keep are kept.
    func rulesHold() throws -> Bool {
        try template["Rules"].entries.allSatisfy { rule in
            try rule.value["Assertions"].items.allSatisfy { try isTrue(try $0["Assert"]) }
        }
    }
}

// MARK: functions

extension Stack {
    private func evaluate(_ value: YAML) throws -> JSONTree? {
        switch value {
        case .text(let text): .text(text)
        case .list(let items): .list(try items.compactMap(evaluate))
        case .map(let entries):
            .object(
                try entries.compactMap { entry in
                    try evaluate(entry.value).map { JSONTree.Member(entry.key, $0) }
                })
        case .call(let name, let argument): try call(name, argument)
        }
    }

    private func call(_ name: String, _ argument: YAML) throws -> JSONTree? {
        switch name {
        case "Ref": return try reference(argument.text ?? "")
        case "GetAtt": return .text(try attribute(argument.text ?? ""))
        case "Sub": return .text(try substitute(argument))
        case "If": return try evaluate(try argument.item(try holds(try argument.item(0).text ?? "") ? 1 : 2))
        case "Join": return .text(try texts(try argument.item(1)).joined(separator: try argument.item(0).text ?? ""))
        case "Split": return .texts(try text(try argument.item(1)).split(try argument.item(0).text ?? ""))
        case "Select":
            let (members, index) = (try texts(try argument.item(1)), Int(try argument.item(0).text ?? "") ?? -1)
            guard members.indices.contains(index) else { throw Fault(text: "no member \(index)") }
            return .text(members[index])
        default: throw Fault(text: "no function \(name)")
        }
    }

    private func reference(_ name: String) throws -> JSONTree? {
        guard name != "AWS::NoValue" else { return nil }
        guard let value = references[name] else { throw Fault(text: "no \(name)") }
        return value
    }

    private func attribute(_ name: String) throws -> String {
        guard let value = attributes[name] else { throw Fault(text: "no attribute \(name)") }
        return value
    }

    private func substitute(_ argument: YAML) throws -> String {
        var own: [String: String] = [:]
        var template = argument
        if case .list = argument {
            template = try argument.item(0)
            for entry in try argument.item(1).entries { own[entry.key] = try text(entry.value) }
        }
        return try (template.text ?? "").replacing(/\$\{([A-Za-z:.]+)\}/) { match in
            let name = String(match.output.1)
            if let text = own[name] { return text }
            return try name.contains(".") ? attribute(name) : text(.ref(name))
        }
    }

    private func holds(_ condition: String) throws -> Bool { try isTrue(try template["Conditions"][condition]) }

    private func isTrue(_ condition: YAML) throws -> Bool {
        guard case .call(let name, let argument) = condition else { throw Fault(text: "no condition") }
        switch name {
        case "Not": return try !isTrue(try argument.item(0))
        case "And": return try argument.items.allSatisfy(isTrue)
        case "Equals": return try text(try argument.item(0)) == text(try argument.item(1))
        default: throw Fault(text: "no condition \(name)")
        }
    }

    private func text(_ value: YAML) throws -> String {
        guard case .text(let text)? = try evaluate(value) else { throw Fault(text: "no text: \(value)") }
        return text
    }

    private func texts(_ value: YAML) throws -> [String] {
        guard case .list(let items)? = try evaluate(value) else { throw Fault(text: "no list: \(value)") }
        return try items.map { item in
            guard case .text(let text) = item else { throw Fault(text: "no text: \(item)") }
            return text
        }
    }
}

extension YAML {
    fileprivate var text: String? {
        if case .text(let text) = self { text } else { nil }
    }

    fileprivate var entries: [Entry] {
        if case .map(let entries) = self { entries } else { [] }
    }

    fileprivate var items: [YAML] {
        if case .list(let items) = self { items } else { [] }
    }

    fileprivate subscript(key: String) -> YAML {
        get throws {
            guard let entry = entries.first(where: { $0.key == key }) else { throw Stack.Fault(text: "no \(key)") }
            return entry.value
        }
    }

    fileprivate func item(_ index: Int) throws -> YAML {
        guard items.indices.contains(index) else { throw Stack.Fault(text: "no item \(index) in \(self)") }
        return items[index]
    }
}

extension String {
    /// With empty parts kept, as CloudFormation does.
    fileprivate func split(_ delimiter: String) -> [String] {
        split(separator: delimiter, omittingEmptySubsequences: false).map(String.init)
    }
}
