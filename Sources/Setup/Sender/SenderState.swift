package import AWS

/// What a sender's account has of a goal.
package struct SenderState: Hashable, Sendable {
    /// Those of the goal that are there.
    package var groups: [String: GroupState]
    package var accountPolicies: [AccountPolicy]
    package var role: RoleState?
    /// The account's organization, if it was asked for and there is one.
    package var organization: String?
    package var unread = Unread()

    package init(groups: [String: GroupState] = [:], accountPolicies: [AccountPolicy] = [], role: RoleState? = nil) {
        self.groups = groups
        self.accountPolicies = accountPolicies
        self.role = role
    }

    package struct GroupState: Hashable, Sendable {
        /// `STANDARD`, `INFREQUENT_ACCESS`, `DELIVERY`
        package var groupClass: String
        package var filters: [SubscriptionFilter]
        /// Some messages of the last days, for whether the pattern can match what is there.
        package var recentMessages: [String]

        package init(groupClass: String = "STANDARD", filters: [SubscriptionFilter] = [], recentMessages: [String] = [])
        {
            self.groupClass = groupClass
            self.filters = filters
            self.recentMessages = recentMessages
        }

        /// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch_Logs_Log_Classes.html
        var isSubscribable: Bool { groupClass == "STANDARD" }
    }
}
