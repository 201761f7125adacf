private import AWS
private import FoundationEssentials

extension SenderGoal {
    /// What has to be done, in the order in which AWS takes it: the role before the subscriptions that use it.
    package func plan(from state: SenderState) -> Plan {
        var plan = Plan()
        // What is not known could be overwritten.
        plan.refusals += objections + state.unread.lines
        guard plan.refusals.isEmpty else { return plan }
        if let goal = roleGoal(named: role) { plan.role(goal, state.role, consent: consent) }
        switch scope {
        case .groups(let groups, let filter):
            for group in groups { planFilter(filter, of: group, state, &plan) }
        case .account(let policy, let except): planPolicy(policy, except: except, state, &plan)
        }
        return plan
    }

    func roleGoal(named role: String?) -> RoleGoal? {
        guard let role else { return nil }
        let resources =
            switch scope {
            case .groups(let groups, _): groups.map(place.logGroup)
            case .account: [place.logGroup("*")]
            }
        return RoleGoal(
            name: role, trust: PolicyDocuments.senderTrust, permissionsName: Self.permissionsName,
            permissions: PolicyDocuments.senderPermissions(groups: resources),
            // Of the name IAM might not take all characters.
            description: "CloudWatch Logs sends to a destination of account \(destination.place.account)",
            trustQuestions: [
                RecipientGoal.trustQuestion(account: place.account, place)
            ],
            permissionQuestions: resources.map { PolicyQuestion("logs:PutLogEvents", on: $0) })
    }
}

// MARK: subscription filters

extension SenderGoal {
    private func planFilter(_ name: String, of group: String, _ whole: SenderState, _ plan: inout Plan) {
        guard let state = whole.groups[group] else {
            plan.refusals.append(
                "log group \(group) is not there (account \(place.account), \(place.region)): create it, or correct its name"
            )
            return
        }
        guard state.isSubscribable else {
            plan.refusals.append(
                "log group \(group) is of class \(state.groupClass), and only the class STANDARD can be subscribed")
            return
        }
        let resource = Plan.Resource(.subscriptionFilter, "\(name) of \(group)")
        let existing = state.filters.first { $0.name == name }
        let wanted = filter(name, of: group, by: roleARN(in: whole), after: existing)
        checkObstacles(to: wanted.pattern, in: state.recentMessages, of: group, &plan)
        warnOfTwins(of: wanted, in: state.filters, whole.accountPolicies, &plan)
        let call = SetupCall.subscription(region: place.region, .putFilter(wanted))
        guard let existing else {
            warnOfLimit(group, state.filters, &plan)
            plan.create(resource, wanted.words, [call])
            return
        }
        let isOurs = existing.destination == wanted.destination
        plan.change(
            resource, Self.differences(existing, wanted), owner: isOurs ? .made : .foreign, consent: consent, [call])
    }

    /// What is not asked for stays as it is, since AWS replaces a filter whole and would reset it.
    private func filter(
        _ name: String, of group: String, by role: String?, after existing: SubscriptionFilter?
    ) -> SubscriptionFilter {
        SubscriptionFilter(
            name: name, group: group, pattern: pattern ?? existing?.pattern ?? "",
            destination: destination.description,
            role: role ?? existing?.role, distribution: distribution ?? existing?.distribution,
            emittedFields: emittedFields ?? existing?.emittedFields ?? [],
            fieldSelectionCriteria: existing?.fieldSelectionCriteria,
            appliesToTransformedLogs: existing?.appliesToTransformedLogs ?? false)
    }

    private static func differences(_ old: SubscriptionFilter, _ new: SubscriptionFilter) -> [Plan.Difference] {
        let pairs: [(String, String, String)] = [
            ("destination", old.destination, new.destination),
            ("pattern", "\"\(old.pattern)\"", "\"\(new.pattern)\""),
            ("role", old.role ?? "none", new.role ?? "none"),
            ("distribution", (old.distribution ?? .byLogStream).rawValue, (new.distribution ?? .byLogStream).rawValue),
            ("emitted fields", old.emittedFields.words, new.emittedFields.words),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { Plan.Difference($0.0, $0.1, $0.2) }
    }

    private func checkObstacles(
        to pattern: String, in messages: [String], of group: String, _ plan: inout Plan
    ) {
        let obstacles = Self.obstacles(to: pattern, in: messages)
        guard !obstacles.isEmpty else { return }
        let text =
            "the pattern \(pattern) matches none of the \(messages.count) latest events of log group \(group): "
            + obstacles.joined(separator: "; ")
        if consent.force {
            plan.warnings.append(text)
        } else {
            plan.refusals.append(text + ". Give --force if other events will come")
        }
    }

    /// Two filters of one group that send the same events to one destination deliver them twice.
    private func warnOfTwins(
        of wanted: SubscriptionFilter, in filters: [SubscriptionFilter], _ policies: [AccountPolicy], _ plan: inout Plan
    ) {
        let twins = filters.filter { $0.name != wanted.name && $0.destination == wanted.destination }.map(\.name)
        let whole = policies.filter { policy in
            WholeAccount(parsing: policy.document).destination == wanted.destination
                && policy.selectionCriteria?.contains("\"\(wanted.group)\"") != true
        }
        let all = twins + whole.map { "account policy \($0.name)" }
        guard !all.isEmpty else { return }
        plan.warnings.append(
            "log group \(wanted.group) sends to this destination already, by \(all.joined(separator: ", ")): events that "
                + "both patterns match arrive twice")
    }

    /// How many filters a group may have is AWS's to decide: 5 today, 2 in older texts.
    private func warnOfLimit(_ group: String, _ filters: [SubscriptionFilter], _ plan: inout Plan) {
        guard filters.count >= Self.filtersPerGroupOnce else { return }
        plan.warnings.append(
            "log group \(group) has \(filters.count) subscription filters (\(filters.map(\.name).joined(separator: ", "))): "
                + "AWS may refuse another")
    }

    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    private static let filtersPerGroupOnce = 2
}

extension SubscriptionFilter {
    fileprivate var words: [String] {
        var words = [pattern.isEmpty ? "every event" : "pattern \(pattern)"]
        if let distribution { words.append("distributed \(distribution.rawValue)") }
        if !emittedFields.isEmpty { words.append("with \(emittedFields.words)") }
        if let role { words.append("by role \(role)") }
        return words
    }
}

extension [String] {
    /// In whatever order they came.
    var words: String { isEmpty ? "none" : sorted().joined(separator: ", ") }
}

// MARK: the account policy

extension SenderGoal {
    private func planPolicy(_ name: String, except: [String], _ state: SenderState, _ plan: inout Plan) {
        let resource = Plan.Resource(.accountPolicy, name)
        let existing = state.accountPolicies.first { $0.name == name }
        let others = state.accountPolicies.filter { $0.name != name }
        if existing == nil, !others.isEmpty {
            plan.refusals.append(
                "account \(place.account) has a subscription policy in \(place.region) already, "
                    + "\(others.map(\.name).joined(separator: ", ")), and AWS takes one: give its name with --adopt to change it"
            )
            return
        }
        // Like all that is not asked for, what was left out stays left out.
        let criteria = Self.criteria(except: except) ?? existing?.selectionCriteria
        if criteria == nil {
            plan.warnings.append(
                "account policy \(name) subscribes every log group, also those that Tailrace or the recipient may write to: "
                    + "leave them out by --except-log-group, or what arrives is sent again without end")
        }
        let wanted = WholeAccount(self, by: roleARN(in: state), after: existing)
        let policy = AccountPolicy(
            name: name, document: wanted.document.compact, selectionCriteria: criteria, scope: "ALL")
        let call = SetupCall.subscription(region: place.region, .putPolicy(policy))
        guard let existing else {
            plan.create(
                resource, [wanted.pattern.isEmpty ? "every event" : "pattern \(wanted.pattern)"], [call])
            return
        }
        let old = WholeAccount(parsing: existing.document)
        var differences = old.differences(to: wanted)
        let oldCriteria = Self.normalCriteria(existing.selectionCriteria)
        if oldCriteria != Self.normalCriteria(criteria) {
            differences.append(Plan.Difference("log groups", oldCriteria ?? "all", criteria ?? "all"))
        }
        plan.change(
            resource, differences, owner: old.destination == wanted.destination ? .made : .foreign, consent: consent,
            [call])
    }

    /// `LogGroupName NOT IN ["a","b"]`, the only form that AWS takes.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
    static func criteria(except groups: [String]) -> String? {
        groups.isEmpty ? nil : "LogGroupName NOT IN \(JSONTree.texts(groups.sortedOnce).compact)"
    }

    /// The same criteria as set-up writes them, since AWS keeps order and blanks as they were put. What is of another
    /// form stays as it is.
    static func normalCriteria(_ text: String?) -> String? {
        guard let text else { return nil }
        let words = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count == 3, words[0] == "LogGroupName", words[1] == "NOT", words[2].hasPrefix("IN"),
            let groups = try? JSONDecoder().decode([String].self, from: Data(words[2].dropFirst(2).utf8))
        else { return text }
        return criteria(except: groups)
    }
}
