import FilterPatterns

/// What sends a log group's events on.
struct SubscriptionFilter: Sendable {
    enum Distribution: String, CaseIterable, Sendable {
        case random = "Random"
        case byLogStream = "ByLogStream"
    }

    enum Target: Sendable {
        /// A destination, perhaps of another account. It says itself which stream it feeds.
        case destination(DestinationAddress)
        case stream(arn: String)
    }

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html
    enum SystemField: String, CaseIterable, Sendable {
        case account = "@aws.account"
        case region = "@aws.region"
        case group = "@source.log"
    }

    /// Who has it. A policy is an account's.
    enum Level: Hashable, Sendable { case logGroup, account }

    let name: String
    let level: Level
    let pattern: FilterPattern
    let target: Target
    let targetARN: String
    let roleARN: String?
    let distribution: Distribution
    let systemFields: [SystemField]
    /// Which events of a group that holds several accounts' are meant. Kept and shown, no more.
    let fieldCriteria: String?
    let appliesToTransformedLogs: Bool
    var created: Int64
}

/// Which destination of whom.
struct DestinationAddress: Hashable, Sendable {
    let place: LogsPlace
    let name: String
}

/// An account in a Region.
struct LogsPlace: Hashable, Sendable {
    let account: String
    let region: String
}

extension SubscriptionFilter {
    func write(to reply: inout JSONWriter, group: String) {
        reply.object { reply in
            reply.member("filterName", name)
            reply.member("logGroupName", group)
            reply.member("filterPattern", pattern.source)
            reply.member("destinationArn", targetARN)
            reply.member("roleArn", roleARN)
            reply.member("distribution", distribution.rawValue)
            reply.member("applyOnTransformedLogs", appliesToTransformedLogs)
            reply.member("fieldSelectionCriteria", fieldCriteria)
            if !systemFields.isEmpty {
                reply.member(
                    "emitSystemFields",
                    array: { reply in
                        for field in systemFields { reply.string(field.rawValue) }
                    })
            }
            reply.member("creationTime", created)
        }
    }
}
