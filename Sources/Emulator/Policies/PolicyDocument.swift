/// A policy, understood: of an identity, or who may assume a role.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
struct PolicyDocument: Sendable {
    struct Statement: Sendable {
        let allows: Bool
        let actions: PolicyChoice
        /// `nil` in a trust policy, which is about its own role.
        let resources: PolicyChoice?
        /// `nil` in an identity's policy, which is about that identity.
        let principals: PolicyPrincipals?
        let conditions: [PolicyCondition]
    }

    /// As it was put.
    let source: String
    let statements: [Statement]

    /// What the limits on policies count: IAM does not count white space.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    var size: Int { source.unicodeScalars.count { !$0.properties.isWhitespace } }
}

/// `Action` or `NotAction`, `Resource` or `NotResource`.
struct PolicyChoice: Sendable {
    let patterns: [PolicyPattern]
    /// Whether it means all but these.
    let isInverted: Bool

    func covers(_ matches: (PolicyPattern) -> Bool) -> Bool { patterns.contains(where: matches) != isInverted }
}

enum PolicyVerdict: Hashable, Sendable {
    case allowed
    /// A statement says Deny.
    case denied
    /// No statement says anything.
    case notAllowed
}

/// What a policy is asked.
struct PolicyQuestion: Sendable {
    let action: String
    /// The names of the one resource, any of which a statement may mean; `nil` for a trust policy.
    let resource: [String]?
    /// Who asks, for a trust policy; an identity's own policy does not name anybody.
    let asker: PolicyAsker?
    let context: PolicyContext
}

extension PolicyDocument {
    func verdict(on question: PolicyQuestion) -> PolicyVerdict { [self].verdict(on: question) }
}

extension Sequence<PolicyDocument> {
    /// What all of them say together: one Deny is enough, and one Allow is needed.
    func verdict(on question: PolicyQuestion) -> PolicyVerdict {
        let concerned = flatMap(\.statements).filter { $0.concerns(question) }
        if concerned.contains(where: { !$0.allows }) { return .denied }
        return concerned.isEmpty ? .notAllowed : .allowed
    }
}

extension PolicyDocument.Statement {
    fileprivate func concerns(_ question: PolicyQuestion) -> Bool {
        guard actions.covers({ $0.matches(action: question.action) }) else { return false }
        if let resources, let names = question.resource {
            guard resources.covers({ pattern in names.contains(where: pattern.matches(arn:)) }) else { return false }
        }
        if let principals, let asker = question.asker {
            guard principals.admit(asker) else { return false }
        }
        return conditions.allSatisfy { $0.holds(in: question.context) }
    }
}
