private import AWS
private import Settings

extension SenderGoal {
    /// Every part of the sender's account by itself.
    package func findings(in state: SenderState) -> [Finding] {
        let rules = objections.map { Finding.fault("rules", $0, remedy: "correct what was asked for") }
        // What was asked for wrongly is not worth comparing with what is there.
        guard rules.isEmpty else { return rules }
        let place = [Finding.ok("Region", "\(place.region), as the destination's")]
        let subscriptions: [Finding] =
            switch scope {
            case .account where state.unread[.accountPolicy] != nil: []
            case .groups(let groups, let filter):
                groups.filter { state.unread[.logGroup] == nil || state.groups[$0] != nil }
                    .flatMap { filterFindings(filter, of: $0, state.groups[$0], by: roleARN(in: state)) }
            case .account(let policy, let except): policyFindings(policy, except: except, state)
            }
        return place + state.unread.findings + membershipFindings(state)
            + (state.unread[.role] == nil ? roleFindings(state) : []) + subscriptions
    }

    private var setup: String { "tailrace setup sender" }
}

// MARK: the organization

extension SenderGoal {
    private func membershipFindings(_ state: SenderState) -> [Finding] {
        guard !organizations.isEmpty, state.unread[.organization] == nil else { return [] }
        let admitted = organizations.joined(separator: ", ")
        guard let organization = state.organization, organizations.contains(organization) else {
            return [
                .fault(
                    "organization",
                    "account \(place.account) belongs to \(state.organization ?? "none"), and the destination admits "
                        + admitted,
                    remedy: "tailrace setup recipient --sender \(place.account), or admit its organization")
            ]
        }
        return [.ok("organization", "account \(place.account) belongs to \(organization)")]
    }
}

// MARK: the role

extension SenderGoal {
    private func roleFindings(_ state: SenderState) -> [Finding] {
        guard let role = roleName(in: state), let goal = roleGoal(named: role) else { return [] }
        guard let there = state.role else {
            return [
                .fault(
                    "role \(role)", "is not there, and a destination for an organization asks for one",
                    remedy: "\(setup) --with-role\(role == Self.roleDefault ? "" : " --sender-role \(role)") creates it"
                )
            ]
        }
        var findings: [Finding] = []
        let trust = "trust of role \(role)"
        let setup = "\(setup) --with-role\(there.owner.consentOption)"
        let trustRemedy = "\(setup), or set the trust that tailrace policies sender-trust prints"
        do throws(PolicyFault) {
            let document = try PolicyDocument(parsing: there.trust)
            findings += goal.trustQuestions.map { question in
                Finding(
                    trust, document.verdict(on: question), allowed: "CloudWatch Logs may use it",
                    refused: "does not let \(PolicyDocuments.logsService) use it", remedy: trustRemedy)
            }
        } catch {
            // Set-up loses what it cannot read only when it is told to.
            findings.append(
                .fault(
                    trust, "\(error)",
                    remedy: "\(setup) --force, or set the trust that tailrace policies sender-trust prints")
            )
        }
        let permissions = "permissions of role \(role)"
        let (documents, unreadable) = there.permissions
        findings += unreadable.map { .warning(permissions, "policy \($0)", remedy: "look at it by hand") }
        return findings
            + goal.permissionQuestions.map { question in
                Finding(
                    permissions, documents.verdict(on: question), deniers: there.deniers(of: question),
                    allowed: "\(question.action) on \(question.resource ?? "")",
                    refused: "no \(question.action) on \(question.resource ?? "")",
                    remedy: "\(setup), or set the policy that tailrace policies sender-permissions prints")
            }
    }
}

// MARK: the subscriptions

extension SenderGoal {
    private func filterFindings(
        _ name: String, of group: String, _ state: SenderState.GroupState?, by role: String?
    ) -> [Finding] {
        guard let state else {
            return [
                .fault(
                    "log group \(group)", "is not there (account \(place.account), \(place.region))",
                    remedy: "create it, or correct its name")
            ]
        }
        guard state.isSubscribable else {
            return [
                .fault(
                    "log group \(group)",
                    "is of class \(state.groupClass), and only the class STANDARD can be subscribed",
                    remedy: "subscribe a log group of class STANDARD; a class cannot be changed")
            ]
        }
        let subject = "subscription filter \(name) of \(group)"
        let existing = state.filters.first { $0.name == name }
        let obstacles = Self.obstacles(to: pattern ?? existing?.pattern ?? "", in: state.recentMessages)
        // Set-up does not put a pattern that matches nothing unless it is told to.
        let setup = "\(setup) --log-group \(group)" + (obstacles.isEmpty ? "" : " --force")
        let twins = state.filters.filter { $0.name != name && $0.destination == destination.description }.map(\.name)
        guard let there = existing else {
            return [missing(subject, state.filters.map(\.name), twins, setup)]
        }
        var findings = comparisons(
            subject, remedy: setup + adopting(there.destination),
            [
                ("sends to", there.destination, destination.description),
                ("has the pattern", "\"\(there.pattern)\"", "\"\(pattern ?? there.pattern)\""),
                // What was not asked for may be as it is.
                ("uses role", there.role ?? "none", role ?? there.role ?? "none"),
                ("emits", there.emittedFields.words, (emittedFields ?? there.emittedFields).words),
            ])
        findings.append(orderFinding(subject, there.distribution ?? .byLogStream))
        findings += twins.map { twin in
            .warning(
                subject, "filter \(twin) sends to this destination, too: what both patterns match arrives twice",
                remedy:
                    "aws logs delete-subscription-filter --log-group-name \(group) --filter-name \(ShellText.quoted(twin))"
            )
        }
        if !obstacles.isEmpty {
            findings.append(
                .warning(
                    subject,
                    "its pattern matches none of the \(state.recentMessages.count) latest events: "
                        + obstacles.joined(separator: "; "),
                    remedy: "change the pattern if such events are meant"))
        }
        return findings
    }

    private func missing(_ subject: String, _ others: [String], _ twins: [String], _ setup: String) -> Finding {
        let presence = others.isEmpty ? "" : "; there are \(others.joined(separator: ", "))"
        let remedy =
            twins.isEmpty
            ? "\(setup) creates it"
            : "name it by --filter \(twins[0]), which sends to this destination, or remove that one; \(setup) creates it"
        return .fault(subject, "is not there\(presence)", remedy: remedy)
    }

    private func policyFindings(_ name: String, except: [String], _ state: SenderState) -> [Finding] {
        let subject = "account policy \(name)"
        guard let policy = state.accountPolicies.first(where: { $0.name == name }) else {
            return [missing(subject, name, instead: state.accountPolicies.first)]
        }
        let there = WholeAccount(parsing: policy.document)
        let findings = comparisons(
            subject, remedy: "\(setup) --account-policy \(name)" + adopting(there.destination),
            [
                ("sends to", there.destination, destination.description),
                ("has the pattern", "\"\(there.pattern)\"", "\"\(pattern ?? there.pattern)\""),
                ("uses role", there.role ?? "none", roleARN(in: state) ?? there.role ?? "none"),
                (
                    "chooses", Self.normalCriteria(policy.selectionCriteria) ?? "every log group",
                    Self.criteria(except: except) ?? Self.normalCriteria(policy.selectionCriteria) ?? "every log group"
                ),
            ])
        return findings + [orderFinding(subject, there.distribution ?? .byLogStream)]
    }

    private func missing(_ subject: String, _ name: String, instead other: AccountPolicy?) -> Finding {
        let place = "account \(place.account), \(place.region)"
        guard let other else {
            return .fault(
                subject, "is not there (\(place))", remedy: "\(setup) --account-policy \(name) creates it")
        }
        let consent = adopting(WholeAccount(parsing: other.document).destination)
        return .fault(
            subject, "is not there (\(place)); there is \(other.name), and AWS takes one",
            remedy: "\(setup) --account-policy \(other.name)\(consent), or remove that one first")
    }

    /// What sends elsewhere counts as somebody else's, which set-up changes only when it is told to.
    private func adopting(_ target: String) -> String { target == destination.description ? "" : " --adopt" }

    private func comparisons(
        _ subject: String, remedy: String, _ pairs: [(String, String, String)]
    ) -> [Finding] {
        pairs.map { words, found, wanted in
            found == wanted
                ? .ok(subject, "\(words) \(found)")
                : .fault(subject, "\(words) \(found), not \(wanted)", remedy: remedy)
        }
    }

    private func orderFinding(_ subject: String, _ found: SubscriptionFilter.Distribution) -> Finding {
        switch (found, distribution) {
        case (.byLogStream, .random):
            .fault(subject, "is distributed by log stream, not at random", remedy: "\(setup) --distribution random")
        case (.byLogStream, _): .ok(subject, "keeps the order of each log stream")
        case (.random, .random): .ok(subject, "is distributed at random, as asked for")
        case (.random, _):
            .warning(
                subject, "is distributed at random, so log streams lose their order",
                remedy: "\(setup) --distribution by-log-stream")
        }
    }
}
