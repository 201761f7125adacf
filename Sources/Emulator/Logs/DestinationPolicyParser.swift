import FilterPatterns

/// Reads an access policy as strictly as PutDestinationPolicy does: only account ids and organizations may be named.
struct DestinationPolicyParser {
    private static let conditionKeys = ["aws:PrincipalOrgID": false, "aws:PrincipalOrgPaths": true]
    private static let operators: Set<String> = [
        "StringEquals", "StringLike", "ForAnyValue:StringEquals", "ForAnyValue:StringLike",
        "ForAllValues:StringEquals", "ForAllValues:StringLike",
    ]

    static func parse(_ source: String) throws(ServiceFault) -> DestinationPolicy {
        let bytes = Array(source.utf8)
        guard bytes.count <= LogsLimits.policyBytesMax, let document = try? JSONDocument(bytes) else {
            throw SubscriptionFault.malformedPolicy
        }
        guard let list = document.root["Statement"] else { throw SubscriptionFault.malformedPolicy }
        var statements: [DestinationPolicy.Statement] = []
        for value in list.elements ?? [list] { statements.append(try statement(value)) }
        guard !statements.isEmpty else { throw SubscriptionFault.malformedPolicy }
        return DestinationPolicy(source: source, statements: statements)
    }

    private static func statement(_ value: JSONValue) throws(ServiceFault) -> DestinationPolicy.Statement {
        let organizations = try value["Condition"].map { value throws(ServiceFault) in try condition(value) }
        let principals = try principals(value["Principal"], hasOrganization: organizations != nil)
        guard let effect = value["Effect"]?.string, effect == "Allow" || effect == "Deny",
            let actions = texts(value["Action"]), let resources = texts(value["Resource"])
        else { throw SubscriptionFault.malformedPolicy }
        return DestinationPolicy.Statement(
            allows: effect == "Allow", principals: principals, actions: actions, resources: resources,
            organizations: organizations)
    }

    private static func condition(_ value: JSONValue) throws(ServiceFault) -> [DestinationPolicy.OrganizationTest] {
        var tests: [DestinationPolicy.OrganizationTest] = []
        for (name, keys) in value.members ?? [] {
            for (key, values) in keys.members ?? [] {
                guard let arePaths = conditionKeys[key] else { throw SubscriptionFault.conditionKey }
                guard operators.contains(name), let values = texts(values) else {
                    throw SubscriptionFault.malformedPolicy
                }
                tests.append(
                    DestinationPolicy.OrganizationTest(
                        arePaths: arePaths, arePatterns: name.hasSuffix("Like"), values: values))
            }
        }
        guard !tests.isEmpty else { throw SubscriptionFault.malformedPolicy }
        return tests
    }

    /// `"*"` with an organization, or `{"AWS": …}` with account ids.
    private static func principals(
        _ value: JSONValue?, hasOrganization: Bool
    ) throws(ServiceFault) -> [String] {
        guard let value else { throw SubscriptionFault.malformedPolicy }
        if value.string == "*", hasOrganization { return ["*"] }
        guard let members = value.members, members.count == 1, members[0].name == "AWS",
            let accounts = texts(members[0].value), !accounts.isEmpty
        else { throw SubscriptionFault.malformedPolicy }
        for account in accounts {
            if account.hasPrefix("arn:") { throw SubscriptionFault.arnPrincipal(account) }
            if account == "*" {
                guard hasOrganization else { throw SubscriptionFault.anybody }
                continue
            }
            guard account.utf8.count == 12, account.utf8.allSatisfy(\.isDigit) else {
                throw SubscriptionFault.malformedPolicy
            }
        }
        return accounts
    }

    /// A text or a list of them.
    private static func texts(_ value: JSONValue?) -> [String]? {
        guard let value else { return nil }
        if let text = value.string { return [text] }
        guard let elements = value.elements else { return nil }
        let texts = elements.compactMap(\.string)
        return texts.count == elements.count ? texts : nil
    }
}
