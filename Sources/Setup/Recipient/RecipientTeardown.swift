private import AWS

extension RecipientGoal {
    /// What set-up made and nothing else, in the reverse order of making it. The stream, with all its records, only when
    /// `withStream`.
    package func teardown(from state: RecipientState, withStream: Bool) -> Plan {
        var plan = Plan()
        plan.refusals += state.unread.lines
        guard plan.refusals.isEmpty else { return plan }
        removeDestination(state, &plan)
        removeRole(state, &plan)
        removeStream(state, withStream: withStream, &plan)
        return plan
    }

    private func removeDestination(_ state: RecipientState, _ plan: inout Plan) {
        guard let there = state.destination else { return }
        let resource = Plan.Resource(.destination, destination)
        guard owner(of: there, state) == .made else { return plan.leave(resource, Ownership(tags: there.tags)) }
        if let access = existingAccess(state), !access.isEmpty {
            plan.warnings.append(
                "\(resource) is open to \(access.words): their subscription filters stay in their accounts and send "
                    + "nowhere; each removes its own by tailrace teardown sender")
        }
        plan.remove(resource, [.destination(destinationARN, .delete)])
    }

    private func removeRole(_ state: RecipientState, _ plan: inout Plan) {
        guard let there = state.role else { return }
        let resource = Plan.Resource(.role, role)
        guard there.owner == .made else { return plan.leave(resource, there.owner) }
        let uses = stayingUses(state) { $0.roleARN == there.arn }
        let others = otherRegions(of: there) + otherStreams(of: there) + uses
        guard !others.isEmpty else { return plan.removeRole(role, there, ours: Self.permissionsName) }
        plan.warnings.append("\(resource) stays: it is made for \(others.joined(separator: ", ")) as well")
        // So that the last to be torn down finds nothing that needs the role: what only this destination needed goes.
        if uses.isEmpty, otherStreams(of: there).isEmpty {
            plan.shrinkTrust(role, there, by: place.region, consent: consent)
        } else if !state.neighbours.contains(where: { $0.targetARN == streamARN }), otherRegions(of: there).isEmpty {
            plan.shrinkRole(role, there, policy: Self.permissionsName, by: [streamARN], consent: consent)
        } else {
            plan.keep(resource)
        }
    }

    /// The destinations in this Region that are not removed and use what `uses` looks for.
    private func stayingUses(_ state: RecipientState, _ uses: (Destination) -> Bool) -> [String] {
        let own = state.destination.flatMap { owner(of: $0, state) == .made ? nil : $0.destination }
        return (state.neighbours + [own].compactMap(\.self)).filter(uses).map { "destination \($0.name)" }
    }

    /// Other Regions whose log groups send by the role, as far as its own trust says.
    private func otherRegions(of role: RoleState) -> [String] {
        var uses: [String] = []
        if let trust = try? PolicyDocument(parsing: role.trust) {
            let sources = trust.statements.flatMap(\.conditions).filter { $0.key == "aws:SourceArn" }.flatMap(\.values)
            uses += sources.compactMap { source in
                PolicyDocument.region(ofSource: source).flatMap { $0 == place.region ? nil : "log groups in \($0)" }
            }
        }
        return uses.sortedOnce
    }

    private func otherStreams(of role: RoleState) -> [String] {
        var uses: [String] = []
        for statement in role.permissions.documents.flatMap(\.statements) {
            guard case .these(["kinesis:PutRecord"]) = statement.actions, case .these(let streams) = statement.resources
            else { continue }
            uses += streams.filter { $0 != streamARN }
        }
        return uses.sortedOnce
    }

    private func removeStream(_ state: RecipientState, withStream: Bool, _ plan: inout Plan) {
        guard let there = state.stream, there.summary.status != .deleting else { return }
        let resource = Plan.Resource(.stream, stream.name)
        let owner = Ownership(tags: there.tags)
        guard owner == .made else { return plan.leave(resource, owner) }
        guard withStream else {
            plan.warnings.append("\(resource) stays, with its records and its cost: --delete-stream removes it")
            return plan.keep(resource)
        }
        // Destinations in other Regions cannot be seen from here, but the role tells of them.
        let others = stayingUses(state) { $0.targetARN == streamARN } + (state.role.map(otherRegions) ?? [])
        guard others.isEmpty else {
            plan.warnings.append("\(resource) stays: it is written to from \(others.joined(separator: ", ")) as well")
            return plan.keep(resource)
        }
        plan.remove(resource, [.stream(streamPlace, .delete)])
    }
}

extension Plan {
    /// Not made by set-up, so not removed by it.
    mutating func leave(_ resource: Resource, _ owner: Ownership) {
        let reason =
            switch owner {
            case .adopted: "it was there before tailrace was let to change it"
            case .foreign, .made: "tailrace did not make it"
            }
        warnings.append("\(resource) stays: \(reason)")
        keep(resource)
    }

    /// Takes the source ARNs of a Region out of the role's trust.
    mutating func shrinkTrust(_ name: String, _ state: RoleState, by region: String, consent: Consent) {
        let resource = Resource(.role, name)
        guard let trust = try? PolicyDocument(parsing: state.trust) else { return keep(resource) }
        let smaller = trust.without(sourcesIn: region)
        guard smaller != trust, !smaller.statements.isEmpty else { return keep(resource) }
        change(
            resource, [Difference("trust", trust.json.compact, smaller.json.compact)], owner: .made, consent: consent,
            [.role(name, .setTrust(smaller))])
    }

    /// Takes `resources` out of the policy that set-up put into the role.
    mutating func shrinkRole(
        _ name: String, _ state: RoleState, policy: String, by resources: [String], consent: Consent
    ) {
        let resource = Resource(.role, name)
        guard let text = state.policies[policy], let document = try? PolicyDocument(parsing: text) else {
            return keep(resource)
        }
        let smaller = document.without(resources)
        guard smaller != document, !smaller.statements.isEmpty else { return keep(resource) }
        change(
            resource, [Difference("policy \(policy)", document.json.compact, smaller.json.compact)], owner: .made,
            consent: consent, [.role(name, .putPolicy(name: policy, smaller))])
    }

    /// A role goes after `ours`, the policy that set-up put into it. Any other is somebody else's doing.
    mutating func removeRole(_ name: String, _ state: RoleState, ours: String) {
        let resource = Resource(.role, name)
        let others = state.policies.keys.filter { $0 != ours }.sorted() + state.attached.keys.sorted()
        guard others.isEmpty else {
            refusals.append(
                "\(resource) has policies that tailrace did not give it: remove or detach "
                    + others.joined(separator: ", "))
            return
        }
        let policies = state.policies.keys.map { SetupCall.role(name, .deletePolicy(name: $0)) }
        remove(resource, policies + [.role(name, .delete)])
    }
}

extension PolicyDocument {
    /// A role's trust without the source ARNs of a Region.
    fileprivate func without(sourcesIn region: String) -> PolicyDocument {
        PolicyDocument(
            statements.compactMap { statement in
                var statement = statement
                for (index, condition) in statement.conditions.enumerated() where condition.key == "aws:SourceArn" {
                    let kept = condition.values.filter { PolicyDocument.region(ofSource: $0) != region }
                    guard !kept.isEmpty else { return nil }
                    statement.conditions[index].values = kept
                }
                return statement
            })
    }

    fileprivate func without(_ gone: [String]) -> PolicyDocument {
        PolicyDocument(
            statements.compactMap { statement in
                var statement = statement
                let kept = statement.resourceList.filter { !gone.contains($0) }
                guard !kept.isEmpty else { return nil }
                statement.resources = .these(kept)
                return statement
            })
    }

    /// The Region in `arn:aws:logs:REGION:…`.
    fileprivate static func region(ofSource arn: String) -> String? {
        arn.split(separator: ":", omittingEmptySubsequences: false).dropFirst(3).first.map(String.init)
    }
}
