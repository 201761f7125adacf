import Setup
import Testing

/// The documents of the guide's own example, word by word.
@Suite struct PolicyDocumentsTests {
    private let recipient = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
    private let sender = AccountPlace(partition: "aws", account: "111111111111", region: "us-east-1")

    @Test func recipientTrust() {
        let document = PolicyDocuments.recipientTrust(for: SenderAccess(accounts: ["111111111111"]), of: recipient)
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},\
                "Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":\
                ["arn:aws:logs:us-east-1:111111111111:*","arn:aws:logs:us-east-1:999999999999:*"]}}}]}
                """)
    }

    /// The account itself, and everybody of the organization by a statement of its own.
    @Test func recipientTrustOfAnOrganization() {
        let document = PolicyDocuments.recipientTrust(
            for: SenderAccess(organizations: ["o-1234567890"], paths: ["o-0987654321/r-ab12/*"]), of: recipient)
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},\
                "Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":\
                ["arn:aws:logs:us-east-1:999999999999:*"]}}},\
                {"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"sts:AssumeRole","Condition":\
                {"StringEquals":{"aws:SourceOrgID":["o-0987654321","o-1234567890"]},\
                "StringLike":{"aws:SourceArn":["arn:aws:logs:us-east-1:*:*"]}}}]}
                """)
    }

    /// A recipient that is its own sender is trusted once.
    @Test func recipientThatSendsItself() {
        let document = PolicyDocuments.recipientTrust(for: SenderAccess(accounts: ["999999999999"]), of: recipient)
        #expect(document.statements[0].conditions[0].values == ["arn:aws:logs:us-east-1:999999999999:*"])
    }

    @Test func recipientPermissions() {
        let stream = recipient.stream("RecipientStream", region: "eu-west-1")
        #expect(
            PolicyDocuments.recipientPermissions(stream: stream, key: nil).json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesis:PutRecord",\
                "Resource":"arn:aws:kinesis:eu-west-1:999999999999:stream/RecipientStream"}]}
                """)
        #expect(
            PolicyDocuments.recipientPermissions(stream: stream, key: "arn:aws:kms:eu-west-1:999999999999:key/KEY-ID")
                .json.compact == """
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesis:PutRecord",\
                    "Resource":"arn:aws:kinesis:eu-west-1:999999999999:stream/RecipientStream"},\
                    {"Effect":"Allow","Action":"kms:GenerateDataKey",\
                    "Resource":"arn:aws:kms:eu-west-1:999999999999:key/KEY-ID"}]}
                    """)
    }

    @Test func destinationAccess() {
        let document = PolicyDocuments.destinationAccess(
            SenderAccess(accounts: ["111111111111"]), destination: recipient.destination("testDestination"))
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":["111111111111"]},\
                "Action":"logs:PutSubscriptionFilter",\
                "Resource":"arn:aws:logs:us-east-1:999999999999:destination:testDestination"}]}
                """)
    }

    @Test func destinationAccessOfAnOrganization() {
        let document = PolicyDocuments.destinationAccess(
            SenderAccess(organizations: ["o-1234567890"]), destination: recipient.destination("testDestination"))
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
                "Action":"logs:PutSubscriptionFilter",\
                "Resource":"arn:aws:logs:us-east-1:999999999999:destination:testDestination",\
                "Condition":{"StringEquals":{"aws:PrincipalOrgID":["o-1234567890"]}}}]}
                """)
    }

    @Test func destinationAccessOfPathsAndWholeAccounts() {
        let access = SenderAccess(
            accounts: ["222222222222", "111111111111", "222222222222"],
            paths: ["o-1234567890/r-ab12/ou-ab12-11111111/*"],
            wholeAccounts: true)
        let document = PolicyDocuments.destinationAccess(access, destination: recipient.destination("d"))
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\
                {"AWS":["111111111111","222222222222"]},\
                "Action":["logs:PutAccountPolicy","logs:PutSubscriptionFilter"],\
                "Resource":"arn:aws:logs:us-east-1:999999999999:destination:d"},\
                {"Effect":"Allow","Principal":"*","Action":["logs:PutAccountPolicy","logs:PutSubscriptionFilter"],\
                "Resource":"arn:aws:logs:us-east-1:999999999999:destination:d",\
                "Condition":{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":\
                ["o-1234567890/r-ab12/ou-ab12-11111111/*"]}}}]}
                """)
    }

    @Test func senderTrust() {
        #expect(
            PolicyDocuments.senderTrust.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},\
                "Action":"sts:AssumeRole"}]}
                """)
    }

    @Test func senderPermissions() {
        #expect(
            PolicyDocuments.senderPermissions(groups: [sender.logGroup("CloudTrail")]).json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"logs:PutLogEvents",\
                "Resource":"arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*"}]}
                """)
        #expect(
            PolicyDocuments.senderPermissions(groups: ["b", "a", "b"]).json.compact.hasSuffix(
                #""Resource":["a","b"]}]}"#))
    }

    /// 328 account ids are as many as one policy of 5,120 bytes admits, by a destination of the guide's name.
    @Test func accessPolicyLength() {
        func bytes(_ count: Int) -> Int {
            let ids = (0..<count).map { String(100_000_000_000 + $0) }
            let policy = PolicyDocuments.destinationAccess(
                SenderAccess(accounts: ids), destination: recipient.destination("testDestination"))
            return policy.json.compact.utf8.count
        }
        #expect(bytes(328) <= RecipientGoal.accessPolicyBytesMax)
        #expect(bytes(329) > RecipientGoal.accessPolicyBytesMax)
    }
}
