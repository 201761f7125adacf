import FilterPatterns

@testable import Setup

/// The parameters of both accounts' templates and modules, with the guide's example as what is taken unless said.
extension Parameter {
    private static let rolePattern = "[A-Za-z0-9+=,.@_-]{1,64}"
    private static let groupPattern = "[A-Za-z0-9._/#-]{1,512}"
    /// Fewer than AWS takes, so that a name never has to be escaped.
    private static let namePattern = "[A-Za-z0-9 ._/#+=@-]{1,512}"
    private static let nameConstraint = "1 to 512 letters, digits, blanks and . _ / # + = @ -."

    private static let fieldPattern = SenderGoal.emittedFieldsAllowed.map { $0.replacing(".", with: "[.]") }
        .joined(separator: "|")

    private static let streamName = Parameter(
        "StreamName", .text(pattern: "[A-Za-z0-9_.-]{1,128}"), "RecipientStream",
        "Name of the Kinesis stream. Another name makes another stream.",
        constraint: "1 to 128 letters, digits and _ . -.")
    private static let destinationName = Parameter(
        "DestinationName", .text(pattern: namePattern), "testDestination",
        "Name of the CloudWatch Logs destination.", constraint: nameConstraint)

    static func recipient(senders count: Int?) -> [Parameter] {
        [
            streamName,
            Parameter(
                "StreamMode", .choice(["PROVISIONED", "ON_DEMAND"]), "PROVISIONED",
                "PROVISIONED has a fixed number of shards, ON_DEMAND as many as are needed."),
            Parameter(
                "ShardCount", .number(1...10000), "1",
                "Shards of a provisioned stream. Each takes 1 MiB and 1,000 records a second."),
            Parameter(
                "RetentionHours", .number(24...8760), "24",
                "How long the stream keeps records: the time there is to read them after a breakdown."),
            Parameter(
                "KeyArn", .text(pattern: "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+"), "",
                "ARN of the KMS key that encrypts the stream, which is not encrypted without one.",
                constraint: "A key's ARN, not that of an alias."),
            Parameter(
                "RoleName", .text(pattern: rolePattern), RecipientGoal.roleDefault,
                "Name of the role by which CloudWatch Logs writes to the stream.",
                constraint: "1 to 64 letters, digits and + = , . @ - _."),
            destinationName,
            Parameter(
                "SenderAccounts", .texts(each: "[0-9]{12}", count: count), "",
                "Ids of the accounts that may send"
                    + (count.map { ", at most \($0), with commas and no blanks between them." } ?? "."),
                constraint: "Account ids of 12 digits" + (count.map { ", at most \($0)." } ?? ".")),
            Parameter(
                "OrganizationId", .text(pattern: "o-[a-z0-9]{10,32}"), "",
                "Id of the organization whose accounts may send. Each of them then needs a role of its own.",
                constraint: "An id such as o-1234567890."),
            Parameter(
                "WholeAccounts", .flag, "false",
                "Whether senders may subscribe all their log groups at once, by an account policy."),
        ]
    }

    static let sender = [
        Parameter(
            "DestinationArn", .text(pattern: "arn:aws[a-z-]*:logs:[a-z0-9-]+:[0-9]{12}:destination:[^:*\"\\\\]{1,512}"),
            nil,
            "ARN of the recipient's destination, in the Region of the log groups.",
            constraint: "Such as arn:aws:logs:us-east-1:999999999999:destination:testDestination.")
    ]

    // Has to be given, so that nobody sends a whole account because a word was forgotten.
    static let logGroupName = Parameter(
        "LogGroupName", .text(pattern: "(\(groupPattern))?"), nil,
        "The log group to send. Empty for every log group of the account in this Region, those to come as well.",
        constraint: "1 to 512 letters, digits and . - _ / #.")
    static let logGroups = Parameter(
        "LogGroups", .texts(each: groupPattern, count: nil), nil,
        "The log groups to send. An empty list for every log group of the account in this Region, those to come as well.",
        constraint: "Each of 1 to 512 letters, digits and . - _ / #.")

    static let subscription = [
        Parameter(
            "FilterName", .text(pattern: namePattern), "RecipientStream",
            "Name of the subscription filter, or of the account policy.", constraint: nameConstraint),
        Parameter(
            "FilterPattern", .freeText(charactersMax: FilterPattern.charactersMax), "",
            "Which events are sent, { $.userIdentity.type = Root } for instance; all if it is empty."),
        Parameter(
            "Distribution", .choice(["ByLogStream", "Random"]), "ByLogStream",
            "ByLogStream keeps the order of each log stream, Random spreads it over the shards."),
        Parameter(
            "EmitSystemFields", .texts(each: fieldPattern, count: nil), "",
            "System fields that are sent along, which a subscription of a whole account has none of.",
            constraint: "Of \(SenderGoal.emittedFieldsAllowed.joined(separator: ", "))."),
        Parameter(
            "RoleName", .text(pattern: rolePattern), "",
            "Needed where the destination admits an organization: the name of the role to make, such as "
                + "\(SenderGoal.roleDefault).",
            constraint: "1 to 64 letters, digits and + = , . @ - _."),
        Parameter(
            "ExceptLogGroups", .texts(each: groupPattern, count: nil), "",
            "For a whole account: log groups that are not sent. Name whatever the stream's events are written to, "
                + "or they are sent again without end.",
            constraint: "Each of 1 to 512 letters, digits and . - _ / #."),
    ]
}
