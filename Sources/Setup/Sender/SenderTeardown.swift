private import AWS

extension SenderGoal {
    /// The subscriptions of this goal that send to its destination, then the role if nothing else needs it.
    package func teardown(from state: SenderState) -> Plan {
        var plan = Plan()
        plan.refusals += state.unread.lines
        guard plan.refusals.isEmpty else { return plan }
        switch scope {
        case .groups(let groups, let filter):
            for group in groups { removeFilter(filter, of: group, state.groups[group], &plan) }
        case .account(let policy, _): removePolicy(policy, state, &plan)
        }
        removeRole(state, &plan)
        return plan
    }

    private func removeFilter(_ name: String, of group: String, _ state: SenderState.GroupState?, _ plan: inout Plan) {
        guard let filter = state?.filters.first(where: { $0.name == name }) else { return }
        let resource = Plan.Resource(.subscriptionFilter, "\(name) of \(group)")
        guard filter.destination == destination.description else {
            plan.warnings.append("\(resource) stays: it sends to \(filter.destination)")
            return plan.keep(resource)
        }
        plan.remove(resource, [.subscription(region: place.region, .deleteFilter(name: name, group: group))])
    }

    private func removePolicy(_ name: String, _ state: SenderState, _ plan: inout Plan) {
        guard let policy = state.accountPolicies.first(where: { $0.name == name }) else { return }
        let resource = Plan.Resource(.accountPolicy, name)
        let target = WholeAccount(parsing: policy.document).destination
        guard target == destination.description else {
            plan.warnings.append("\(resource) stays: it sends to \(target)")
            return plan.keep(resource)
        }
        plan.remove(resource, [.subscription(region: place.region, .deletePolicy(name: name))])
    }

    private func removeRole(_ state: SenderState, _ plan: inout Plan) {
        guard let role = roleName(in: state), let goal = roleGoal(named: role), let there = state.role else { return }
        let resource = Plan.Resource(.role, role)
        guard there.owner == .made else { return plan.leave(resource, there.owner) }
        let ours = goal.permissions.statements.flatMap(\.resourceList)
        let staying = stayingUses(of: there.arn, state, plan)
        let others =
            there.permissions.documents.flatMap(\.statements).flatMap(\.resourceList).filter { !ours.contains($0) }
            + staying
        guard !others.isEmpty else { return plan.removeRole(role, there, ours: Self.permissionsName) }
        plan.warnings.append("\(resource) stays: it is made for \(others.joined(separator: ", ")) as well")
        guard staying.isEmpty else { return plan.keep(resource) }
        plan.shrinkRole(role, there, policy: Self.permissionsName, by: ours, consent: consent)
    }

    /// Subscriptions that send by `role`, its ARN, and are not removed by `plan`: without it they would send no more.
    private func stayingUses(of role: String, _ state: SenderState, _ plan: Plan) -> [String] {
        let filters = state.groups.values.flatMap(\.filters).filter { filter in
            filter.role == role
                && !plan.removes(.deleteFilter(name: filter.name, group: filter.group), in: place.region)
        }
        let policies = state.accountPolicies.filter { policy in
            WholeAccount(parsing: policy.document).role == role
                && !plan.removes(.deletePolicy(name: policy.name), in: place.region)
        }
        return filters.map { "subscription filter \($0.name) of \($0.group)" }.sorted()
            + policies.map { "account policy \($0.name)" }.sorted()
    }
}

extension Plan {
    fileprivate func removes(_ call: SubscriptionCall, in region: String) -> Bool {
        calls.contains(.subscription(region: region, call))
    }
}

extension PolicyDocument.Statement {
    var resourceList: [String] {
        switch resources {
        case .these(let list): list
        case .allBut, nil: []
        }
    }
}
