import Setup
import Testing

/// The documents of the guide's own example, word by word.
@Suite struct PolicyDocumentsTests {
    private let recipient = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")

    @Test func recipientTrust() {
        let document = PolicyDocuments.recipientTrust(for: SenderAccess(accounts: ["111111111111"]), of: recipient)
        #expect(
            document.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},\
                "Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":\
                ["arn:aws:logs:us-east-1:111111111111:*","arn:aws:logs:us-east-1:999999999999:*"]}}}]}
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
}
