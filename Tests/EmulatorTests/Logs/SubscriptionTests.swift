import Testing

@testable import Emulator

@Suite struct SubscriptionTests {
    private static let notAuthorized =
        "AccessDeniedException: User with accountId: 111111111111 is not authorized to perform: logs:PutSubscriptionFilter on "
        + "resource: \(LogsBench.destination)"
    private static let organization = #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#
    private static let senderRole = #","roleArn":"arn:aws:iam::111111111111:role/R""#

    @Test(
        arguments: [
            (LogsBench.policy(principal: #"{"AWS":["111111111111"]}"#), "", nil, nil),
            (nil, "", nil, notAuthorized),
            (LogsBench.policy(principal: #"{"AWS":"222222222222"}"#), "", nil, notAuthorized),
            (
                LogsBench.policy(principal: #"{"AWS":"111111111111"}"#, action: #"["logs:PutLogEvents"]"#), "", nil,
                notAuthorized
            ),
            (LogsBench.policy(principal: #"{"AWS":"111111111111"}"#, action: #"["logs:*"]"#), "", nil, nil),
            (LogsBench.policy(principal: #""*""#, condition: organization), senderRole, nil, notAuthorized),
            (LogsBench.policy(principal: #""*""#, condition: organization), senderRole, "o-0987654321", notAuthorized),
            (LogsBench.policy(principal: #""*""#, condition: organization), senderRole, "o-1234567890", nil),
            (
                LogsBench.policy(principal: #""*""#, condition: organization), "", "o-1234567890",
                "InvalidParameterException: Role ARN is required when creating subscription filter against destination with "
                    + "Organization access policy"
            ),
            (
                LogsBench.policy(
                    principal: #""*""#,
                    condition: #"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-1234567890/r-1/*"}}"#),
                senderRole, "o-1234567890", nil
            ),
            (
                LogsBench.policy(
                    principal: #""*""#, condition: #"{"StringEquals":{"aws:PrincipalOrgID":"o-12345*"}}"#),
                senderRole, "o-1234567890", notAuthorized
            ),
            (
                LogsBench.policy(
                    principal: #""*""#, condition: #"{"StringLike":{"aws:PrincipalOrgID":"o-12345*"}}"#),
                senderRole, "o-1234567890", nil
            ),
            (
                LogsBench.policy(
                    principal: #"{"AWS":"111111111111"}"#, action: #""LOGS:putsubscriptionfilter""#), "", nil, nil
            ),
            (
                LogsBench.policy(principal: #"{"AWS":"111111111111"}"#, effect: "Deny"), "", nil,
                "AccessDeniedException: User: arn:aws:iam::111111111111:root is not authorized to perform: "
                    + "logs:PutSubscriptionFilter on resource: \(LogsBench.destination) with an explicit deny in a resource-based policy"
            ),
        ] as [(String?, String, String?, String?)])
    func whoMaySubscribe(policy: String?, extra: String, organization: String?, refusal: String?) async throws {
        var settings = LogsSettings()
        settings.organizations[LogsBench.sender] = organization
        let bench = LogsBench(settings: settings)
        try await bench.makeStream()
        let put =
            #"{"destinationName":"testDestination","targetArn":"\#(LogsBench.stream)","roleArn":"\#(LogsBench.role)"}"#
        try await bench.call("PutDestination", put, as: LogsBench.recipient)
        if let policy { try await bench.putPolicy(policy) }
        let body = LogsBench.subscription("f", "", "g", LogsBench.destination, extra)
        #expect(await bench.refusal("PutSubscriptionFilter", body) == refusal)
    }

    @Test(arguments: [
        (
            LogsBench.subscription("f", "", "g", LogsBench.destination + "2"),
            "ResourceNotFoundException: The specified destination does not exist."
        ),
        (LogsBench.subscription("f", "", "h"), "ResourceNotFoundException: The specified log group does not exist."),
        (LogsBench.subscription("f", "ERR*"), "InvalidParameterException: Invalid character(s) in term '*'"),
        (
            LogsBench.subscription("f", "", "g", LogsBench.stream),
            "InvalidParameterException: destinationArn for vendor kinesis cannot be used without roleArn"
        ),
        (
            LogsBench.subscription(
                "f", "", "g", LogsBench.stream + "2", #","roleArn":"arn:aws:iam::111111111111:role/R""#),
            "InvalidParameterException: Could not deliver test message to specified Kinesis stream. Check if the given "
                + "Kinesis stream is in ACTIVE state."
        ),
        (
            LogsBench.subscription("f", "", "g", "arn:aws:sqs:us-east-1:111111111111:q"),
            "InvalidParameterException: PutSubscriptionFilter operation cannot work with destinationArn for vendor sqs"
        ),
        (
            LogsBench.subscription("f", "", "g", LogsBench.destination, #","distribution":"Wrong""#),
            "InvalidParameterException: 1 validation error detected: Value at 'distribution' failed to satisfy constraint: "
                + "Member must satisfy enum value set: [Random, ByLogStream]"
        ),
        (
            LogsBench.subscription("f", "", "cheap"),
            "InvalidOperationException: This operation is only supported on the Standard log class."
        ),
        (
            LogsBench.subscription("f", String(repeating: "x", count: 1025)),
            "InvalidParameterException: 1 validation error detected: Value '\(String(repeating: "x", count: 1025))' at "
                + "'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024"
        ),
    ])
    func refusals(body: String, text: String) async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.call("CreateLogGroup", #"{"logGroupName":"cheap","logGroupClass":"INFREQUENT_ACCESS"}"#)
        try await bench.openDestination()
        #expect(await bench.refusal("PutSubscriptionFilter", body) == text)
    }

    @Test func theRegionsMustBeTheSame() async throws {
        let bench = LogsBench()
        try await bench.openDestination()
        try await bench.call("CreateLogGroup", #"{"logGroupName":"g"}"#, in: "eu-west-1")
        #expect(
            await bench.refusal("PutSubscriptionFilter", LogsBench.subscription(), in: "eu-west-1")
                == "InvalidParameterException: The destination \(LogsBench.destination) must be in the Region of the log "
                + "groups, which is eu-west-1.")
    }

    @Test func aGroupHasSoManyFiltersAndNoMore() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.openDestination()
        for number in 1...5 { try await bench.subscribe("f\(number)") }
        #expect(
            await bench.refusal("PutSubscriptionFilter", LogsBench.subscription("f6"))
                == "LimitExceededException: Resource limit exceeded.")
        try await bench.subscribe("f5", pattern: "changed")
        try await bench.call("DeleteSubscriptionFilter", #"{"logGroupName":"g","filterName":"f1"}"#)
        try await bench.subscribe("f6")
        #expect(
            await bench.refusal("DeleteSubscriptionFilter", #"{"logGroupName":"g","filterName":"f1"}"#)
                == "ResourceNotFoundException: The specified subscription filter does not exist.")
    }

    @Test func aFilterIsDescribedAndReplacedWhole() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.openDestination()
        try await bench.subscribe(extra: #","distribution":"Random","emitSystemFields":["@aws.account"]"#)
        func described(_ pattern: String, _ members: String) -> String {
            #"{"subscriptionFilters":[{"filterName":"f","logGroupName":"g","filterPattern":"\#(pattern)","#
                + #""destinationArn":"\#(LogsBench.destination)",\#(members)"creationTime":1789333493187}]}"#
        }
        let list = #"{"logGroupName":"g","filterNamePrefix":"f"}"#
        #expect(
            try await bench.call("DescribeSubscriptionFilters", list)
                == described(
                    "", #""distribution":"Random","applyOnTransformedLogs":false,"emitSystemFields":["@aws.account"],"#)
        )
        try await bench.subscribe(pattern: "x")
        #expect(
            try await bench.call("DescribeSubscriptionFilters", list)
                == described("x", #""distribution":"ByLogStream","applyOnTransformedLogs":false,"#))
        #expect(await bench.streams.records.count == 1)  // the destination's own: a filter on one sends none
    }

    @Test func fieldSelectionCriteriaAreKeptAndShown() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        try await bench.openDestination()
        func criteria(_ text: String) -> String {
            LogsBench.subscription("f", "", "g", LogsBench.destination, #","fieldSelectionCriteria":"\#(text)""#)
        }
        try await bench.call("PutSubscriptionFilter", criteria(#"@aws.account IN (\"111111111111\")"#))
        let list = try await bench.call("DescribeSubscriptionFilters", #"{"logGroupName":"g"}"#)
        #expect(list.contains(#""fieldSelectionCriteria":"@aws.account IN (\"111111111111\")","creationTime""#))
        #expect(
            await bench.refusal("PutSubscriptionFilter", criteria(String(repeating: "x", count: 2001)))?
                .hasSuffix(
                    "at 'fieldSelectionCriteria' failed to satisfy constraint: Member must have length less than or "
                        + "equal to 2000") == true)
        try await bench.subscribe()
        #expect(
            try await bench.call("DescribeSubscriptionFilters", #"{"logGroupName":"g"}"#).contains("Criteria") == false)
    }

    @Test func aFilterOnAStreamSendsAControlRecordEachTime() async throws {
        let bench = LogsBench()
        try await bench.makeStream()
        for _ in 0..<2 { try await bench.subscribe(to: LogsBench.stream, extra: Self.senderRole) }
        #expect(await bench.streams.records.map(\.key) == Array(repeating: ControlRecord.partitionKey, count: 2))
    }
}
