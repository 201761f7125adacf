private import FilterPatterns

/// What AWS would refuse, or would take and never act upon: found without a call.
extension SenderGoal {
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    package static let emittedFieldsAllowed = ["@aws.account", "@aws.region", "@source.log"]

    /// Of the goal alone. Empty when AWS can be asked.
    package var objections: [String] {
        var objections: [String] = []
        if place.region != destination.place.region {
            objections.append(
                "log groups in \(place.region) cannot send to a destination in \(destination.place.region): AWS wants both "
                    + "in one Region. Have the recipient run tailrace setup recipient --region \(place.region), with "
                    + "--stream-region where the stream is; one stream is enough for all Regions")
        }
        if place.partition != destination.place.partition {
            objections.append(
                "account \(place.account) is in \(place.partition) and the destination in \(destination.place.partition): "
                    + "nothing crosses from one to the other")
        }
        if let fault = patternFault { objections.append(fault) }
        objections += recursions
        if case .account = scope, emittedFields?.isEmpty == false {
            objections.append(
                "a policy of a whole account emits no fields: name log groups (--log-group), or leave the fields out")
        }
        for field in emittedFields ?? [] where !Self.emittedFieldsAllowed.contains(field) {
            objections.append(
                "\(field) is no field that can be emitted: allowed are "
                    + Self.emittedFieldsAllowed.joined(separator: " and "))
        }
        return objections
    }

    /// A log group that gets what the stream carries, and sends to the same stream, feeds itself. Tailrace writes to the
    /// recipient's account.
    private var recursions: [String] {
        guard place.account == destination.place.account else { return [] }
        switch scope {
        case .groups(let groups, _):
            return groups.compactMap { group in
                sinks.pattern(of: group, region: place.region).map { pattern in
                    "log group \(group) is one that Tailrace writes to (\(pattern)): what it sends would come back without end"
                }
            }
        case .account(let policy, let except):
            return sinks.patterns(region: place.region).filter { !except.contains($0) }.map { pattern in
                // The names that an account policy leaves out are whole.
                let remedy =
                    pattern.contains("*") ? "subscribe log groups one by one" : "leave it out by --except-log-group"
                return
                    "account policy \(policy) would subscribe \(pattern), which Tailrace writes to, and what it sends "
                    + "would come back without end: \(remedy)"
            }
        }
    }

    private var patternFault: String? {
        guard let pattern else { return nil }
        do throws(FilterPatternFault) {
            _ = try FilterPattern(pattern)
            return nil
        } catch {
            return "the pattern \(pattern) is none: \(error)"
        }
    }

    /// Why a pattern matches nothing of what a group holds. Empty when it does, or when nothing is there to look at.
    static func obstacles(to pattern: String, in messages: [String]) -> [String] {
        // A pattern that does not parse is an objection of its own.
        guard let parsed = try? FilterPattern(pattern) else { return [] }
        return parsed.obstacles(in: messages).map(\.description)
    }
}
