import AWS
import Testing

@Suite struct SubscriptionFilters {
    private static let full = SubscriptionFilter(
        name: "f", group: "/g", pattern: "ERROR", destination: "arn:d", role: "arn:r", distribution: .random,
        emittedFields: ["@aws.account", "@aws.region"], fieldSelectionCriteria: #"@aws.region = "us-east-1""#,
        appliesToTransformedLogs: true)
    private static let fullText =
        #"{"applyOnTransformedLogs":true,"destinationArn":"arn:d","distribution":"Random","#
        + #""emitSystemFields":["@aws.account","@aws.region"],"#
        + #""fieldSelectionCriteria":"@aws.region = \"us-east-1\"","filterName":"f","filterPattern":"ERROR","#
        + #""logGroupName":"/g","roleArn":"arn:r"}"#

    @Test func arePutWhole() async throws {
        let bench = try Bench(.logs, .ok(""))
        try await LogsClient(bench.service).putSubscriptionFilter(Self.full)
        #expect(await bench.sender.bodies == [Self.fullText])
    }

    @Test func areReadAsTheyWerePutAndWithAWSsDefaults() async throws {
        let bare = #"{"filterName":"b","logGroupName":"/g","destinationArn":"arn:d","creationTime":1}"#
        let bench = try Bench(
            .logs, .ok(#"{"subscriptionFilters":[\#(Self.fullText)],"nextToken":"t/1"}"#),
            .ok(#"{"subscriptionFilters":[\#(bare)]}"#))
        let filters = try await LogsClient(bench.service).subscriptionFilters(of: "/g")
        #expect(
            filters == [
                Self.full,
                SubscriptionFilter(
                    name: "b", group: "/g", pattern: "", destination: "arn:d", distribution: .byLogStream),
            ])
        #expect(await bench.sender.operations.first == "DescribeSubscriptionFilters")
        #expect(await bench.sender.bodies == [#"{"logGroupName":"/g"}"#, #"{"logGroupName":"/g","nextToken":"t/1"}"#])
    }

    @Test func ofAGroupThatIsNotThereAreAnError() async throws {
        let bench = try Bench(.logs, .refuse("ResourceNotFoundException"))
        let error = await #expect(throws: AWSError.self) {
            try await LogsClient(bench.service).subscriptionFilters(of: "/g")
        }
        #expect(error?.isNotFound == true)
    }

    @Test func areDeleted() async throws {
        let bench = try Bench(.logs, .ok(""), .refuse("ResourceNotFoundException"))
        let logs = LogsClient(bench.service)
        #expect(try await logs.deleteSubscriptionFilter("f", of: "/g"))
        #expect(try await !logs.deleteSubscriptionFilter("f", of: "/g"))
        #expect(await bench.sender.operations.first == "DeleteSubscriptionFilter")
        #expect(await bench.sender.body(ofRequest: 0) == #"{"filterName":"f","logGroupName":"/g"}"#)
    }
}

@Suite struct AccountPolicies {
    private static let policy = AccountPolicy(
        name: "p", document: #"{"DestinationArn":"arn:d"}"#, selectionCriteria: #"LogGroupName NOT IN ["/a"]"#)

    @Test func arePut() async throws {
        let bench = try Bench(.logs, .ok(#"{"accountPolicy":{}}"#), .ok("{}"))
        let logs = LogsClient(bench.service)
        try await logs.putAccountPolicy(Self.policy)
        try await logs.putAccountPolicy(AccountPolicy(name: "q", document: "{}"))
        #expect(await bench.sender.operations.first == "PutAccountPolicy")
        #expect(
            await bench.sender.bodies == [
                #"{"policyDocument":"{\"DestinationArn\":\"arn:d\"}","policyName":"p","#
                    + #""policyType":"SUBSCRIPTION_FILTER_POLICY","scope":"ALL","#
                    + #""selectionCriteria":"LogGroupName NOT IN [\"/a\"]"}"#,
                #"{"policyDocument":"{}","policyName":"q","policyType":"SUBSCRIPTION_FILTER_POLICY","scope":"ALL"}"#,
            ])
    }

    @Test func areRead() async throws {
        let full =
            #"{"policyName":"p","policyDocument":"{\"DestinationArn\":\"arn:d\"}","accountId":"1","lastUpdatedTime":1,"#
            + #""policyType":"SUBSCRIPTION_FILTER_POLICY","scope":"ALL","#
            + #""selectionCriteria":"LogGroupName NOT IN [\"/a\"]"}"#
        let bench = try Bench(
            .logs, .ok(#"{"accountPolicies":[\#(full)],"nextToken":"t"}"#),
            .ok(#"{"accountPolicies":[{"policyName":"q","policyDocument":"{}"}]}"#))
        #expect(
            try await LogsClient(bench.service).accountPolicies()
                == [Self.policy, AccountPolicy(name: "q", document: "{}")])
        #expect(await bench.sender.operations.first == "DescribeAccountPolicies")
        #expect(
            await bench.sender.bodies == [
                #"{"policyType":"SUBSCRIPTION_FILTER_POLICY"}"#,
                #"{"nextToken":"t","policyType":"SUBSCRIPTION_FILTER_POLICY"}"#,
            ])
    }

    @Test func areDeleted() async throws {
        let bench = try Bench(.logs, .ok(""), .refuse("ResourceNotFoundException"))
        let logs = LogsClient(bench.service)
        #expect(try await logs.deleteAccountPolicy("p"))
        #expect(try await !logs.deleteAccountPolicy("p"))
        #expect(await bench.sender.operations.first == "DeleteAccountPolicy")
        #expect(
            await bench.sender.body(ofRequest: 0)
                == #"{"policyName":"p","policyType":"SUBSCRIPTION_FILTER_POLICY"}"#)
    }
}
