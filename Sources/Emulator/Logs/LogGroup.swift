/// A log group with its streams and subscription filters.
struct LogGroup: Sendable {
    static let classes = ["STANDARD", "INFREQUENT_ACCESS", "DELIVERY", "ESSENTIALS"]

    let name: String
    /// Without the `:*` that `DescribeLogGroups` adds in one of its two members.
    let arn: String
    let created: Int64
    let groupClass: String
    var retentionDays: Int64?
    var streams: [String: LogStream] = [:]
    /// In the order of their names.
    var filters: [SubscriptionFilter] = []
    var deliveries = DeliveryCounts()

    var isStandard: Bool { groupClass == Self.classes[0] }
}
