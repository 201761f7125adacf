extension PolicyDocuments {
    /// What whoever runs `tailrace run` or `tailrace replay` may do, and nothing beyond: a statement for each thing done.
    ///
    /// - DescribeStreamSummary: when the stream was made, so that one of the same name made anew is not resumed in the
    ///   middle. ListShards: what there is to read. GetShardIterator, GetRecords: reading it.
    /// - kms:Decrypt: Kinesis decrypts what it hands out with its caller's rights, when the key is a customer's.
    /// - PutLogEvents: delivering. CreateLogStream: always, since every source has a log stream of its own.
    /// - CreateLogGroup: unless the sink says `create: false`. PutRetentionPolicy: where it says `retention-days`.
    ///
    /// What is done to a group is asked of its ARN with or without `:*` behind, depending on the operation's age; both
    /// are given.
    ///
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    package static func consumer(_ needs: ConsumerNeeds) -> PolicyDocument {
        let reading = ["DescribeStreamSummary", "ListShards", "GetShardIterator", "GetRecords"]
        var statements: [PolicyDocument.Statement] = [.allow(reading.map { "kinesis:\($0)" }, on: [needs.stream])]
        if let key = needs.key { statements.append(.allow(["kms:Decrypt"], on: [key])) }
        let onGroups = [
            ("logs:CreateLogGroup", needs.createdGroups.flatMap(withAndWithoutEnding)),
            ("logs:PutRetentionPolicy", needs.groupsWithRetention.flatMap(withAndWithoutEnding)),
            ("logs:CreateLogStream", needs.writtenGroups),
            ("logs:PutLogEvents", needs.writtenGroups.map { "\(withoutEnding($0)):log-stream:*" }),
        ]
        for (action, groups) in onGroups where !groups.isEmpty { statements.append(.allow([action], on: groups)) }
        return PolicyDocument(statements)
    }

    private static func withAndWithoutEnding(_ group: String) -> [String] { [String(withoutEnding(group)), group] }

    private static func withoutEnding(_ group: String) -> Substring {
        group.hasSuffix(":*") ? group.dropLast(2) : group[...]
    }
}
