/// What of a log group goes where.
package struct SubscriptionFilter: Hashable, Sendable {
    /// How CloudWatch Logs spreads payloads over shards.
    package enum Distribution: String, Hashable, Sendable, Codable {
        /// AWS's default: what one log stream sends stays in order.
        case byLogStream = "ByLogStream"
        case random = "Random"
    }

    package let name: String
    package let group: String
    /// Empty for every event.
    package let pattern: String
    /// The ARN of a destination, or of a stream of the same account.
    package let destination: String
    /// By which CloudWatch Logs delivers to a stream of the same account, or to a destination that admits an organization.
    package let role: String?
    /// `nil` leaves the choice to AWS, which then takes `byLogStream` even if the filter had another before.
    package let distribution: Distribution?
    /// `@aws.account` and `@aws.region`, as far as they are to be in the events' `extractedFields`.
    package let emittedFields: [String]
    /// Which accounts or Regions a centralized log group's events must come from.
    package let fieldSelectionCriteria: String?
    /// Whether `pattern` sees the events as the group's transformer leaves them, and not as they came.
    package let appliesToTransformedLogs: Bool

    /// `destination` is the ARN of a destination or of a stream of the same account; `role` goes with the latter, or
    /// with a destination that admits an organization. An empty `pattern` takes every event.
    package init(
        name: String, group: String, pattern: String, destination: String, role: String? = nil,
        distribution: Distribution? = nil, emittedFields: [String] = [], fieldSelectionCriteria: String? = nil,
        appliesToTransformedLogs: Bool = false
    ) {
        self.name = name
        self.group = group
        self.pattern = pattern
        self.destination = destination
        self.role = role
        self.distribution = distribution
        self.emittedFields = emittedFields
        self.fieldSelectionCriteria = fieldSelectionCriteria
        self.appliesToTransformedLogs = appliesToTransformedLogs
    }
}

/// A filter on the wire, the same when it is put and when it is described.
struct WireSubscriptionFilter: Codable {
    let logGroupName: String
    let filterName: String
    /// Absent in descriptions of filters that take every event.
    let filterPattern: String?
    let destinationArn: String
    let roleArn: String?
    let distribution: SubscriptionFilter.Distribution?
    let emitSystemFields: [String]?
    let fieldSelectionCriteria: String?
    let applyOnTransformedLogs: Bool?

    init(_ filter: SubscriptionFilter) {
        logGroupName = filter.group
        filterName = filter.name
        filterPattern = filter.pattern
        destinationArn = filter.destination
        roleArn = filter.role
        distribution = filter.distribution
        emitSystemFields = filter.emittedFields.isEmpty ? nil : filter.emittedFields
        fieldSelectionCriteria = filter.fieldSelectionCriteria
        applyOnTransformedLogs = filter.appliesToTransformedLogs ? true : nil
    }

    /// What a description says. AWS's default is told as what it is.
    var described: SubscriptionFilter {
        SubscriptionFilter(
            name: filterName, group: logGroupName, pattern: filterPattern ?? "", destination: destinationArn,
            role: roleArn, distribution: distribution ?? .byLogStream, emittedFields: emitSystemFields ?? [],
            fieldSelectionCriteria: fieldSelectionCriteria,
            appliesToTransformedLogs: applyOnTransformedLogs ?? false)
    }
}
