/// Whether a policy lets somebody do something.
package enum PolicyVerdict: Hashable, Sendable {
    case allowed
    /// A statement forbids it, whatever others allow.
    case denied
    /// No statement allows it.
    case silent
    /// It would be allowed or denied if a condition on these keys held, whose values are not known here.
    case depends([String])
}

/// What is asked of a policy.
package struct PolicyQuestion: Hashable, Sendable {
    package enum Asker: Hashable, Sendable {
        /// The policy is an identity's own.
        case itself
        /// A service of AWS's, which in older policies has the Region in its name: `logs.us-east-1.amazonaws.com`.
        case service(String, region: String)
        case account(String)
    }

    package let asker: Asker
    package let action: String
    /// `nil` in a role's trust.
    package let resource: String?
    /// The values of condition keys, by key in lower case.
    package let context: [String: [String]]

    package init(
        _ action: String, on resource: String? = nil, by asker: Asker = .itself, _ context: [String: String] = [:]
    ) {
        self.asker = asker
        self.action = action
        self.resource = resource
        self.context = Dictionary(uniqueKeysWithValues: context.map { ($0.key.lowercased(), [$0.value]) })
    }
}

/// Answers as IAM does, as far as what is needed here goes.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
extension Sequence<PolicyDocument> {
    /// A deny anywhere beats every allow.
    package func verdict(on question: PolicyQuestion) -> PolicyVerdict {
        var isAllowed = false
        // What an allow waits for, and what a deny does.
        var (allowing, denying): ([String], [String]) = ([], [])
        for statement in flatMap(\.statements) where statement.isAbout(question) {
            switch statement.conditionsHold(question.context) {
            case .no: continue
            case .yes where statement.allows: isAllowed = true
            case .yes: return .denied
            case .unknown(let keys) where statement.allows: allowing += keys
            case .unknown(let keys): denying += keys
            }
        }
        if isAllowed { return denying.isEmpty ? .allowed : .depends(denying.sortedOnce) }
        // A deny alone changes nothing about what nobody allows.
        return allowing.isEmpty ? .silent : .depends((allowing + denying).sortedOnce)
    }
}

extension PolicyDocument {
    package func verdict(on question: PolicyQuestion) -> PolicyVerdict { [self].verdict(on: question) }
}

extension PolicyDocument.Statement {
    fileprivate enum Holding {
        case yes, no
        case unknown([String])
    }

    fileprivate func isAbout(_ question: PolicyQuestion) -> Bool {
        // Actions are compared without regard to case, resources with it.
        let action = question.action.lowercased()
        guard actions.includes(action, { $0.lowercased() }), isAbout(question.asker) else { return false }
        guard let resource = question.resource else { return true }
        return resources?.includes(resource, { $0 }) ?? false
    }

    private func isAbout(_ asker: PolicyQuestion.Asker) -> Bool {
        switch (asker, principal) {
        case (.itself, nil): true
        case (.itself, .some), (_, nil): false
        case (_, .anyone): true
        case (.service(let name, let region), .these):
            // AWS takes the name that its guide had before, with the Region in it, as well.
            principal?["Service"].contains { $0 == name || $0 == PolicyDocument.regional(name, region) } ?? false
        case (.account(let id), .these):
            principal?["AWS"].contains { $0 == "*" || $0 == id || $0.hasSuffix("::\(id):root") } ?? false
        }
    }

    fileprivate func conditionsHold(_ context: [String: [String]]) -> Holding {
        var unknown: [String] = []
        for condition in conditions {
            switch condition.holds(context) {
            case .yes: continue
            case .no: return .no
            case .unknown(let keys): unknown += keys
            }
        }
        return unknown.isEmpty ? .yes : .unknown(unknown)
    }
}

extension PolicyDocument {
    /// `logs.us-east-1.amazonaws.com` of `logs.amazonaws.com`.
    fileprivate static func regional(_ service: String, _ region: String) -> String? {
        service.firstIndex(of: ".").map { "\(service[..<$0]).\(region)\(service[$0...])" }
    }
}

extension PolicyDocument.Matched {
    fileprivate func includes(_ text: String, _ normal: (String) -> String) -> Bool {
        switch self {
        case .these(let patterns): patterns.contains { Wildcards.match(normal($0), text) }
        case .allBut(let patterns): !patterns.contains { Wildcards.match(normal($0), text) }
        }
    }
}

extension PolicyDocument.Condition {
    /// The operators that are judged. Any other makes the answer depend on its key.
    fileprivate func holds(_ context: [String: [String]]) -> PolicyDocument.Statement.Holding {
        var name = `operator`
        let mayBeAbsent = name.hasSuffix("IfExists")
        if mayBeAbsent { name.removeLast("IfExists".count) }
        if name.hasPrefix("ForAnyValue:") { name.removeFirst("ForAnyValue:".count) }
        guard let given = context[key.lowercased()], let test = Self.tests[name] else { return .unknown([key]) }
        if given.isEmpty { return mayBeAbsent ? .yes : .no }
        return given.contains { value in values.contains { test($0, value) } } ? .yes : .no
    }

    private static let tests: [String: @Sendable (_ pattern: String, _ value: String) -> Bool] = [
        "StringEquals": { $0 == $1 }, "StringEqualsIgnoreCase": { $0.lowercased() == $1.lowercased() },
        "StringLike": Wildcards.match,
        // Both compare part by part, with wildcards; between colons of names that we ask about there is no difference.
        "ArnEquals": Wildcards.match, "ArnLike": Wildcards.match,
    ]
}

/// `*` for any text and `?` for any one character, as in policies.
enum Wildcards {
    @Sendable static func match(_ pattern: String, _ text: String) -> Bool {
        let (pattern, text) = (Array(pattern.unicodeScalars), Array(text.unicodeScalars))
        // Where to go on when what follows the last `*` did not match: one character further.
        var (star, mark): (Int?, Int) = (nil, 0)
        var (place, at) = (0, 0)
        while at < text.count {
            if place < pattern.count, pattern[place] == "*" {
                (star, mark) = (place, at)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[at] {
                place += 1
                at += 1
            } else if let star {
                mark += 1
                (place, at) = (star + 1, mark)
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
