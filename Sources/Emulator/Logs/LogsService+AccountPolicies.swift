internal import FilterPatterns

// What a sender account subscribes all of its log groups with.
extension LogsService {
    func putAccountPolicy(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.text("policyName", .policyName)
        let source = try request.text("policyDocument", .policy)
        let type = try request.policyType()
        _ = try request.choice("scope", AccountPolicy.scopes, default: AccountPolicy.scopes[0])
        let criteria = try request.optionalText("selectionCriteria", TextRule(least: 0, most: .max))
        let isDry = try request.flag("dryRun")
        try request.checked()
        try Self.requireSubscription(type)
        guard !isDry else { throw LogsFault.invalidParameter("dryRun is valid only for RETENTION_POLICY.") }
        guard !name.hasPrefix("aws/") else { throw LogsFault.invalidParameter("policyName cannot start with aws/.") }
        let policy = try await policy(name, source, criteria, call.place)
        try await call.region.putAccountPolicy(policy)
        var reply = JSONWriter()
        reply.object { reply in
            reply.name("accountPolicy")
            policy.write(to: &reply)
        }
        return reply.bytes
    }

    func describeAccountPolicies(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let type = try request.policyType()
        let name = try request.optionalText("policyName", .policyName)
        let accounts = try request.texts("accountIdentifiers", count: 0...LogsLimits.accountIdentifiersMax) ?? []
        let token = try request.optionalText("nextToken", .token)
        try request.checked()
        guard accounts.allSatisfy({ $0 == call.place.account }) else {
            throw LogsFault.invalidParameter("Account \(call.place.account) is no monitoring account.")
        }
        // There is one policy at most, so no page has a next one.
        guard token == nil else { throw LogsFault.badToken }
        let held = type == AccountPolicy.subscriptionType ? await call.region.accountPolicy : nil
        let found = name == nil || name == held?.name ? held : nil
        // AWS's model has this error for the call. When else it should come was not seen.
        guard name == nil || found != nil else { throw LogsFault.noAccountPolicy }
        var reply = JSONWriter()
        reply.object { reply in
            reply.member("accountPolicies", array: { found?.write(to: &$0) })
        }
        return reply.bytes
    }

    func deleteAccountPolicy(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.text("policyName", .policyName)
        let type = try request.policyType()
        try request.checked()
        guard type == AccountPolicy.subscriptionType else { throw LogsFault.noAccountPolicy }
        try await call.region.deleteAccountPolicy(name)
        return LogsCall.done
    }

    private static func requireSubscription(_ type: String) throws(ServiceFault) {
        guard type == AccountPolicy.subscriptionType else {
            throw LogsFault.invalidParameter("The emulator knows account policies of type SUBSCRIPTION_FILTER_POLICY.")
        }
    }

    /// Checks the document, the criteria and the pattern, then the destination, which must let the account in for both of
    /// the actions that such a policy takes.
    private func policy(
        _ name: String, _ source: String, _ criteria: String?, _ place: LogsPlace
    ) async throws(ServiceFault) -> AccountPolicy {
        let document = try AccountPolicyDocument(source)
        let criteria = try criteria.map { text throws(ServiceFault) in try AccountPolicyCriteria(text) }
        guard document.pattern.unicodeScalars.count <= FilterPattern.charactersMax else {
            throw LogsFault.invalidParameter(
                "FilterPattern in policyDocument can be up to \(FilterPattern.charactersMax) characters long.")
        }
        let pattern = try pattern(document.pattern, subject: "filter pattern")
        try Self.checkRole(document.roleARN)
        let target = try await target(
            document.destinationARN, roleARN: document.roleARN, actions: [.putSubscriptionFilter, .putAccountPolicy],
            group: "*", caller: place)
        let filter = SubscriptionFilter(
            name: name, level: .account, pattern: pattern, target: target, targetARN: document.destinationARN,
            roleARN: document.roleARN, distribution: document.distribution, systemFields: [], fieldCriteria: nil,
            appliesToTransformedLogs: false, created: clock.now())
        return AccountPolicy(document: source, criteria: criteria, filter: filter, account: place.account)
    }
}

extension LogsRequest {
    fileprivate mutating func policyType() throws(ServiceFault) -> String {
        let type = try text("policyType", TextRule(least: 0, most: .max))
        if has("policyType"), !AccountPolicy.types.contains(type) {
            violatedChoice(at: "policyType", AccountPolicy.types)
        }
        return type
    }
}

extension LogsRegion {
    /// Takes the account's one policy or changes it.
    func putAccountPolicy(_ policy: AccountPolicy) throws(ServiceFault) {
        guard accountPolicy == nil || accountPolicy?.name == policy.name else { throw LogsFault.limit }
        accountPolicy = policy
    }

    func deleteAccountPolicy(_ name: String) throws(ServiceFault) {
        guard accountPolicy?.name == name else { throw LogsFault.noAccountPolicy }
        accountPolicy = nil
    }
}
