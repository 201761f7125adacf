internal import FilterPatterns

/// Reads a policy as strictly as IAM does, and refuses what the emulator could not judge.
struct PolicyParser {
    enum Kind: Sendable {
        /// Of a role or a managed policy: what its holder may do.
        case identity
        /// Who may assume a role.
        case trust
    }

    private static let versions: Set<String> = ["2012-10-17", "2008-10-17"]
    private static let members: Set<String> = [
        "Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition",
    ]

    let kind: Kind

    func parse(_ source: String) throws(ServiceFault) -> PolicyDocument {
        let root: JSONValue
        do throws(JSONFault) {
            root = try JSONDocument(Array(source.utf8)).root
        } catch {
            throw Self.malformed(kind == .trust ? "This policy contains invalid Json" : "Syntax errors in policy.")
        }
        guard let members = root.members, members.allSatisfy({ ["Version", "Id", "Statement"].contains($0.name) }),
            Set(members.map(\.name)).count == members.count, let list = root["Statement"]
        else { throw Self.syntax }
        if let version = root["Version"] {
            guard let version = version.string, Self.versions.contains(version) else {
                throw Self.malformed("The policy must contain a valid version string")
            }
        }
        var statements: [PolicyDocument.Statement] = []
        for value in list.elements ?? [list] { statements.append(try statement(value)) }
        guard !statements.isEmpty else { throw Self.syntax }
        return PolicyDocument(source: source, statements: statements)
    }

    private func statement(_ value: JSONValue) throws(ServiceFault) -> PolicyDocument.Statement {
        guard let names = value.members?.map(\.name), Set(names).count == names.count,
            names.allSatisfy(Self.members.contains), let effect = value["Effect"]?.string,
            effect == "Allow" || effect == "Deny", value["Sid"].map({ $0.string != nil }) ?? true
        else { throw Self.syntax }
        let (resources, principals) = try subject(value)
        return PolicyDocument.Statement(
            allows: effect == "Allow", actions: try actions(value), resources: resources, principals: principals,
            conditions: try conditions(value["Condition"]))
    }

    /// What a statement is about besides its action: resources or principals, as the kind of policy has it.
    private func subject(_ value: JSONValue) throws(ServiceFault) -> (PolicyChoice?, PolicyPrincipals?) {
        let hasResource = value["Resource"] != nil || value["NotResource"] != nil
        let hasPrincipal = value["Principal"] != nil || value["NotPrincipal"] != nil
        switch kind {
        case .identity:
            guard !hasPrincipal else { throw Self.malformed("Policy document should not specify a principal.") }
            guard hasResource else { throw Self.malformed("Policy statement must contain resources.") }
            return (try resources(value), nil)
        case .trust:
            guard !hasResource else { throw Self.malformed("Has prohibited field Resource") }
            guard let principal = value["Principal"], value["NotPrincipal"] == nil else {
                throw Self.malformed("Missing required field Principal")
            }
            return (nil, try PolicyPrincipals(principal))
        }
    }

    private func actions(_ value: JSONValue) throws(ServiceFault) -> PolicyChoice {
        guard value["Action"] != nil || value["NotAction"] != nil else {
            throw Self.malformed("Policy statement must contain actions.")
        }
        let choice = try Self.choice(value, "Action", "NotAction")
        for pattern in choice.patterns {
            let parts = pattern.text.split(separator: ":", omittingEmptySubsequences: false)
            guard pattern.text == "*" || (parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty) else {
                throw Self.malformed(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            guard kind == .identity || parts[0].lowercased() == "sts" else {
                throw Self.malformed("AssumeRole policy may only specify STS AssumeRole actions.")
            }
        }
        return choice
    }

    private func resources(_ value: JSONValue) throws(ServiceFault) -> PolicyChoice {
        let choice = try Self.choice(value, "Resource", "NotResource")
        for pattern in choice.patterns where pattern.text != "*" {
            let parts = PolicyPattern.parts(pattern.text)
            guard parts.count == 6, parts[0] == "arn" else {
                throw Self.malformed("Resource \(pattern.text) must be in ARN format or \"*\".")
            }
            try Self.checkForVariables(pattern.text)
        }
        return choice
    }

    private func conditions(_ value: JSONValue?) throws(ServiceFault) -> [PolicyCondition] {
        guard let value else { return [] }
        guard let operators = value.members else { throw Self.syntax }
        var conditions: [PolicyCondition] = []
        for (name, keys) in operators {
            guard let keys = keys.members else { throw Self.syntax }
            for (key, values) in keys {
                guard let values = Self.texts(values) else { throw Self.syntax }
                guard key.contains(":") else {
                    throw Self.malformed(
                        "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
                }
                for value in values { try Self.checkForVariables(value) }
                guard let condition = PolicyCondition(name, key: key, values: values) else {
                    throw Self.malformed("The emulator does not know the condition operator \(name).")
                }
                conditions.append(condition)
            }
        }
        return conditions
    }
}

extension PolicyParser {
    static let syntax = malformed("Syntax errors in policy.")

    static func malformed(_ message: String) -> ServiceFault { ServiceFault("MalformedPolicyDocument", message) }

    private static func checkForVariables(_ text: String) throws(ServiceFault) {
        guard !text.contains("${") else { throw malformed("The emulator does not know policy variables: \(text)") }
    }

    /// Exactly one of the two members.
    private static func choice(
        _ value: JSONValue, _ name: String, _ inverted: String
    ) throws(ServiceFault) -> PolicyChoice {
        guard value[name] == nil || value[inverted] == nil,
            let texts = (value[name] ?? value[inverted]).flatMap(texts), !texts.isEmpty
        else { throw syntax }
        return PolicyChoice(patterns: texts.map(PolicyPattern.init), isInverted: value[inverted] != nil)
    }

    /// A text or a list of them. A condition's `true` counts as its text.
    static func texts(_ value: JSONValue) -> [String]? {
        guard let elements = value.elements else { return text(value).map { [$0] } }
        let texts = elements.compactMap(text)
        return texts.count == elements.count ? texts : nil
    }

    private static func text(_ value: JSONValue) -> String? {
        value.string ?? value.boolean.map { $0 ? "true" : "false" }
    }
}

extension PolicyPrincipals {
    /// `"*"`, or `{"AWS": …, "Service": …}`.
    init(_ value: JSONValue) throws(ServiceFault) {
        if value.string == "*" {
            self = .anybody
            return
        }
        guard let members = value.members, !members.isEmpty else { throw PolicyParser.syntax }
        var (identities, services): ([String], [String]) = ([], [])
        for (kind, value) in members {
            guard let texts = PolicyParser.texts(value), !texts.isEmpty else { throw PolicyParser.syntax }
            switch kind {
            case "AWS":
                if let bad = texts.first(where: { !Self.isIdentity($0) }) { throw Self.invalid(kind, bad) }
                identities += texts
            case "Service":
                if let bad = texts.first(where: { !$0.hasSuffix(".amazonaws.com") }) { throw Self.invalid(kind, bad) }
                services += texts
            // They are told apart from the others and admit nobody here: no identity provider can be made.
            case "Federated", "CanonicalUser": break
            default: throw PolicyParser.syntax
            }
        }
        self = identities.contains("*") ? .anybody : .named(identities: identities, services: services)
    }

    private static func isIdentity(_ text: String) -> Bool {
        if text == "*" || AccountBook.isAccount(text) { return true }
        guard let arn = ResourceName(text), AccountBook.isAccount(arn.account), arn.region.isEmpty else { return false }
        switch arn.service {
        case "iam": return arn.resource == "root" || ["role/", "user/"].contains { arn.name(after: $0) != nil }
        case "sts": return arn.name(after: "assumed-role/") != nil
        default: return false
        }
    }

    private static func invalid(_ kind: String, _ text: String) -> ServiceFault {
        PolicyParser.malformed("Invalid principal in policy: \"\(kind)\":\"\(text)\"")
    }
}
