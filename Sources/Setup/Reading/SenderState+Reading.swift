private import AWS
package import Core

extension SenderState {
    /// How far back messages are looked at, and how many.
    ///
    /// AWS gives the oldest of a span first, so the shortest span that has any is taken.
    fileprivate static let recentSpans = [Duration.seconds(3600), .seconds(86_400), .seconds(7 * 86_400)]
    private static let recentMax = 100

    /// Looks at everything that `goal` names and changes nothing.
    package static func read(
        _ goal: SenderGoal, with clients: AccountClients, now: Instant
    ) async throws -> SenderState {
        var state = SenderState()
        let logs = try clients.logs(goal.place.region)
        for group in goal.groups {
            state.groups[group] = try await state.unread.looking(at: .logGroup) {
                try await GroupState.read(group, with: logs, now: now)
            }
        }
        state.accountPolicies = try await accountPolicies(goal, logs, &state.unread)
        if let role = goal.roleName(in: state) {
            let iam = try clients.iam(goal.place.region)
            state.role = try await state.unread.looking(at: .role) { try await RoleState.read(role, with: iam) }
        }
        if !goal.organizations.isEmpty {
            let organizations = try clients.organizations(goal.place.region)
            state.organization = try await state.unread.looking(at: .organization) {
                try await organizations.organizationID()
            }
        }
        return state
    }

    /// Beside log groups they only show what is sent twice, so that they need not be readable.
    private static func accountPolicies(
        _ goal: SenderGoal, _ logs: LogsClient, _ unread: inout Unread
    ) async throws -> [AccountPolicy] {
        var here = Unread()
        let policies = try await here.looking(at: .accountPolicy) { try await logs.accountPolicies() } ?? []
        if case .account = goal.scope { unread = unread.merging(here) }
        return policies
    }

    fileprivate static var messagesMax: Int { recentMax }
}

extension SenderState.GroupState {
    fileprivate static func read(_ name: String, with logs: LogsClient, now: Instant) async throws -> Self? {
        guard let group = try await logs.logGroup(named: name) else { return nil }
        let filters = try await logs.subscriptionFilters(of: name)
        var messages: [String] = []
        do {
            for span in SenderState.recentSpans where messages.isEmpty {
                let recent = try await logs.recentEvents(
                    of: name, limit: SenderState.messagesMax, since: now.earlier(by: span))
                // Test events are made to match: they would hide that nothing else does.
                messages = recent.filter { !$0.contains(PathProof.marker) }
            }
        } catch let error as AWSError where error.deniesAccess {
            messages = []  // who may subscribe a group need not be allowed to read it: the pattern is not tried then
        }
        return Self(groupClass: group.groupClass, filters: filters, recentMessages: messages)
    }
}
