package import AWS

/// What is done to a sender's subscriptions.
package enum SubscriptionCall: Hashable, Sendable {
    case putFilter(SubscriptionFilter)
    case deleteFilter(name: String, group: String)
    case putPolicy(AccountPolicy)
    case deletePolicy(name: String)
}

extension SubscriptionCall {
    var waitsForRoles: Bool {
        switch self {
        case .putFilter(let filter): filter.role != nil
        case .putPolicy(let policy): WholeAccount(parsing: policy.document).role != nil
        case .deleteFilter, .deletePolicy: false
        }
    }

    var isAboutAccount: Bool {
        switch self {
        case .putFilter, .deleteFilter: false
        case .putPolicy, .deletePolicy: true
        }
    }

    /// `testDestination of CloudTrail`, or the policy's name.
    var name: String {
        switch self {
        case .putFilter(let filter): "\(filter.name) of \(filter.group)"
        case .deleteFilter(let name, let group): "\(name) of \(group)"
        case .putPolicy(let policy): policy.name
        case .deletePolicy(let name): name
        }
    }

    func request(_ region: String) -> AWSRequest {
        let policyType = JSONTree.text("SUBSCRIPTION_FILTER_POLICY")
        return switch self {
        case .putFilter(let filter):
            AWSRequest(
                "logs", "PutSubscriptionFilter", region: region,
                ["logGroupName": .text(filter.group), "filterName": .text(filter.name)],
                [
                    "filterPattern": .text(filter.pattern), "destinationArn": .text(filter.destination),
                    "roleArn": filter.role.map(JSONTree.text),
                    "distribution": filter.distribution.map { .text($0.rawValue) },
                    "emitSystemFields": filter.emittedFields.isEmpty ? nil : .texts(filter.emittedFields),
                    "fieldSelectionCriteria": filter.fieldSelectionCriteria.map(JSONTree.text),
                    "applyOnTransformedLogs": filter.appliesToTransformedLogs ? .flag(true) : nil,
                ])
        case .deleteFilter(let name, let group):
            AWSRequest(
                "logs", "DeleteSubscriptionFilter", region: region,
                ["logGroupName": .text(group), "filterName": .text(name)], [:])
        case .putPolicy(let policy):
            AWSRequest(
                "logs", "PutAccountPolicy", region: region, ["policyName": .text(policy.name)],
                [
                    "policyType": policyType, "scope": "ALL", "policyDocument": .text(policy.document),
                    "selectionCriteria": policy.selectionCriteria.map(JSONTree.text),
                ])
        case .deletePolicy(let name):
            AWSRequest(
                "logs", "DeleteAccountPolicy", region: region, ["policyName": .text(name)],
                ["policyType": policyType])
        }
    }

    func perform(with logs: LogsClient) async throws {
        switch self {
        case .putFilter(let filter): try await logs.putSubscriptionFilter(filter)
        case .deleteFilter(let name, let group): _ = try await logs.deleteSubscriptionFilter(name, of: group)
        case .putPolicy(let policy): try await logs.putAccountPolicy(policy)
        case .deletePolicy(let name): _ = try await logs.deleteAccountPolicy(name)
        }
    }
}
