internal import AWS

extension RecipientState {
    /// Looks at everything that `goal` names and changes nothing.
    package static func read(_ goal: RecipientGoal, with clients: AccountClients) async throws -> RecipientState {
        var state = RecipientState()
        let kinesis = try clients.kinesis(goal.stream.region)
        state.stream = try await state.unread.looking(at: .stream) {
            try await StreamState.read(goal.stream.name, with: kinesis)
        }
        let key = goal.stream.key ?? state.stream?.summary.encryptionKey
        let kms = try clients.kms(goal.stream.region)
        state.key = try await state.unread.looking(at: .key) { try await KeyState.read(key, with: kms) }
        let iam = try clients.iam(goal.place.region)
        state.role = try await state.unread.looking(at: .role) { try await RoleState.read(goal.role, with: iam) }
        let logs = try clients.logs(goal.place.region)
        let destinations = try await state.unread.looking(at: .destination) { try await logs.destinations() } ?? []
        state.neighbours = destinations.filter { $0.name != goal.destination }
        if let destination = destinations.first(where: { $0.name == goal.destination }) {
            state.destination = try await state.unread.looking(at: .destination) {
                DestinationState(destination: destination, tags: try await logs.tags(of: destination.arn))
            }
        }
        return state
    }
}

extension RecipientState.StreamState {
    fileprivate static func read(_ name: String, with kinesis: KinesisClient) async throws -> Self? {
        do {
            let summary = try await kinesis.summary(of: .name(name))
            return Self(summary: summary, tags: try await kinesis.tags(of: .name(name)))
        } catch let error as AWSError where error.isNotFound {
            return nil
        }
    }
}

extension KeyState {
    /// `nil` for no key and for AWS's own, which asks for no right.
    fileprivate static func read(_ id: String?, with kms: KMSClient) async throws -> KeyState? {
        guard let id, id != "alias/aws/kinesis" else { return nil }
        do {
            let key = try await kms.key(id)
            return key.managedByAWS ? nil : KeyState(arn: key.arn, state: key.state)
        } catch let error as AWSError where error.isNotFound {
            return .absent(id)
        }
    }
}

extension RoleState {
    /// With every policy, inline and attached.
    static func read(_ name: String, with iam: IAMClient) async throws -> RoleState? {
        guard let role = try await iam.role(named: name) else { return nil }
        var state = RoleState(arn: role.arn, trust: role.trust, tags: role.tags, policies: [:])
        for policy in try await iam.rolePolicyNames(of: name) {
            state.policies[policy] = try await iam.rolePolicy(named: policy, of: name)
        }
        for policy in try await iam.attachedPolicies(of: name) {
            state.attached[policy.arn] = try await iam.managedPolicy(policy.arn)
        }
        return state
    }
}
