/// An account in a Region: what all names of its resources begin with.
package struct AccountPlace: Hashable, Sendable {
    /// `aws`, `aws-cn`, `aws-us-gov` and the like.
    package let partition: String
    /// Twelve digits.
    package let account: String
    /// Of the destination and the log groups.
    package let region: String

    package init(partition: String, account: String, region: String) {
        self.partition = partition
        self.account = account
        self.region = region
    }

    package func stream(_ name: String, region: String) -> String {
        "arn:\(partition):kinesis:\(region):\(account):stream/\(name)"
    }

    package func role(_ name: String) -> String { "arn:\(partition):iam::\(account):role/\(name)" }

    package func destination(_ name: String) -> String {
        "arn:\(partition):logs:\(region):\(account):destination:\(name)"
    }

    /// With the ending that a source ARN has, and that permissions on what is in the group want.
    package func logGroup(_ name: String) -> String { "arn:\(partition):logs:\(region):\(account):log-group:\(name):*" }

    /// Everything that is CloudWatch Logs in `account` and this Region, as a pattern of source ARNs.
    package func logs(of account: String) -> String { "arn:\(partition):logs:\(region):\(account):*" }
}
