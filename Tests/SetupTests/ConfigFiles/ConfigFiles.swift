import Foundation
import Settings
import Setup

/// The files below `config/` that are made of what set-up knows.
enum ConfigFiles {
    static let writeVariable = "TAILRACE_WRITE_CONFIG"
    /// For the head of a file.
    static let generated = "Generated: \(writeVariable)=1 swift test --filter ConfigFilesTests"

    static func all() throws -> [(path: String, text: String)] {
        let templates = [
            ("cloudformation/recipient.yaml", CloudFormationTemplates.recipient),
            ("cloudformation/sender.yaml", CloudFormationTemplates.sender),
        ]
        return try policies() + templates + TerraformModules.recipient + TerraformModules.sender
    }

    /// Those of the guide's example, and what running with `config/tailrace.yaml` needs.
    private static func policies() throws -> [(path: String, text: String)] {
        let name = "tailrace.yaml"
        let settings = try TailraceSettings(yaml: String(contentsOf: url(name), encoding: .utf8), file: name)
        let consumer = PolicyDocuments.consumer(ConsumerNeeds(settings, in: GuideExample.recipient))
        let documents =
            GuideExample.documents + [("consumer-polling", consumer)]
        return documents.map { ("policies/\($0).json", $1.json.pretty) }
    }

    static func url(_ path: String) -> URL {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../config")
        return root.appending(path: path).standardized
    }
}

/// The example of AWS's guide.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CrossAccountSubscriptions-Kinesis.html
enum GuideExample {
    static let recipient = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
    static let sender = AccountPlace(partition: "aws", account: "111111111111", region: "us-east-1")
    static let stream = recipient.stream("RecipientStream", region: "us-east-1")
    static let destination = recipient.destination("testDestination")
    static let accounts = SenderAccess(accounts: ["111111111111"])
    static let organization = SenderAccess(organizations: ["o-1234567890"])

    static let documents: [(name: String, document: PolicyDocument)] = [
        ("recipient-trust", PolicyDocuments.recipientTrust(for: accounts, of: recipient)),
        ("recipient-permissions", PolicyDocuments.recipientPermissions(stream: stream, key: nil)),
        ("destination-access", PolicyDocuments.destinationAccess(accounts, destination: destination)),
        (
            "destination-access-organization",
            PolicyDocuments.destinationAccess(organization, destination: destination)
        ),
        ("sender-trust", PolicyDocuments.senderTrust),
        ("sender-permissions", PolicyDocuments.senderPermissions(groups: [sender.logGroup("CloudTrail")])),
    ]
}
