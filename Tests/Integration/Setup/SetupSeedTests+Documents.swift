import Foundation
import Testing

@testable import AWS

// What is there afterwards, under the names and by the words of the guide.
extension ProgramTests.SetupSeed {
    @Test func everythingIsAsTheGuideHasIt() async throws {
        try await TwoAccounts.with { accounts in
            let output = try await setUp(accounts, admitting: .account)
            #expect(
                output == """
                    destination: arn:aws:logs:us-east-1:999999999999:destination:testDestination
                    sender 111111111111: tailrace setup sender --destination \
                    arn:aws:logs:us-east-1:999999999999:destination:testDestination --log-group LOG-GROUP

                    """)
            try await expectGuidesRole(accounts)
            try await expectGuidesDestination(accounts)
            try await expectGuidesFilter(accounts)
        }
    }

    private func expectGuidesRole(_ accounts: TwoAccounts) async throws {
        try await expectRole(
            "CWLtoKinesisRole", of: .recipient, accounts,
            trust: """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"Service": "logs.amazonaws.com"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringLike": {"aws:SourceArn": [
                        "arn:aws:logs:us-east-1:111111111111:*", "arn:aws:logs:us-east-1:999999999999:*"
                    ]}}
                }]}
                """,
            "Permissions-Policy-For-CWL",
            """
            {"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": "kinesis:PutRecord",
                "Resource": "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"
            }]}
            """)
    }

    private func expectGuidesDestination(_ accounts: TwoAccounts) async throws {
        try await expectDestination(
            accounts,
            policy: """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": ["111111111111"]}, "Action": "logs:PutSubscriptionFilter",
                    "Resource": "arn:aws:logs:us-east-1:999999999999:destination:testDestination"
                }]}
                """)
    }

    private func expectGuidesFilter(_ accounts: TwoAccounts) async throws {
        try await expectFilter(
            accounts,
            """
            {
                "filterName": "RecipientStream", "logGroupName": "CloudTrail",
                "filterPattern": "{$.userIdentity.type = Root}",
                "destinationArn": "arn:aws:logs:us-east-1:999999999999:destination:testDestination",
                "distribution": "ByLogStream", "applyOnTransformedLogs": false
            }
            """)
    }

    /// Where an organization is admitted, the sender has a role of its own.
    @Test func anOrganizationIsAsTheGuideHasIt() async throws {
        try await TwoAccounts.with { accounts in
            try await setUp(accounts, admitting: .organization)
            try await expectDestination(
                accounts,
                policy: """
                    {"Version": "2012-10-17", "Statement": [{
                        "Effect": "Allow", "Principal": "*", "Action": "logs:PutSubscriptionFilter",
                        "Resource": "arn:aws:logs:us-east-1:999999999999:destination:testDestination",
                        "Condition": {"StringEquals": {"aws:PrincipalOrgID": ["o-1234567890"]}}
                    }]}
                    """)
            try await expectRole(
                "CWLtoSubscriptionFilterRole", of: .sender, accounts,
                trust: """
                    {"Version": "2012-10-17", "Statement": [{
                        "Effect": "Allow", "Principal": {"Service": "logs.amazonaws.com"}, "Action": "sts:AssumeRole"
                    }]}
                    """,
                "Permissions-Policy-For-CWL-Subscription-filter",
                """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Action": "logs:PutLogEvents",
                    "Resource": "arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*"
                }]}
                """)
            try await expectFilter(
                accounts,
                """
                {
                    "filterName": "RecipientStream", "logGroupName": "CloudTrail",
                    "filterPattern": "{$.userIdentity.type = Root}",
                    "destinationArn": "arn:aws:logs:us-east-1:999999999999:destination:testDestination",
                    "roleArn": "arn:aws:iam::111111111111:role/CWLtoSubscriptionFilterRole",
                    "distribution": "ByLogStream", "applyOnTransformedLogs": false
                }
                """)
        }
    }

    private func expectRole(
        _ name: String, of side: TwoAccounts.Side, _ accounts: TwoAccounts, trust: String, _ policyName: String,
        _ policy: String
    ) async throws {
        let named = (name: "RoleName", value: name)
        let role = try #require(try await accounts.iam("GetRole", [named], as: side)?["Role"])
        #expect(role["Arn"]?.text == "arn:aws:iam::\(side.account):role/\(name)")
        let trusted = try #require(role["AssumeRolePolicyDocument"]?.text.removingPercentEncoding)
        #expect(try PlainJSON.text(trusted) == PlainJSON.text(trust))
        let reply = try await accounts.iam("GetRolePolicy", [named, (name: "PolicyName", value: policyName)], as: side)
        let allowed = try #require(reply?["PolicyDocument"]?.text.removingPercentEncoding)
        #expect(try PlainJSON.text(allowed) == PlainJSON.text(policy))
    }

    private func expectDestination(_ accounts: TwoAccounts, policy: String) async throws {
        let reply = try await accounts.call(.logs, "DescribeDestinations", "{}", as: .recipient)
        #expect(
            try PlainJSON.text(reply)
                == PlainJSON.text(
                    """
                    {"destinations": [{
                        "destinationName": "testDestination",
                        "targetArn": "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream",
                        "roleArn": "arn:aws:iam::999999999999:role/CWLtoKinesisRole",
                        "accessPolicy": \(policy),
                        "arn": "arn:aws:logs:us-east-1:999999999999:destination:testDestination"
                    }]}
                    """))
    }

    private func expectFilter(_ accounts: TwoAccounts, _ filter: String) async throws {
        let reply = try await accounts.call(
            .logs, "DescribeSubscriptionFilters", #"{"logGroupName":"CloudTrail"}"#, as: .sender)
        #expect(try PlainJSON.text(reply) == PlainJSON.text(#"{"subscriptionFilters":[\#(filter)]}"#))
    }
}
