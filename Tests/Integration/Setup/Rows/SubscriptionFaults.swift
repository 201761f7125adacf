import Testing

@testable import AWS

extension SetupFault {
    private static let filter = "subscription filter RecipientStream of CloudTrail"
    private static let policy = "account policy everything"

    /// Of a sender's log group.
    static let ofFilters: [SetupFault] = [
        SetupFault(
            name: "the log group is deleted",
            cause: { try await $0.sender.logs("DeleteLogGroup", ["logGroupName": AccountPair.group]) },
            check: .sender,
            signs: [.fault("log group CloudTrail", "is not there (account 1", "create it, or correct its name")],
            mend: .byHand {
                try await $0.sender.logs.createLogGroup(AccountPair.group)
                _ = try await $0.setup(.sender, ["--yes"])
            }),
        SetupFault(
            name: "the log group is of a class that cannot be subscribed",
            cause: {
                try await $0.sender.logs("DeleteLogGroup", ["logGroupName": AccountPair.group])
                try await $0.sender.logs(
                    "CreateLogGroup", ["logGroupName": AccountPair.group, "logGroupClass": "INFREQUENT_ACCESS"])
            },
            check: .sender,
            signs: [
                .fault(
                    "log group CloudTrail", "is of class INFREQUENT_ACCESS", "subscribe a log group of class STANDARD")
            ],
            mend: .byHand {
                try await $0.sender.logs("DeleteLogGroup", ["logGroupName": AccountPair.group])
                try await $0.sender.logs.createLogGroup(AccountPair.group)
                _ = try await $0.setup(.sender, ["--yes"])
            }),
        SetupFault(
            name: "the filter is removed",
            cause: {
                _ = try await $0.sender.logs.deleteSubscriptionFilter(AccountPair.filter, of: AccountPair.group)
            },
            check: .sender,
            signs: [.fault(filter, "is not there", "tailrace setup sender --log-group CloudTrail")],
            mend: .setup(.sender, "--log-group CloudTrail")),
        SetupFault(
            name: "the filter has another name",
            cause: {
                _ = try await $0.sender.logs.deleteSubscriptionFilter(AccountPair.filter, of: AccountPair.group)
                try await $0.putFilter(named: "by-hand")
            },
            check: .sender,
            signs: [.fault(filter, "is not there; there are by-hand", "name it by --filter by-hand")],
            mend: .byHand { $0.subscription += ["--filter", "by-hand"] }),
        SetupFault(
            name: "another filter sends the same to the same destination",
            cause: { try await $0.putFilter(named: "twin") },
            check: .sender,
            signs: [.warning(filter, "filter twin sends to this destination, too", "--filter-name twin")],
            mend: .byHand { _ = try await $0.sender.logs.deleteSubscriptionFilter("twin", of: AccountPair.group) }),
        SetupFault(
            name: "the filter is removed, and its pattern matches nothing of what is there",
            cause: {
                _ = try await $0.sender.logs.deleteSubscriptionFilter(AccountPair.filter, of: AccountPair.group)
                try await $0.log(#"{"user":{"name":"alice"}}"#)
            },
            check: .sender,
            signs: [.fault(filter, "is not there", "tailrace setup sender --log-group CloudTrail --force")],
            mend: .byHand {
                _ = try await $0.setup(.sender, ["--force", "--yes"])
                try await $0.log(#"{"userIdentity":{"type":"Root"}}"#)
            }),
        SetupFault(
            name: "the filter emits no fields although some were asked for",
            arrange: { $0.subscription += ["--emit-field", "@aws.account"] },
            cause: { try await $0.putFilter() },
            check: .sender,
            signs: [
                .fault(filter, "emits none, not @aws.account", "tailrace setup sender --log-group CloudTrail")
            ],
            mend: .setup(.sender, "--log-group CloudTrail")),
        SetupFault(
            name: "a role that nobody asked for is no fault",
            cause: {
                try await $0.sender.makeRole(
                    "Other", trust: SetupDocuments.trust(sources: $0.sources($0.sender.id)),
                    policy: SetupDocuments.allow("logs:PutLogEvents", on: "*"))
                try await $0.putFilter(role: "arn:aws:iam::\($0.sender.id):role/Other")
            },
            check: .sender, signs: [], mend: .nothing),
        SetupFault(
            name: "the filter has another pattern",
            cause: { try await $0.putFilter(pattern: "ERROR") },
            check: .sender,
            signs: [
                .fault(
                    filter, #"has the pattern "ERROR", not "{$.userIdentity.type = Root}""#,
                    "tailrace setup sender --log-group CloudTrail")
            ],
            mend: .setup(.sender, "--log-group CloudTrail")),
        SetupFault(
            name: "the filter sends to another destination",
            cause: { accounts in
                _ = try await accounts.recipient.logs.putDestination(
                    "other", target: accounts.streamARN, role: accounts.roleARN)
                try await accounts.recipient.logs.putDestinationPolicy(
                    SetupDocuments.access(accounts.sender.id, to: accounts.destination("other")), on: "other")
                try await accounts.putFilter(destination: accounts.destination("other"))
            },
            check: .sender,
            signs: [
                .fault(
                    filter, "destination:other, not arn:aws:logs:",
                    "tailrace setup sender --log-group CloudTrail --adopt")
            ],
            mend: .setup(.sender, "--log-group CloudTrail --adopt")),
        SetupFault(
            name: "the filter spreads what it sends",
            cause: { try await $0.putFilter(distribution: .random) },
            check: .sender,
            signs: [
                .warning(filter, "at random", "tailrace setup sender --distribution by-log-stream")
            ],
            mend: .setup(.sender, "--distribution by-log-stream")),
        SetupFault(
            name: "the pattern matches nothing of what is there",
            arrange: { $0.subscription = ["--log-group", AccountPair.group, "--filter", AccountPair.filter] },
            cause: { accounts in
                accounts.subscription += ["--pattern", unequal]
                try await accounts.putFilter(pattern: unequal)
                // The test event of an earlier proof matches, and proves nothing of others.
                _ = try await accounts.verify(.pathOfEvent)
                try await accounts.log(#"{"user":{"name":"alice"}}"#)
            },
            check: .sender,
            signs: [.warning(filter, "$.user.type", "change the pattern if such events are meant")],
            mend: .byHand { try await $0.log(#"{"user":{"type":"Root"}}"#) }),
        SetupFault(
            name: "log groups are in another Region than the destination",
            cause: { $0.verifyOptions = ["--region", "eu-west-1"] },
            check: .sender,
            signs: [
                .fault(
                    "rules", "cannot send to a destination in us-east-1", "correct what was asked for")
            ],
            mend: .byHand { $0.verifyOptions = [] }),
        SetupFault(
            name: "the pattern is none",
            cause: { $0.subscription[$0.subscription.count - 1] = "{$.a" },
            check: .sender,
            signs: [.fault("rules", "the pattern {$.a is none", "correct what was asked for")],
            mend: .byHand { $0.subscription[$0.subscription.count - 1] = AccountPair.pattern }),
    ]

    private static let unequal = "{$.user.type != Service}"

    /// Of a sender's whole account.
    static let ofAccountPolicies: [SetupFault] = [
        SetupFault(
            name: "the account policy is removed",
            arrange: { $0.subscribeAccount() },
            cause: { _ = try await $0.sender.logs.deleteAccountPolicy("everything") },
            check: .sender,
            signs: [.fault(policy, "is not there (account 1", "tailrace setup sender --account-policy everything")],
            mend: .setup(.sender, "--account-policy everything")),
        SetupFault(
            name: "the account policy has another name",
            arrange: { $0.subscribeAccount() },
            cause: {
                _ = try await $0.sender.logs.deleteAccountPolicy("everything")
                try await $0.putPolicy(named: "by-hand")
            },
            check: .sender,
            signs: [
                .fault(policy, "there is by-hand, and AWS takes one", "tailrace setup sender --account-policy by-hand")
            ],
            mend: .byHand { $0.subscription += ["--account-policy", "by-hand"] }),
        SetupFault(
            name: "the account policy sends to another destination",
            arrange: { $0.subscribeAccount() },
            cause: { accounts in
                _ = try await accounts.recipient.logs.putDestination(
                    "other", target: accounts.streamARN, role: accounts.roleARN)
                try await accounts.recipient.logs.putDestinationPolicy(
                    SetupDocuments.access(accounts.sender.id, to: accounts.destination("other"), action: "logs:Put*"),
                    on: "other")
                try await accounts.putPolicy(destination: accounts.destination("other"))
            },
            check: .sender,
            signs: [.fault(policy, "destination:other, not arn:aws:logs:", "--account-policy everything --adopt")],
            mend: .setup(.sender, "--account-policy everything --adopt")),
        SetupFault(
            name: "the account policy leaves no log group out",
            arrange: { $0.subscribeAccount() },
            cause: { try await $0.putPolicy(criteria: nil) },
            check: .sender,
            signs: [
                .fault(policy, #"chooses every log group, not LogGroupName NOT IN ["noise"]"#, "tailrace setup sender")
            ],
            mend: .setup(.sender, "--account-policy everything")),
        SetupFault(
            name: "the same criteria with other blanks are no others",
            arrange: { $0.subscribeAccount() },
            cause: { try await $0.putPolicy(criteria: #"LogGroupName  NOT IN [ "noise" ]"#) },
            check: .sender, signs: [], mend: .nothing),
        SetupFault(
            name: "the account policy has another pattern",
            arrange: {
                $0.subscribeAccount()
                $0.subscription += ["--pattern", ""]
            },
            cause: { try await $0.putPolicy(pattern: "ERROR") },
            check: .sender,
            signs: [.fault(policy, #"has the pattern "ERROR", not """#, "tailrace setup sender")],
            mend: .setup(.sender, "--account-policy everything")),
    ]
}
