import AWS
import Testing

@testable import Setup

/// One account as far as set-up sees it. Calls act on it as they do on AWS's; what AWS would refuse is noted.
struct SimulatedAccount: Hashable {
    let place: AccountPlace
    /// By name; those of other Regions as well, which no test has two of.
    var streams: [String: Stream] = [:]
    /// By ARN, id and alias: all that a key is asked for by.
    var keys: [String: KeyState] = [:]
    var roles: [String: RoleState] = [:]
    /// By ARN.
    var destinations: [String: RecipientState.DestinationState] = [:]
    var groups: [String: SenderState.GroupState] = [:]
    var accountPolicies: [AccountPolicy] = []
    /// In AWS's words, or nearly.
    private(set) var refusals: [String] = []

    struct Stream: Hashable {
        var state: RecipientState.StreamState
        /// What it has once it is ACTIVE.
        var shards: Int
    }

    init(_ place: AccountPlace) { self.place = place }

    mutating func apply(_ calls: some Sequence<SetupCall>) {
        for call in calls { apply(call) }
    }

    mutating func apply(_ call: SetupCall) {
        switch call {
        case .stream(let stream, let call): apply(call, on: stream)
        case .role(let name, let call): apply(call, on: name)
        case .destination(let destination, let call): apply(call, on: destination)
        case .subscription(_, let call): apply(call)
        }
    }

    private mutating func refuse(_ text: String) { refusals.append(text) }
}

// MARK: what set-up reads

extension SimulatedAccount {
    func state(for goal: RecipientGoal) -> RecipientState {
        let stream = streams[goal.stream.name]?.state
        let key = goal.stream.key ?? stream?.summary.encryptionKey
        return RecipientState(
            stream: stream, key: key.flatMap { keys[$0] }, role: roles[goal.role],
            destination: destinations[goal.destinationARN.description])
    }

    func state(for goal: SenderGoal) -> SenderState {
        var state = SenderState(
            groups: groups.filter { goal.groups.contains($0.key) }, accountPolicies: accountPolicies)
        state.role = goal.roleName(in: state).flatMap { roles[$0] }
        return state
    }

    func plan(_ goal: RecipientGoal) -> Plan { goal.plan(from: state(for: goal)) }

    func plan(_ goal: SenderGoal) -> Plan { goal.plan(from: state(for: goal)) }

    /// This account once `goal` is carried out.
    func after(_ goal: RecipientGoal) -> SimulatedAccount { after(plan(goal)) }

    func after(_ goal: SenderGoal) -> SimulatedAccount { after(plan(goal)) }

    func after(_ plan: Plan) -> SimulatedAccount {
        if !plan.refusals.isEmpty { Issue.record("a refused plan: \(plan.refusals)") }
        var after = self
        after.apply(plan.calls)
        return after
    }
}

// MARK: streams

extension SimulatedAccount {
    private mutating func apply(_ call: StreamCall, on stream: StreamPlace) {
        if case .create(let capacity, let tags) = call { return create(stream, capacity, tags) }
        guard let there = streams[stream.name] else { return refuse("ResourceNotFoundException: \(stream.name)") }
        let summary = there.state.summary
        switch call {
        case .create: break
        case .waitUntilActive:
            streams[stream.name]?.state.summary = summary.with(status: .active, openShards: there.shards)
        case .tag(let tags): streams[stream.name]?.state.tags.merge(tags) { _, new in new }
        case .delete: streams[stream.name] = nil
        case .increaseRetention(let hours):
            guard summary.status == .active else { return refuse("ResourceInUseException: \(stream.name)") }
            guard hours > summary.retentionHours else { return refuse("InvalidArgumentException: \(hours)") }
            streams[stream.name]?.state.summary = summary.with(status: .updating, retentionHours: hours)
        case .encrypt(let key):
            guard summary.status == .active else { return refuse("ResourceInUseException: \(stream.name)") }
            guard keys[key]?.isUsable == true else { return refuse("KMSDisabledException: \(key)") }
            streams[stream.name]?.state.summary = summary.with(status: .updating, encryptionKey: key)
        }
    }

    private mutating func create(_ stream: StreamPlace, _ capacity: StreamCapacity, _ tags: [String: String]) {
        guard streams[stream.name] == nil else { return refuse("ResourceInUseException: \(stream.name)") }
        let (shards, mode): (Int, StreamMode) =
            switch capacity {
            case .provisioned(let shards): (shards, .provisioned)
            case .onDemand: (4, .onDemand)
            }
        let summary = StreamSummary(
            name: stream.name, arn: place.stream(stream.name, region: stream.region), status: .creating,
            retentionHours: 24, created: nil, openShards: 0, mode: mode)
        streams[stream.name] = Stream(state: RecipientState.StreamState(summary: summary, tags: tags), shards: shards)
    }
}

extension StreamSummary {
    func with(
        status: Status? = nil, retentionHours: Int? = nil, openShards: Int? = nil, mode: StreamMode? = nil,
        encryptionKey: String?? = nil, ignoresPartitionKeys: Bool? = nil
    ) -> StreamSummary {
        StreamSummary(
            name: name, arn: arn, status: status ?? self.status, retentionHours: retentionHours ?? self.retentionHours,
            created: created, openShards: openShards ?? self.openShards, mode: mode ?? self.mode,
            encryptionKey: encryptionKey ?? self.encryptionKey,
            ignoresPartitionKeys: ignoresPartitionKeys ?? self.ignoresPartitionKeys)
    }
}

// MARK: roles

extension SimulatedAccount {
    private mutating func apply(_ call: RoleCall, on name: String) {
        if case .create(let trust, _, let tags) = call {
            guard roles[name] == nil else { return refuse("EntityAlreadyExists: \(name)") }
            roles[name] = RoleState(arn: place.role(name), trust: trust.json.compact, tags: tags, policies: [:])
            return
        }
        guard let there = roles[name] else { return refuse("NoSuchEntity: \(name)") }
        switch call {
        case .create, .waitUntilKnown: break
        case .setTrust(let trust): roles[name]?.trust = trust.json.compact
        case .tag(let tags): roles[name]?.tags.merge(tags) { _, new in new }
        case .putPolicy(let policy, let document): roles[name]?.policies[policy] = document.json.compact
        case .deletePolicy(let policy):
            guard there.policies[policy] != nil else { return refuse("NoSuchEntity: \(policy)") }
            roles[name]?.policies[policy] = nil
        case .delete:
            guard there.policies.isEmpty, there.attached.isEmpty else { return refuse("DeleteConflict: \(name)") }
            roles[name] = nil
        }
    }
}

// MARK: destinations

extension SimulatedAccount {
    private mutating func apply(_ call: DestinationCall, on destination: DestinationARN) {
        let arn = destination.description
        if case .put(let target, let role) = call { return put(destination, target, role) }
        guard let there = destinations[arn]?.destination else {
            return refuse("Destination with name \(destination.name) does not exist")
        }
        switch call {
        case .put: break
        case .tag(let tags): destinations[arn]?.tags.merge(tags) { _, new in new }
        case .delete: destinations[arn] = nil
        case .putPolicy(let document, let force):
            let isRefused = there.accessPolicy?.contains("aws:PrincipalOrg") == false && document.namesOrganization
            if isRefused, !force { return refuse("Use the Force flag to accept this risk.") }
            if force, !isRefused { refuse("forced without need") }
            destinations[arn]?.destination = there.with(accessPolicy: document.json.compact)
        }
    }

    /// AWS writes a message to the stream by the role at once. Policy and tags of a destination that is there stay.
    private mutating func put(_ destination: DestinationARN, _ target: String, _ role: String) {
        let stream = streams.values.first { $0.state.summary.arn == target }?.state.summary
        let question = RecipientGoal.trustQuestion(account: place.account, destination.place)
        guard let stream, stream.status != .creating, let role = roles.values.first(where: { $0.arn == role }),
            let trust = try? PolicyDocument(parsing: role.trust), trust.verdict(on: question) == .allowed,
            role.permissions.documents.verdict(on: PolicyQuestion("kinesis:PutRecord", on: target)) == .allowed
        else { return refuse("Could not deliver test message to specified destination.") }
        let arn = destination.description
        let there = destinations[arn]
        destinations[arn] = RecipientState.DestinationState(
            destination: Destination(
                name: destination.name, arn: arn, targetARN: target, roleARN: role.arn,
                accessPolicy: there?.destination.accessPolicy),
            tags: there?.tags ?? [:])
    }
}

extension Destination {
    func with(targetARN: String? = nil, roleARN: String? = nil, accessPolicy: String?? = nil) -> Destination {
        Destination(
            name: name, arn: arn, targetARN: targetARN ?? self.targetARN, roleARN: roleARN ?? self.roleARN,
            accessPolicy: accessPolicy ?? self.accessPolicy)
    }
}

extension PolicyDocument {
    fileprivate var namesOrganization: Bool {
        statements.flatMap(\.conditions).contains { $0.key.hasPrefix("aws:PrincipalOrg") }
    }
}

// MARK: subscriptions

extension SimulatedAccount {
    /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
    private static let filtersPerGroupMax = 5

    private mutating func apply(_ call: SubscriptionCall) {
        switch call {
        case .putFilter(let filter): put(filter)
        case .deleteFilter(let name, let group):
            guard groups[group]?.filters.contains(where: { $0.name == name }) == true else {
                return refuse("ResourceNotFoundException: \(name)")
            }
            groups[group]?.filters.removeAll { $0.name == name }
        case .putPolicy(let policy):
            guard accountPolicies.allSatisfy({ $0.name == policy.name }) else {
                return refuse("LimitExceededException")
            }
            accountPolicies = [policy]
        case .deletePolicy(let name):
            guard accountPolicies.contains(where: { $0.name == name }) else {
                return refuse("ResourceNotFoundException: \(name)")
            }
            accountPolicies = []
        }
    }

    /// Replaces a filter whole: what is left out is AWS's default again.
    private mutating func put(_ filter: SubscriptionFilter) {
        guard let group = groups[filter.group] else { return refuse("The specified log group does not exist.") }
        guard group.groupClass == "STANDARD" else { return refuse("only supported on the Standard log class") }
        let others = group.filters.filter { $0.name != filter.name }
        guard others.count < Self.filtersPerGroupMax else { return refuse("LimitExceededException") }
        groups[filter.group]?.filters = others + [filter.with(distribution: filter.distribution ?? .byLogStream)]
    }
}

extension SubscriptionFilter {
    func with(
        name: String? = nil, pattern: String? = nil, destination: String? = nil, role: String?? = nil,
        distribution: Distribution? = nil, emittedFields: [String]? = nil, fieldSelectionCriteria: String?? = nil,
        appliesToTransformedLogs: Bool? = nil
    ) -> SubscriptionFilter {
        SubscriptionFilter(
            name: name ?? self.name, group: group, pattern: pattern ?? self.pattern,
            destination: destination ?? self.destination, role: role ?? self.role,
            distribution: distribution ?? self.distribution, emittedFields: emittedFields ?? self.emittedFields,
            fieldSelectionCriteria: fieldSelectionCriteria ?? self.fieldSelectionCriteria,
            appliesToTransformedLogs: appliesToTransformedLogs ?? self.appliesToTransformedLogs)
    }
}
