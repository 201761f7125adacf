import Testing

@testable import AWS

extension SetupFault {
    private static let consumerRemedy = "tailrace policies consumer"

    /// Of our own permissions, as a role that `verify` assumes.
    static let ofReaders: [SetupFault] = [
        SetupFault(
            name: "we may not read",
            cause: { try await $0.becomeReader(lacking: "kinesis:GetRecords") },
            check: .recipient,
            signs: [.fault("reading", "these credentials may not: kinesis:GetRecords at", consumerRemedy)],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not list shards",
            cause: { try await $0.becomeReader(lacking: "kinesis:ListShards") },
            check: .recipient,
            signs: [.fault("reading", "these credentials may not: kinesis:ListShards at", consumerRemedy)],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not decrypt",
            arrange: { $0.recipientOptions = ["--kms-key", try await $0.recipient.createKey()] },
            cause: { try await $0.becomeReader(lacking: "kms:Decrypt") },
            check: .recipient,
            signs: [.fault("reading", "kms:Decrypt", consumerRemedy)],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not look at the role",
            cause: { try await $0.becomeReader(lacking: "iam:GetRole") },
            check: .recipient,
            signs: [.warning("role", "could not be looked at: iam:GetRole at", "verify with others (--profile)")],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not look at the destination",
            cause: { try await $0.becomeReader(lacking: "logs:DescribeDestinations") },
            check: .recipient,
            signs: [.warning("destination", "could not be looked at", "verify with others (--profile)")],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not look at the key",
            arrange: { $0.recipientOptions = ["--kms-key", try await $0.recipient.createKey()] },
            cause: { try await $0.becomeReader(lacking: "kms:DescribeKey") },
            check: .recipient,
            signs: [.warning("key", "could not be looked at", "verify with others (--profile)")],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not look at the stream",
            cause: { try await $0.becomeReader(lacking: "kinesis:DescribeStreamSummary") },
            check: .recipient,
            signs: [.warning("stream", "could not be looked at", "verify with others (--profile)")],
            mend: .byHand { try await $0.grantReader() }),
    ]

    /// Of the log groups that Tailrace writes to.
    static let ofSinks: [SetupFault] = [
        SetupFault(
            name: "the sink's log group is not there and is not to be created",
            cause: { try $0.configure(group: "/central", creates: false) },
            check: .recipient,
            signs: [.fault("sink central", "log group /central is not there, and create is off", "set create: true")],
            mend: .byHand { try await $0.recipient.logs.createLogGroup("/central") }),
        SetupFault(
            name: "we may not write to the sink",
            cause: {
                try $0.configure(group: "/central")
                try await $0.recipient.logs.createLogGroup("/central")
                try await $0.becomeReader(lacking: "logs:PutLogEvents")
            },
            check: .recipient,
            signs: [.fault("sink central", "may not write to /central: logs:PutLogEvents at", consumerRemedy)],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "we may not look at the sink",
            cause: {
                try $0.configure(group: "/central")
                try await $0.becomeReader(lacking: "logs:DescribeLogGroups")
            },
            check: .recipient,
            signs: [
                .warning(
                    "sink central", "whether it feeds itself could not be looked at", "verify once with credentials")
            ],
            mend: .byHand { try await $0.grantReader() }),
        SetupFault(
            name: "the sink's log group sends to the stream again",
            cause: {
                try $0.configure(group: "/central")
                try await $0.recipient.logs.createLogGroup("/central")
                try await $0.recipient.logs.putSubscriptionFilter(
                    SubscriptionFilter(name: "loop", group: "/central", pattern: "", destination: $0.destinationARN))
            },
            check: .recipient,
            signs: [.fault("recursion", "filter loop of /central sends to this stream again", "remove it")],
            mend: .byHand { _ = try await $0.recipient.logs.deleteSubscriptionFilter("loop", of: "/central") }),
        SetupFault(
            name: "a log group of many that the sink writes to sends straight to the stream",
            cause: {
                try $0.configure(group: "/central/{owner}{log-group}")
                try await $0.recipient.logs.createLogGroup("/central/1/app")
                try await $0.recipient.makeRole(
                    "Direct", trust: SetupDocuments.trust(sources: $0.sources($0.recipient.id)),
                    policy: SetupDocuments.allow("kinesis:PutRecord", on: $0.streamARN))
                try await $0.recipient.logs.putSubscriptionFilter(
                    SubscriptionFilter(
                        name: "loop", group: "/central/1/app", pattern: "", destination: $0.streamARN,
                        role: "arn:aws:iam::\($0.recipient.id):role/Direct"))
            },
            check: .recipient,
            signs: [.fault("recursion", "filter loop of /central/1/app", "remove it")],
            mend: .byHand { _ = try await $0.recipient.logs.deleteSubscriptionFilter("loop", of: "/central/1/app") }),
        SetupFault(
            name: "an account policy sends the sink's log group to the stream again",
            cause: {
                try $0.configure(group: "/central")
                try await $0.recipient.logs.createLogGroup("/central")
                try await $0.putLoop(except: "LogGroupName NOT IN [\"noise\"]")
            },
            check: .recipient,
            signs: [
                .fault("recursion", "account policy loop sends to this stream again", "leave those log groups out")
            ],
            mend: .byHand { try await $0.putLoop(except: "LogGroupName NOT IN [\"noise\", \"/central\"]") }),
    ]
}

extension AccountPair {
    /// All that `verify recipient` does.
    private static let readerActions = [
        "kinesis:DescribeStreamSummary", "kinesis:ListTagsForStream", "kinesis:ListShards", "kinesis:GetShardIterator",
        "kinesis:GetRecords", "kms:DescribeKey", "kms:Decrypt", "iam:GetRole", "iam:ListRolePolicies",
        "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "logs:DescribeDestinations", "logs:ListTagsForResource",
        "logs:DescribeLogGroups", "logs:DescribeSubscriptionFilters", "logs:DescribeAccountPolicies",
        "logs:PutLogEvents",
    ]

    /// Has `verify` assume a role that may do all of it but one thing.
    fileprivate mutating func becomeReader(lacking action: String) async throws {
        try await recipient.makeRole(
            "Reader", trust: SetupDocuments.trust(account: recipient.id),
            policy: SetupDocuments.allow(Self.readerActions.filter { $0 != action }, on: "*"))
        verifyOptions += ["--assume-role", "arn:aws:iam::\(recipient.id):role/Reader"]
    }

    fileprivate func grantReader() async throws {
        try await recipient.iam.putRolePolicy(
            SetupDocuments.allow(Self.readerActions, on: "*"), named: "own", on: "Reader")
    }

    /// Settings of a daemon with one sink.
    fileprivate mutating func configure(group: String, creates: Bool = true) throws {
        let path = try bench.file(
            """
            stream: {name: \(Self.stream), region: \(Self.region)}
            sinks:
              central: {log-group: {region: \(Self.region), group: "\(group)", create: \(creates)}}
            """)
        verifyOptions += ["--config", path]
    }

    fileprivate func putLoop(except criteria: String) async throws {
        try await recipient.logs.putAccountPolicy(
            AccountPolicy(
                name: "loop", document: SetupDocuments.accountPolicy(to: destinationARN), selectionCriteria: criteria))
    }
}
