import Testing

@testable import Emulator

@Suite struct DestinationTests {
    private static let put =
        #"{"destinationName":"testDestination","targetArn":"\#(LogsBench.stream)","roleArn":"\#(LogsBench.role)"}"#

    @Test func aNewDestinationAndAnUpdateEachSendAControlRecord() async throws {
        let bench = LogsBench()
        let described =
            #"{"destinationName":"testDestination","targetArn":"\#(LogsBench.stream)","roleArn":"\#(LogsBench.role)","#
            + #""arn":"\#(LogsBench.destination)","creationTime":1789333493187}"#
        for _ in 0..<2 {
            let reply = try await bench.call("PutDestination", Self.put, as: LogsBench.recipient)
            #expect(reply == #"{"destination":\#(described)}"#)
        }
        let records = await bench.streams.records
        #expect(records.count == 2)
        #expect(records[0].key == "3e21f5e8240cbb048271af4fdb892a1c")
        #expect(
            records[0].text
                == #"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","#
                + #""subscriptionFilters":[],"logEvents":[{"id":"","timestamp":1789333493187,"#
                + #""message":"CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}"#)
        let list = try await bench.call(
            "DescribeDestinations", #"{"DestinationNamePrefix":"test"}"#, as: LogsBench.recipient)
        #expect(list == #"{"destinations":[\#(described)]}"#)
        #expect(try await bench.call("DescribeDestinations", "{}") == #"{"destinations":[]}"#)
    }

    private static let unreachable =
        "InvalidParameterException: Could not deliver test message to specified destination. Check if the destination is valid."

    @Test(arguments: [
        put.replacing("RecipientStream", with: "Other"), put.replacing("kinesis", with: "firehose"),
        put.replacing("role/", with: "user/"), put.replacing("}", with: #","tags":{"a":"b"}}"#),
    ])
    func aFaultNeverNamesItsCause(body: String) async {
        #expect(await LogsBench().refusal("PutDestination", body, as: LogsBench.recipient) == Self.unreachable)
    }

    @Test func aStreamThatTakesNothingIsNoTarget() async {
        let bench = LogsBench()
        await bench.streams.fail(LogsBench.stream)
        #expect(await bench.refusal("PutDestination", Self.put, as: LogsBench.recipient) == Self.unreachable)
        #expect(
            await bench.refusal("DeleteDestination", #"{"destinationName":"testDestination"}"#, as: LogsBench.recipient)
                != nil)
    }

    private static let malformed =
        "InvalidParameterException: Error occurred while parsing accessPolicy. Please check if the accessPolicy has been "
        + "constructed correctly using IAM grammar."
    private static let organization = #"{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}"#

    @Test(arguments: [
        (LogsBench.policy(principal: #"{"AWS":"111111111111"}"#), nil),
        (LogsBench.policy(principal: #"{"AWS":["111111111111","222222222222"]}"#), nil),
        (LogsBench.policy(principal: #""*""#, condition: organization), nil),
        (LogsBench.policy(principal: #"{"AWS":"*"}"#, condition: organization), nil),
        (LogsBench.policy(principal: #"{"AWS":"111111111111"}"#, action: #""logs:PutLogEvents""#), nil),
        (
            LogsBench.policy(principal: #"{"AWS":"arn:aws:iam::111111111111:root"}"#),
            "InvalidParameterException: Principal section of policy contains ARN instead of account ID: "
                + "arn:aws:iam::111111111111:root"
        ),
        (
            LogsBench.policy(principal: #"{"AWS":"*"}"#),
            "InvalidParameterException: Principal section of policy contains `*` instead of account ID: *"
        ),
        (LogsBench.policy(principal: #""*""#), malformed), ("not JSON", malformed), ("{}", malformed),
        ("[]", malformed),
        (LogsBench.policy(principal: #"{"Service":"logs.amazonaws.com"}"#), malformed),
        (LogsBench.policy(principal: #"{"AWS":111111111111}"#), malformed),
        (LogsBench.policy(principal: #"{"AWS":"1"}"#), malformed),
        (LogsBench.policy(principal: #"{"AWS":"111111111111"}"#, effect: "Maybe"), malformed),
        (
            LogsBench.policy(principal: #""*""#, condition: #"{"StringEquals":{"aws:principalOrgID":"o-1"}}"#),
            "InvalidParameterException: Only 'aws:PrincipalOrgID' and 'aws:PrincipalOrgPaths' condition keys are allowed in "
                + "Condition block of the policy."
        ),
        (LogsBench.policy(principal: #"{"AWS":"111111111111"}"#) + String(repeating: " ", count: 5120), malformed),
    ])
    func policies(policy: String, refusal: String?) async throws {
        let bench = LogsBench()
        try await bench.call("PutDestination", Self.put, as: LogsBench.recipient)
        let answer = await bench.refusal("PutDestinationPolicy", LogsBench.policyCall(policy), as: LogsBench.recipient)
        #expect(answer == refusal)
    }

    @Test func aPolicyNeedsItsDestination() async {
        let policy = LogsBench.policy(principal: #"{"AWS":"111111111111"}"#)
        #expect(
            await LogsBench().refusal("PutDestinationPolicy", LogsBench.policyCall(policy), as: LogsBench.recipient)
                == "InvalidParameterException: Destination with name testDestination does not exist")
    }

    @Test func fromAccountsToAnOrganizationTakesForce() async throws {
        let bench = LogsBench()
        try await bench.openDestination()
        let policy = LogsBench.policy(principal: #""*""#, condition: Self.organization)
        let refusal = await bench.refusal("PutDestinationPolicy", LogsBench.policyCall(policy), as: LogsBench.recipient)
        #expect(
            refusal?.hasPrefix("InvalidParameterException: Cannot update existing policy on Subscription Destination.")
                == true)
        #expect(refusal?.hasSuffix("Use the Force flag to accept this risk.") == true)
        try await bench.putPolicy(policy, force: true)
        try await bench.putPolicy(policy)
        let list = try await bench.call("DescribeDestinations", "{}", as: LogsBench.recipient)
        #expect(
            try JSONDocument(Array(list.utf8)).root["destinations"]?.elements?.first?["accessPolicy"]?.string == policy)
    }
}
