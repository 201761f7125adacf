@testable import Setup

/// Set-up as CloudFormation templates.
enum CloudFormationTemplates {
    static let recipient = recipientHead + recipientTree.written
    static let sender = senderHead + senderTree.written

    private static let recipientHead = """
        # The recipient's account: a Kinesis stream, a role that may write to it, a destination and who may send there.
        # Needs the account ids of the senders, their organization's id, or both; run it in the senders' Region:
        #   aws cloudformation deploy --stack-name tailrace-recipient --template-file recipient.yaml \\
        #     --capabilities CAPABILITY_NAMED_IAM --parameter-overrides SenderAccounts=111111111111
        # Then give each sender the output DestinationArn, for sender.yaml. The stream outlives its stack.
        # For more than \(Draft.sendersMax) accounts: their organization, the Terraform module, or tailrace setup recipient.
        # \(ConfigFiles.generated)

        """

    private static let senderHead = """
        # A sender's account: sends one log group, or all of them, to a recipient's destination in the same Region.
        # Needs DestinationArn, which the recipient's stack puts out, and RoleName if it admits an organization:
        #   aws cloudformation deploy --stack-name tailrace-sender --template-file sender.yaml \\
        #     --parameter-overrides DestinationArn=... LogGroupName=CloudTrail \\
        #     FilterPattern='{$.userIdentity.type = Root}'
        # With RoleName, also --capabilities CAPABILITY_NAMED_IAM. One stack for each log group.
        # \(ConfigFiles.generated)

        """

    private static func template(_ description: String, _ parameters: [Parameter], _ rest: [YAML.Entry]) -> YAML {
        .map(
            [
                YAML.Entry(key: "AWSTemplateFormatVersion", value: "2010-09-09"),
                YAML.Entry(key: "Description", value: .text(description)),
                YAML.Entry(key: "Parameters", value: .map(parameters.map(\.template))),
            ] + rest)
    }

    private static func role(trust: Draft, permissions: Draft, named policy: String) -> [YAML.Entry] {
        [
            YAML.Entry(key: "RoleName", value: .ref("RoleName")),
            YAML.Entry(key: "AssumeRolePolicyDocument", value: trust.template),
            // In the role itself, so that the role is never there without them.
            YAML.Entry(
                key: "Policies", value: [["PolicyName": .text(policy), "PolicyDocument": permissions.template]]),
        ]
    }
}

// MARK: the recipient

extension CloudFormationTemplates {
    static let recipientTree = template(
        "Receives CloudWatch Logs of other accounts in a Kinesis stream",
        Parameter.recipient(senders: Draft.sendersMax),
        [
            YAML.Entry(
                key: "Rules",
                value: [
                    "SomebodyMaySend": [
                        "Assertions": [
                            [
                                "Assert": .call(
                                    "Not", [.call("And", [isEmpty("SenderAccounts"), isEmpty("OrganizationId")])]),
                                "AssertDescription": "Give SenderAccounts, OrganizationId or both.",
                            ]
                        ]
                    ]
                ]),
            YAML.Entry(key: "Conditions", value: .map(recipientConditions)),
            YAML.Entry(key: "Resources", value: ["Stream": stream, "Role": recipientRole, "Destination": destination]),
            YAML.Entry(key: "Outputs", value: recipientOutputs),
        ])

    private static func isEmpty(_ parameter: String) -> YAML { .call("Equals", [.ref(parameter), ""]) }
    private static func isGiven(_ parameter: String) -> YAML { .call("Not", [isEmpty(parameter)]) }

    private static var recipientConditions: [YAML.Entry] {
        let wishes: [(Wish, YAML)] = [
            (.senderAccounts, isGiven("SenderAccounts")), (.organization, isGiven("OrganizationId")),
            (.wholeAccounts, .call("Equals", [.ref("WholeAccounts"), "true"])), (.key, isGiven("KeyArn")),
        ]
        let senders = (2...Draft.sendersMax).map { number in
            YAML.Entry(
                key: Draft.senderCondition(number),
                value: .call("Not", [.call("Equals", [Draft.sender(number), ""])]))
        }
        return [YAML.Entry(key: "IsProvisioned", value: .call("Equals", [.ref("StreamMode"), "PROVISIONED"]))]
            + wishes.map { YAML.Entry(key: $0.condition, value: $1) } + senders
    }

    private static let stream: YAML = [
        "Type": "AWS::Kinesis::Stream",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": [
            "Name": .ref("StreamName"),
            "StreamModeDetails": ["StreamMode": .ref("StreamMode")],
            "ShardCount": .condition("IsProvisioned", .ref("ShardCount"), .noValue),
            "RetentionPeriodHours": .ref("RetentionHours"),
            "StreamEncryption": .condition(
                Wish.key.condition, ["EncryptionType": "KMS", "KeyId": .ref("KeyArn")], .noValue),
        ],
    ]

    private static let recipientRole: YAML = [
        "Type": "AWS::IAM::Role",
        "Properties": .map(
            role(
                trust: DraftedDocuments.recipientTrust, permissions: DraftedDocuments.recipientPermissions,
                named: RecipientGoal.permissionsName)),
    ]

    private static let destination: YAML = [
        "Type": "AWS::Logs::Destination",
        "Properties": [
            "DestinationName": .ref("DestinationName"),
            "TargetArn": .attribute("Stream.Arn"),
            "RoleArn": .attribute("Role.Arn"),
            "DestinationPolicy": DraftedDocuments.destinationAccess.templateText,
        ],
    ]

    private static let recipientOutputs: YAML = [
        "DestinationArn": ["Description": "What each sender needs.", "Value": .attribute("Destination.Arn")],
        "StreamArn": ["Description": "What Tailrace reads.", "Value": .attribute("Stream.Arn")],
    ]
}

// MARK: a sender

extension CloudFormationTemplates {
    static let senderTree = template(
        "Sends CloudWatch Logs to a destination of another account",
        Parameter.sender + [Parameter.logGroupName] + Parameter.subscription,
        [
            YAML.Entry(
                key: "Conditions",
                value: [
                    Wish.logGroups.condition: isGiven("LogGroupName"),
                    "HasWholeAccount": isEmpty("LogGroupName"),
                    Wish.role.condition: isGiven("RoleName"),
                    "HasSystemFields": hasMembers("EmitSystemFields"),
                    "HasExceptions": hasMembers("ExceptLogGroups"),
                ]),
            YAML.Entry(
                key: "Resources",
                value: ["Role": senderRole, "SubscriptionFilter": subscriptionFilter, "AccountPolicy": accountPolicy]),
            YAML.Entry(key: "Outputs", value: senderOutputs),
        ])

    private static func hasMembers(_ list: String) -> YAML {
        .call("Not", [.call("Equals", [.join("", .ref(list)), ""])])
    }

    private static let senderRole: YAML = [
        "Type": "AWS::IAM::Role",
        "Condition": .text(Wish.role.condition),
        "Properties": .map(
            role(
                trust: DraftedDocuments.senderTrust, permissions: DraftedDocuments.senderPermissions,
                named: SenderGoal.permissionsName)),
    ]

    private static let subscriptionFilter: YAML = [
        "Type": "AWS::Logs::SubscriptionFilter",
        "Condition": .text(Wish.logGroups.condition),
        "Properties": [
            "LogGroupName": .ref("LogGroupName"),
            "FilterName": .ref("FilterName"),
            "FilterPattern": .ref("FilterPattern"),
            "DestinationArn": .ref("DestinationArn"),
            "RoleArn": .condition(Wish.role.condition, .attribute("Role.Arn"), .noValue),
            "Distribution": .ref("Distribution"),
            "EmitSystemFields": .condition("HasSystemFields", .ref("EmitSystemFields"), .noValue),
        ],
    ]

    private static let accountPolicy: YAML = [
        "Type": "AWS::Logs::AccountPolicy",
        "Condition": "HasWholeAccount",
        "Properties": [
            "PolicyName": .ref("FilterName"),
            "PolicyType": "SUBSCRIPTION_FILTER_POLICY",
            "Scope": "ALL",
            "PolicyDocument": DraftedDocuments.wholeAccount.templateText,
            "SelectionCriteria": .condition(
                "HasExceptions", DraftedDocuments.criteria.templateBareText, .noValue),
        ],
    ]

    private static let senderOutputs: YAML = [
        "RoleArn": [
            "Condition": .text(Wish.role.condition),
            "Description": "By which CloudWatch Logs sends.",
            "Value": .attribute("Role.Arn"),
        ]
    ]
}
