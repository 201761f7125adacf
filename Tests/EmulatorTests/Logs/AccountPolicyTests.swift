import Testing

@testable import Emulator

@Suite struct AccountPolicies {
    private static let both = #"["logs:PutSubscriptionFilter","logs:PutAccountPolicy"]"#
    private static let document = #"{"DestinationArn":"\#(LogsBench.destination)","FilterPattern":"ERROR"}"#
    private static let organization = #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#

    /// A destination that lets the sender in for both actions, or for `actions`.
    private func opened(
        actions: String = both, principal: String = #"{"AWS":"111111111111"}"#, condition: String? = nil
    ) async throws -> LogsBench {
        var settings = LogsSettings()
        settings.organizations[LogsBench.sender] = "o-1234567890"
        let bench = LogsBench(settings: settings)
        try await bench.call(
            "PutDestination",
            #"{"destinationName":"testDestination","targetArn":"\#(LogsBench.stream)","roleArn":"\#(LogsBench.role)"}"#,
            as: LogsBench.recipient)
        try await bench.putPolicy(
            LogsBench.policy(principal: principal, action: actions, condition: condition))
        return bench
    }

    private static func put(
        _ name: String = "p", _ document: String = document, criteria: String? = nil, extra: String = ""
    ) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("policyName", name)
            writer.member("policyDocument", document)
            writer.member("selectionCriteria", criteria)
        }
        return String(decoding: writer.bytes.dropLast(), as: UTF8.self)
            + #","policyType":"SUBSCRIPTION_FILTER_POLICY"\#(extra)}"#
    }

    private static let list = #"{"policyType":"SUBSCRIPTION_FILTER_POLICY"}"#

    @Test func itIsDescribedAsItWasPutUntilItIsDeleted() async throws {
        let bench = try await opened()
        let criteria = #"LogGroupName NOT IN ["a","b"]"#
        let reply = try await bench.call("PutAccountPolicy", Self.put(criteria: criteria, extra: #","scope":"ALL""#))
        let policy = try JSONDocument(Array(reply.utf8)).root["accountPolicy"]
        #expect(policy?["policyName"]?.string == "p")
        #expect(policy?["policyDocument"]?.string == Self.document)
        #expect(policy?["selectionCriteria"]?.string == criteria)
        #expect(policy?["scope"]?.string == "ALL" && policy?["accountId"]?.string == LogsBench.sender)
        #expect(policy?["lastUpdatedTime"]?.integer == LogsBench.now)
        let shown = String(reply.dropFirst(#"{"accountPolicy":"#.utf8.count).dropLast())
        #expect(try await bench.call("DescribeAccountPolicies", Self.list) == #"{"accountPolicies":[\#(shown)]}"#)

        #expect(
            try await bench.call("DescribeAccountPolicies", Self.list, in: "eu-west-1") == #"{"accountPolicies":[]}"#)
        let named = #"{"policyType":"SUBSCRIPTION_FILTER_POLICY","policyName":"q"}"#
        let missing = "ResourceNotFoundException: The specified account policy does not exist."
        #expect(await bench.refusal("DescribeAccountPolicies", named) == missing)
        #expect(await bench.refusal("DeleteAccountPolicy", named) == missing)
        try await bench.call("DeleteAccountPolicy", named.replacing(#""q""#, with: #""p""#))
        #expect(try await bench.call("DescribeAccountPolicies", Self.list) == #"{"accountPolicies":[]}"#)
    }

    @Test func thereIsOneForAnAccountInARegionAndItCanBeChanged() async throws {
        let bench = try await opened()
        try await bench.call("PutAccountPolicy", Self.put())
        try await bench.call("PutAccountPolicy", Self.put(criteria: "LogGroupName NOT IN []"))
        #expect(
            await bench.refusal("PutAccountPolicy", Self.put("q")) == "LimitExceededException: Resource limit exceeded."
        )
    }

    @Test func itDeliversEveryGroupButThoseItLeavesOut() async throws {
        let bench = try await opened()
        for group in ["before", "left", "cheap"] {
            let groupClass = group == "cheap" ? "INFREQUENT_ACCESS" : "STANDARD"
            try await bench.call("CreateLogGroup", #"{"logGroupName":"\#(group)","logGroupClass":"\#(groupClass)"}"#)
            try await bench.makeStream(group)
        }
        try await bench.call("PutAccountPolicy", Self.put(criteria: #"LogGroupName NOT IN [ "left", "other" ]"#))
        try await bench.makeStream("later")
        for group in ["before", "left", "cheap", "later"] { try await bench.put(["ERROR 1", "fine"], group: group) }
        let payloads = try await bench.streams.data.map { try JSONDocument(Array($0.text.utf8)).root }
        #expect(payloads.map { $0["logGroup"]?.string } == ["before", "later"])
        for payload in payloads {
            #expect(payload["subscriptionFilters"]?.elements?.map(\.string) == ["p"])
            #expect(payload["policyLevel"]?.string == "ACCOUNT_LEVEL_POLICY")
            #expect(payload["logEvents"]?.elements?.map { $0["message"]?.string } == ["ERROR 1"])
        }
        try await bench.call(
            "DeleteAccountPolicy", #"{"policyName":"p","policyType":"SUBSCRIPTION_FILTER_POLICY"}"#)
        try await bench.put(["ERROR 2"], group: "later")
        #expect(await bench.streams.data.count == 2)
    }

    @Test func itDeliversBesideTheGroupsOwnFilters() async throws {
        let bench = try await opened()
        try await bench.makeStream()
        for number in 1...5 { try await bench.subscribe("f\(number)") }
        try await bench.call("PutAccountPolicy", Self.put())
        try await bench.put(["ERROR"])
        let names = try await bench.streams.data.map { record in
            try JSONDocument(Array(record.text.utf8)).root["subscriptionFilters"]?.elements?.first?.string
        }
        #expect(names == ["f1", "f2", "f3", "f4", "f5", "p"])
        let shown = try await bench.call("DescribeSubscriptionFilters", #"{"logGroupName":"g"}"#)
        #expect(!shown.contains(#""p""#))
        await bench.streams.fail(LogsBench.stream)
        try await bench.put(["ERROR"])
        let counts = await bench.service.deliveries(ofGroup: "g", account: LogsBench.sender, region: LogsBench.region)
        #expect(counts?.events == 6 && counts?.failedEvents == 6)
    }

    private static func notAuthorized(_ action: String) -> String {
        "AccessDeniedException: User with accountId: 111111111111 is not authorized to perform: logs:\(action) on resource: "
            + LogsBench.destination
    }

    @Test(arguments: [
        (both, nil), (#""logs:*""#, nil),
        (#""logs:PutSubscriptionFilter""#, notAuthorized("PutAccountPolicy")),
        (#""logs:PutAccountPolicy""#, notAuthorized("PutSubscriptionFilter")),
    ])
    func theDestinationMustAllowBothActions(actions: String, refusal: String?) async throws {
        #expect(try await opened(actions: actions).refusal("PutAccountPolicy", Self.put()) == refusal)
    }

    @Test func anOrganizationAsksForARole() async throws {
        let bench = try await opened(principal: #""*""#, condition: Self.organization)
        #expect(
            await bench.refusal("PutAccountPolicy", Self.put())
                == "InvalidParameterException: Role ARN is required when creating subscription filter against destination "
                + "with Organization access policy")
        let document = Self.document.replacing("}", with: #","RoleArn":"arn:aws:iam::111111111111:role/R"}"#)
        #expect(await bench.refusal("PutAccountPolicy", Self.put("p", document)) == nil)
    }

    private static let criteria =
        "InvalidParameterException: The only selectionCriteria filter supported for a policy of type "
        + "SUBSCRIPTION_FILTER_POLICY is LogGroupName NOT IN []"

    @Test(arguments: [
        #"LogGroupNamePrefix = "a""#, #"LogGroupName IN ["a"]"#, "LogGroupName NOT IN a", "", "LogGroupName NOT IN [1]",
        #"LogGroupName NOT IN ["a"] "b""#,
    ])
    func noOtherCriteriaAreTaken(text: String) async throws {
        #expect(try await opened().refusal("PutAccountPolicy", Self.put(criteria: text)) == Self.criteria)
    }

    @Test func criteriaAreLimited() async throws {
        let bench = try await opened()
        func refusal(bytes: Int) async -> String? {
            let name = String(repeating: "x", count: bytes - "LogGroupName NOT IN []".utf8.count - 2)
            return await bench.refusal("PutAccountPolicy", Self.put(criteria: #"LogGroupName NOT IN ["\#(name)"]"#))
        }
        #expect(await refusal(bytes: 25 * 1024) == nil)
        #expect(
            await refusal(bytes: 25 * 1024 + 1)
                == "InvalidParameterException: selectionCriteria can be up to 25KB in length.")
    }

    @Test(arguments: [
        (put("aws/p"), "policyName cannot start with aws/."),
        (put("p", "no"), "policyDocument is not a valid JSON object."),
        (put("p", "{}"), "policyDocument must have a DestinationArn."),
        (
            put("p", document.replacing("}", with: #","Distribution":"Even"}"#)),
            "Distribution in policyDocument must be one of [Random, ByLogStream]."
        ),
        (
            put("p", document.replacing("FilterPattern", with: "Pattern")),
            "policyDocument has a member that is not known: Pattern"
        ),
        (put("p", document.replacing(#""ERROR""#, with: "1")), "FilterPattern in policyDocument must be a string."),
        (put("p", document.replacing("ERROR", with: "ERR*")), "Invalid character(s) in term '*'"),
        (
            put("p", document.replacing("}", with: String(repeating: " ", count: 30_720) + "}")),
            "policyDocument can be up to 30720 characters long."
        ),
        (
            put("p", document.replacing("testDestination", with: "none")),
            nil
        ),
        (put(extra: #","dryRun":true"#), "dryRun is valid only for RETENTION_POLICY."),
        (
            put(extra: #","scope":"SOME""#),
            "1 validation error detected: Value at 'scope' failed to satisfy constraint: Member must satisfy enum value "
                + "set: [ALL]"
        ),
    ])
    func refusals(body: String, text: String?) async throws {
        let expected =
            text.map { "InvalidParameterException: \($0)" }
            ?? "ResourceNotFoundException: The specified destination does not exist."
        #expect(try await opened().refusal("PutAccountPolicy", body) == expected)
    }

    @Test func otherRegionsDestinationsAreRefused() async throws {
        let refusal = try await opened().refusal("PutAccountPolicy", Self.put(), in: "eu-west-1")
        #expect(refusal?.contains("must be in the Region of the log groups, which is eu-west-1") == true)
    }
}
