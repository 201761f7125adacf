/// An IAM policy: of a role's trust, a role's permissions, or a destination's access.
///
/// Lists stand sorted and without repeats, so that two documents are equal when they say the same in another order.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
package struct PolicyDocument: Hashable, Sendable {
    package var statements: [Statement]

    package init(_ statements: [Statement]) { self.statements = statements }

    package struct Statement: Hashable, Sendable {
        package var sid: String?
        package var allows: Bool
        /// `nil` in an identity's policy.
        package var principal: Principal?
        package var actions: Matched
        /// `nil` in a role's trust.
        package var resources: Matched?
        package var conditions: [Condition]
    }

    /// What an `Action` or `Resource` lists, or what its `Not…` twin leaves out.
    package enum Matched: Hashable, Sendable {
        case these([String])
        case allBut([String])
    }

    package enum Principal: Hashable, Sendable {
        /// `"*"`
        case anyone
        /// By kind, `AWS` or `Service` for instance. Both lists sorted.
        case these([Kind])

        package struct Kind: Hashable, Sendable {
            package let name: String
            package let members: [String]
        }
    }

    /// One operator on one key, `StringLike` on `aws:SourceArn` for instance. It holds when one of the values does.
    package struct Condition: Hashable, Sendable {
        package let `operator`: String
        package let key: String
        package var values: [String]
    }
}

extension PolicyDocument.Statement {
    package static func allow(
        _ actions: [String], on resources: [String]? = nil, to principal: PolicyDocument.Principal? = nil,
        when conditions: [PolicyDocument.Condition] = []
    ) -> Self {
        Self(
            sid: nil, allows: true, principal: principal, actions: .these(actions.sortedOnce),
            resources: resources.map { .these($0.sortedOnce) }, conditions: conditions.sortedByKey)
    }
}

extension PolicyDocument.Principal {
    package static func service(_ name: String) -> Self { .these([Kind(name: "Service", members: [name])]) }

    package static func accounts(_ ids: [String]) -> Self { .these([Kind(name: "AWS", members: ids.sortedOnce)]) }

    /// The members of one kind.
    package subscript(kind: String) -> [String] {
        switch self {
        case .anyone: []
        case .these(let kinds): kinds.first { $0.name == kind }?.members ?? []
        }
    }
}

extension PolicyDocument.Condition {
    package init(_ operator: String, _ key: String, _ values: [String]) {
        self.init(operator: `operator`, key: key, values: values.sortedOnce)
    }
}

extension Sequence<String> {
    var sortedOnce: [String] { Set(self).sorted() }
}

extension Sequence<PolicyDocument.Condition> {
    var sortedByKey: [PolicyDocument.Condition] { sorted { ($0.operator, $0.key) < ($1.operator, $1.key) } }
}
