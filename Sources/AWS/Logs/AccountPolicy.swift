/// A subscription filter for all log groups of an account in one Region, those to come as well.
package struct AccountPolicy: Hashable, Sendable {
    package let name: String
    /// JSON: `DestinationArn`, `FilterPattern`, `Distribution`, and `RoleArn` when the destination wants one.
    package let document: String
    /// `LogGroupName NOT IN ["a","b"]`; `nil` for all groups.
    package let selectionCriteria: String?
    /// `ALL` is the only one.
    package let scope: String

    package init(name: String, document: String, selectionCriteria: String? = nil, scope: String = "ALL") {
        self.name = name
        self.document = document
        self.selectionCriteria = selectionCriteria
        self.scope = scope
    }

    /// Account policies are of many types; this program knows one.
    static let type = "SUBSCRIPTION_FILTER_POLICY"
}
