/// A role that is wanted: one trust, one inline policy.
struct RoleGoal: Hashable, Sendable {
    let name: String
    let trust: PolicyDocument
    let permissionsName: String
    let permissions: PolicyDocument
    let description: String
    /// What has to be allowed, whoever wrote the policies: asked of a role that is not ours before it is touched.
    let trustQuestions: [PolicyQuestion]
    let permissionQuestions: [PolicyQuestion]
}

extension Plan {
    /// What AWS takes as a role's trust unless the account's quota was raised, in characters without blanks. [unverified]
    package static let trustCharactersMax = 2048
    /// What all inline policies of a role may have together, without blanks. No quota raises it.
    ///
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    package static let inlineCharactersMax = 10240

    /// Makes the role, or adds what it lacks. Nothing is taken from it: it may serve another Region or stream as well.
    mutating func role(_ goal: RoleGoal, _ state: RoleState?, consent: Consent) {
        let resource = Resource(.role, goal.name)
        guard let state else {
            checkLength(of: goal.trust, needed: goal.trust, role: goal.name, consent)
            checkInlineLength(of: goal.permissions, beside: [], role: goal.name)
            create(
                resource, ["trusted by \(PolicyDocuments.logsService)"],
                [
                    .role(
                        goal.name,
                        .create(trust: goal.trust, description: goal.description, tags: Ownership.madeTags)),
                    .role(goal.name, .putPolicy(name: goal.permissionsName, goal.permissions)),
                ])
            return
        }
        // Somebody else's role that does what is needed stays as it is, however it says so.
        if !state.owner.isOurs, state.allows(goal) { return keep(resource) }
        var (differences, calls): ([Difference], [SetupCall]) = ([], [])
        refuseLoss(
            of: ["trust": state.trust, "policy \(goal.permissionsName)": state.policies[goal.permissionsName]],
            resource, consent)
        let trust = Self.extended(state.trust, by: goal.trust)
        if let difference = trust.difference("trust") {
            checkLength(of: trust.document, needed: goal.trust, role: goal.name, consent)
            differences.append(difference)
            calls.append(.role(goal.name, .setTrust(trust.document)))
        }
        let permissions = Self.extended(state.policies[goal.permissionsName], by: goal.permissions)
        if let difference = permissions.difference("policy \(goal.permissionsName)") {
            let others = state.policies.filter { $0.key != goal.permissionsName }
            checkInlineLength(of: permissions.document, beside: Array(others.values), role: goal.name)
            differences.append(difference)
            calls.append(.role(goal.name, .putPolicy(name: goal.permissionsName, permissions.document)))
        }
        change(
            resource, differences, owner: state.owner, consent: consent,
            adopting: [.role(goal.name, .tag(Ownership.adoptedTags))], calls)
    }

    /// A document that cannot be read here may say what nobody wants to lose.
    private mutating func refuseLoss(of texts: [String: String?], _ resource: Resource, _ consent: Consent) {
        guard !consent.force else { return }
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
            guard let text else { continue }
            do throws(PolicyFault) {
                _ = try PolicyDocument(parsing: text)
            } catch {
                refusals.append(
                    "the \(name) of \(resource) \(error), and it would be lost: \(text). Give --force if that is meant")
            }
        }
    }

    private mutating func checkLength(
        of trust: PolicyDocument, needed: PolicyDocument, role: String, _ consent: Consent
    ) {
        let characters = trust.characters
        if characters > Self.trustCharactersMax {
            // Nothing is taken from a trust, so admitting an organization does not make it shorter.
            let advice =
                needed.characters > Self.trustCharactersMax
                ? "admit the senders' organization (--organization) instead of each account"
                : "most of it was there before and is never taken away: give a role of another name (--role), which is "
                    + "trusted for what is needed now"
            let text =
                "the trust of role \(role) would have \(characters) characters, and IAM takes \(Self.trustCharactersMax) "
                + "by default: \(advice)"
            if consent.force {
                warnings.append(text)
            } else {
                refusals.append("\(text). Where the account's quota was raised, give --force")
            }
        } else if characters * 10 > Self.trustCharactersMax * 9 {
            warnings.append(
                "the trust of role \(role) has \(characters) of the \(Self.trustCharactersMax) characters that IAM takes "
                    + "by default: some more senders need --organization")
        }
    }

    private mutating func checkInlineLength(of document: PolicyDocument, beside others: [String], role: String) {
        let characters = others.reduce(document.characters) { sum, text in
            sum + text.unicodeScalars.count { !$0.properties.isWhitespace }
        }
        guard characters > Self.inlineCharactersMax else { return }
        refusals.append(
            "the policies in role \(role) would have \(characters) characters, and IAM takes \(Self.inlineCharactersMax): "
                + "give some of the log groups or streams to a role of another name (--role)")
    }

    private static func extended(_ text: String?, by needed: PolicyDocument) -> ExtendedPolicy {
        guard let text else { return ExtendedPolicy(before: nil, document: needed) }
        // What cannot be read is replaced, which the difference shows.
        guard let before = try? PolicyDocument(parsing: text) else {
            return ExtendedPolicy(before: nil, replaced: text, document: needed)
        }
        return ExtendedPolicy(before: before, document: before.adding(needed))
    }
}

extension PolicyDocument {
    /// As IAM counts them.
    fileprivate var characters: Int { json.compact.unicodeScalars.count }
}

/// A policy as it is and as it is to be.
private struct ExtendedPolicy {
    var before: PolicyDocument?
    /// The text that is lost, because it could not be read.
    var replaced: String?
    let document: PolicyDocument

    func difference(_ name: String) -> Plan.Difference? {
        guard before != document else { return nil }
        return Plan.Difference(name, before?.json.compact ?? replaced ?? "none", document.json.compact)
    }
}

extension RoleState {
    /// Whether all that `goal` needs is allowed already.
    func allows(_ goal: RoleGoal) -> Bool {
        let (documents, _) = permissions
        guard let trust = try? PolicyDocument(parsing: trust) else { return false }
        return goal.trustQuestions.allSatisfy { trust.verdict(on: $0) == .allowed }
            && goal.permissionQuestions.allSatisfy { documents.verdict(on: $0) == .allowed }
    }
}
