// What a sender account subscribes with.
extension LogsService {
    /// Checks in AWS's order, as far as it was seen: shapes, pattern, group, destination, its policy, the limit.
    func putSubscriptionFilter(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let draft = try SubscriptionDraft(&request, in: call.place)
        let pattern = try pattern(draft.pattern, subject: "filter pattern")
        try await call.region.checkSubscribable(draft.group)
        let target = try await target(
            draft.destinationARN, roleARN: draft.roleARN, actions: [.putSubscriptionFilter],
            group: draft.group, caller: call.place)
        let filter = SubscriptionFilter(
            name: draft.name, level: .logGroup, pattern: pattern, target: target, targetARN: draft.destinationARN,
            roleARN: draft.roleARN, distribution: draft.distribution, systemFields: draft.systemFields,
            fieldCriteria: draft.fieldCriteria,
            appliesToTransformedLogs: draft.appliesToTransformedLogs, created: clock.now())
        try await call.region.putFilter(filter, group: draft.group)
        return LogsCall.done
    }

    func describeSubscriptionFilters(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let name = try request.name("logGroupName", .groupName)
        let prefix = try request.optionalText("filterNamePrefix", .resourceName) ?? ""
        let (limit, token) = try request.paging()
        try request.checked()
        let filters = try await call.region.group(name).filters.filter { $0.name.hasPrefix(prefix) }
        let page = try Page(filters, limit: limit, token: token, key: \.name)
        var reply = JSONWriter()
        reply.object { reply in
            reply.member(
                "subscriptionFilters",
                array: { reply in
                    for filter in page.items { filter.write(to: &reply, group: name) }
                })
            reply.member("nextToken", page.next)
        }
        return reply.bytes
    }

    func deleteSubscriptionFilter(_ call: LogsCall) async throws(ServiceFault) -> [UInt8] {
        var request = try LogsRequest(call.body)
        let group = try request.name("logGroupName", .groupName)
        let name = try request.text("filterName", .resourceName)
        try request.checked()
        try await call.region.deleteFilter(name, group: group)
        return LogsCall.done
    }

    /// What `destinationARN` names, if the caller may do `actions` with it for the groups that `group` matches.
    func target(
        _ destinationARN: String, roleARN: String?, actions: [SubscriptionAction], group: String, caller: LogsPlace
    ) async throws(ServiceFault) -> SubscriptionFilter.Target {
        guard let arn = ResourceName(destinationARN) else { throw SubscriptionFault.vendor(destinationARN) }
        switch arn.service {
        case "kinesis" where ResourceName.isStream(destinationARN):
            guard let roleARN else { throw SubscriptionFault.streamNeedsRole }
            try await checkStreamRole(roleARN, stream: destinationARN, group: group, of: caller)
            guard await writeControlRecord(to: destinationARN) else { throw SubscriptionFault.streamUnreachable }
            return .stream(arn: destinationARN)
        case "logs":
            guard let name = arn.name(after: "destination:") else { throw LogsFault.noDestination }
            let place = LogsPlace(account: arn.account, region: arn.region)
            let address = DestinationAddress(place: place, name: name)
            guard place.region == caller.region else {
                throw SubscriptionFault.otherRegion(caller.region, of: destinationARN)
            }
            guard let destination = await region(at: place).destination(named: name) else {
                throw LogsFault.noDestination
            }
            for action in actions {
                try await check(action, on: destination, of: place.account, roleARN, group: group, caller)
            }
            return .destination(address)
        default: throw SubscriptionFault.vendor(arn.service)
        }
    }

    /// Whether the destination, which belongs to `owner`, lets `caller` in.
    private func check(
        _ action: SubscriptionAction, on destination: Destination, of owner: String, _ roleARN: String?,
        group: String, _ caller: LogsPlace
    ) async throws(ServiceFault) {
        let account = caller.account
        let answer = destination.policy?.answer(
            action, account: account, organization: settings.organizations[account], destinationARN: destination.arn)
        switch answer {
        case .denied: throw SubscriptionFault.denied(account, action, destination.arn)
        case .allowed: return
        // The destination's own account needs no more than that there is a policy.
        case .notAllowed where owner == account: return
        case .allowedByOrganization:
            guard let roleARN else { throw SubscriptionFault.organizationNeedsRole }
            try await checkSenderRole(roleARN, group: group, of: caller)
        case .notAllowed, nil: throw SubscriptionFault.notAuthorized(account, action, destination.arn)
        }
    }

    static func checkRole(_ roleARN: String?) throws(ServiceFault) {
        guard let roleARN, !ResourceName.isRole(roleARN) else { return }
        throw LogsFault.invalidParameter("Invalid role ARN: \(roleARN)")
    }
}

/// What a destination's access policy may let an account do.
enum SubscriptionAction: String, Sendable {
    case putSubscriptionFilter = "logs:PutSubscriptionFilter"
    case putAccountPolicy = "logs:PutAccountPolicy"
}

/// The members of a PutSubscriptionFilter call.
private struct SubscriptionDraft {
    let group: String
    let name: String
    let pattern: String
    let destinationARN: String
    let roleARN: String?
    let distribution: SubscriptionFilter.Distribution
    let systemFields: [SubscriptionFilter.SystemField]
    let fieldCriteria: String?
    let appliesToTransformedLogs: Bool

    init(_ request: inout LogsRequest, in place: LogsPlace) throws(ServiceFault) {
        group = try request.name("logGroupName", .groupName)
        name = try request.text("filterName", .resourceName)
        pattern = try request.text("filterPattern", .filterPattern)
        destinationARN = try request.text("destinationArn", .arn)
        roleARN = try request.optionalText("roleArn", .arn)
        let distributions = SubscriptionFilter.Distribution.allCases.map(\.rawValue)
        let chosen = try request.choice(
            "distribution", distributions, default: SubscriptionFilter.Distribution.byLogStream.rawValue)
        distribution = SubscriptionFilter.Distribution(rawValue: chosen) ?? .byLogStream
        let fields =
            try request.texts("emitSystemFields", count: 0...SubscriptionFilter.SystemField.allCases.count) ?? []
        systemFields = fields.compactMap(SubscriptionFilter.SystemField.init)
        if systemFields.count < fields.count {
            let known = SubscriptionFilter.SystemField.allCases.map(\.rawValue)
            request.violatedChoice(at: "emitSystemFields", known)
        }
        fieldCriteria = try request.optionalText("fieldSelectionCriteria", .fieldCriteria)
        appliesToTransformedLogs = try request.flag("applyOnTransformedLogs")
        try request.checked()
        try LogsService.checkRole(roleARN)
    }
}
