/// What is known about a call, by the names of the global condition keys, which are the same in either case.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
struct PolicyContext: Sendable {
    private var values: [String: String] = [:]

    subscript(key: String) -> String? {
        get { values[key.lowercased()] }
        set { values[key.lowercased()] = newValue }
    }
}

extension PolicyContext {
    /// What is known about whoever signs a call.
    init(caller: Caller, organization: String?) {
        self["aws:PrincipalAccount"] = caller.account
        self["aws:PrincipalOrgID"] = organization
        self["aws:userid"] = caller.userID
        if !caller.region.isEmpty { self["aws:RequestedRegion"] = caller.region }
        switch caller.principal {
        case .account: self["aws:PrincipalArn"] = caller.arn
        case .session(let session): self["aws:PrincipalArn"] = session.roleARN(in: caller.account)
        }
    }
}

/// One key of one operator in a statement's `Condition`.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
struct PolicyCondition: Sendable {
    enum Comparison: String, CaseIterable, Sendable {
        case stringEquals = "StringEquals"
        case stringNotEquals = "StringNotEquals"
        case stringEqualsIgnoreCase = "StringEqualsIgnoreCase"
        case stringNotEqualsIgnoreCase = "StringNotEqualsIgnoreCase"
        case stringLike = "StringLike"
        case stringNotLike = "StringNotLike"
        case arnEquals = "ArnEquals"
        case arnNotEquals = "ArnNotEquals"
        case arnLike = "ArnLike"
        case arnNotLike = "ArnNotLike"
        case bool = "Bool"
        case null = "Null"
    }

    /// What becomes of a key that the call does not have.
    enum Absence: Sendable {
        /// The comparison itself decides: what is absent equals nothing.
        case compared
        /// `…IfExists` and `ForAllValues:` are content.
        case accepted
        /// `ForAnyValue:` is not.
        case refused
    }

    let comparison: Comparison
    let absence: Absence
    let key: String
    let patterns: [PolicyPattern]

    func holds(in context: PolicyContext) -> Bool {
        let value = context[key]
        if comparison == .null {
            return patterns.contains { $0.text.lowercased() == (value == nil ? "true" : "false") }
        }
        guard let value else {
            switch absence {
            case .compared: return comparison.isInverted
            case .accepted: return true
            case .refused: return false
            }
        }
        return patterns.contains { comparison.matches(value, $0) } != comparison.isInverted
    }
}

extension PolicyCondition.Comparison {
    fileprivate var isInverted: Bool {
        switch self {
        case .stringNotEquals, .stringNotEqualsIgnoreCase, .stringNotLike, .arnNotEquals, .arnNotLike: true
        case .stringEquals, .stringEqualsIgnoreCase, .stringLike, .arnEquals, .arnLike, .bool, .null: false
        }
    }

    /// Without the inversion. `ArnEquals` does what `ArnLike` does.
    fileprivate func matches(_ value: String, _ pattern: PolicyPattern) -> Bool {
        switch self {
        case .stringEquals, .stringNotEquals: value == pattern.text
        case .stringEqualsIgnoreCase, .stringNotEqualsIgnoreCase, .bool, .null:
            value.lowercased() == pattern.text.lowercased()
        case .stringLike, .stringNotLike: pattern.matches(value)
        case .arnEquals, .arnNotEquals, .arnLike, .arnNotLike: pattern.matches(arn: value)
        }
    }
}

extension PolicyCondition {
    /// `name` is an operator with what AWS lets stand before and after it; `nil` when the emulator does not know it.
    init?(_ name: String, key: String, values: [String]) {
        var (name, absence) = (Substring(name), Absence.compared)
        for (prefix, meaning) in [("ForAnyValue:", Absence.refused), ("ForAllValues:", .accepted)]
        where name.hasPrefix(prefix) {
            (name, absence) = (name.dropFirst(prefix.count), meaning)
        }
        if name.hasSuffix("IfExists") { (name, absence) = (name.dropLast("IfExists".count), .accepted) }
        guard let comparison = Comparison(rawValue: String(name)) else { return nil }
        self.init(comparison: comparison, absence: absence, key: key, patterns: values.map(PolicyPattern.init))
    }
}
