/// A subscription filter for all log groups that an account has in a Region, now and later, but for those it leaves out.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
struct AccountPolicy: Sendable {
    /// The kinds that AWS has. The emulator knows the one for subscriptions.
    static let types = [
        "DATA_PROTECTION_POLICY", "SUBSCRIPTION_FILTER_POLICY", "FIELD_INDEX_POLICY", "TRANSFORMER_POLICY",
        "METRIC_EXTRACTION_POLICY", "RETENTION_POLICY",
    ]
    static let subscriptionType = types[1]
    static let scopes = ["ALL"]

    let document: String
    let criteria: AccountPolicyCriteria?
    /// Has the policy's name.
    let filter: SubscriptionFilter
    let account: String

    var name: String { filter.name }

    func applies(to group: LogGroup) -> Bool {
        group.isStandard && criteria?.excluded.contains(group.name) != true
    }

    func write(to reply: inout JSONWriter) {
        reply.object { reply in
            reply.member("policyName", name)
            reply.member("policyDocument", document)
            reply.member("lastUpdatedTime", filter.created)
            reply.member("policyType", Self.subscriptionType)
            reply.member("scope", Self.scopes[0])
            reply.member("selectionCriteria", criteria?.source)
            reply.member("accountId", account)
        }
    }
}

/// What the JSON of a subscription policy says.
struct AccountPolicyDocument: Sendable {
    let destinationARN: String
    let roleARN: String?
    let pattern: String
    let distribution: SubscriptionFilter.Distribution

    private static let members: Set<String> = ["DestinationArn", "RoleArn", "FilterPattern", "Distribution"]

    /// Only the destination must be named. AWS's own texts for what is wrong were not seen.
    init(_ source: String) throws(ServiceFault) {
        guard source.unicodeScalars.count <= LogsLimits.accountPolicyCharactersMax else {
            throw LogsFault.invalidParameter(
                "policyDocument can be up to \(LogsLimits.accountPolicyCharactersMax) characters long.")
        }
        guard let root = (try? JSONDocument(Array(source.utf8)))?.root, let members = root.members else {
            throw LogsFault.invalidParameter("policyDocument is not a valid JSON object.")
        }
        for (name, value) in members {
            guard Self.members.contains(name) else {
                throw LogsFault.invalidParameter("policyDocument has a member that is not known: \(name)")
            }
            guard value.string != nil else {
                throw LogsFault.invalidParameter("\(name) in policyDocument must be a string.")
            }
        }
        guard let destination = root["DestinationArn"]?.string, !destination.isEmpty else {
            throw LogsFault.invalidParameter("policyDocument must have a DestinationArn.")
        }
        let chosen = root["Distribution"]?.string ?? SubscriptionFilter.Distribution.byLogStream.rawValue
        guard let distribution = SubscriptionFilter.Distribution(rawValue: chosen) else {
            let known = SubscriptionFilter.Distribution.allCases.map(\.rawValue).joined(separator: ", ")
            throw LogsFault.invalidParameter("Distribution in policyDocument must be one of [\(known)].")
        }
        (destinationARN, roleARN) = (destination, root["RoleArn"]?.string)
        (pattern, self.distribution) = (root["FilterPattern"]?.string ?? "", distribution)
    }
}

/// Which log groups a policy leaves out: `LogGroupName NOT IN ["a", "b"]`, the one form that AWS takes.
struct AccountPolicyCriteria: Sendable {
    let source: String
    let excluded: Set<String>

    init(_ source: String) throws(ServiceFault) {
        guard source.utf8.count <= LogsLimits.criteriaBytesMax else {
            throw LogsFault.invalidParameter("selectionCriteria can be up to 25KB in length.")
        }
        var rest = source[...]
        for word in ["LogGroupName", "NOT", "IN"] {
            rest = rest.drop { $0 == " " }
            guard rest.hasPrefix(word) else { throw Self.notSupported }
            rest = rest.dropFirst(word.count)
        }
        guard let names = (try? JSONDocument(Array(rest.utf8)))?.root.elements, names.allSatisfy({ $0.string != nil })
        else { throw Self.notSupported }
        self.source = source
        excluded = Set(names.compactMap(\.string))
    }

    private static let notSupported = LogsFault.invalidParameter(
        "The only selectionCriteria filter supported for a policy of type SUBSCRIPTION_FILTER_POLICY is LogGroupName NOT "
            + "IN []")
}
