import Setup
import Testing

/// A policy grows by what is needed and loses nothing.
@Suite struct PolicyMergingTests {
    private static let virginia = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
    private static let oregon = AccountPlace(partition: "aws", account: "999999999999", region: "us-west-2")
    private static let key = "arn:aws:kms:us-east-1:999999999999:key/k"
    private static let foreign = PolicyDocument([.allow(["s3:GetObject"], on: ["arn:aws:s3:::bucket/*"])])

    private static func trust(_ access: SenderAccess, _ place: AccountPlace = virginia) -> PolicyDocument {
        PolicyDocuments.recipientTrust(for: access, of: place)
    }

    private static func permissions(_ stream: String, key: String? = nil) -> PolicyDocument {
        PolicyDocuments.recipientPermissions(stream: virginia.stream(stream, region: "us-east-1"), key: key)
    }

    struct Growth: CustomTestStringConvertible {
        let what: String
        let before: PolicyDocument
        let needed: PolicyDocument
        let after: PolicyDocument

        var testDescription: String { what }
    }

    private static let growths = [
        Growth(
            what: "from nothing", before: PolicyDocument([]), needed: permissions("S"), after: permissions("S")),
        Growth(
            what: "a second stream lengthens the resources", before: permissions("S"), needed: permissions("T"),
            after: PolicyDocument([
                .allow(
                    ["kinesis:PutRecord"],
                    on: [virginia.stream("S", region: "us-east-1"), virginia.stream("T", region: "us-east-1")])
            ])),
        Growth(
            what: "a key adds a statement", before: permissions("S"), needed: permissions("S", key: key),
            after: permissions("S", key: key)),
        Growth(
            what: "no key takes no statement away", before: permissions("S", key: key), needed: permissions("S"),
            after: permissions("S", key: key)),
        Growth(
            what: "a second sender lengthens the sources", before: trust(SenderAccess(accounts: ["111111111111"])),
            needed: trust(SenderAccess(accounts: ["222222222222"])),
            after: trust(SenderAccess(accounts: ["111111111111", "222222222222"]))),
        Growth(
            what: "a second Region lengthens the sources",
            before: trust(SenderAccess(accounts: ["111111111111"])),
            needed: trust(SenderAccess(accounts: ["111111111111"]), oregon),
            after: PolicyDocument([
                .allow(
                    ["sts:AssumeRole"], to: .service("logs.amazonaws.com"),
                    when: [
                        PolicyDocument.Condition(
                            "StringLike", "aws:SourceArn",
                            [
                                "arn:aws:logs:us-east-1:111111111111:*", "arn:aws:logs:us-east-1:999999999999:*",
                                "arn:aws:logs:us-west-2:111111111111:*", "arn:aws:logs:us-west-2:999999999999:*",
                            ])
                    ])
            ])),
        Growth(
            what: "an organization adds a statement", before: trust(SenderAccess(accounts: ["111111111111"])),
            needed: trust(SenderAccess(organizations: ["o-1234567890"])),
            after: PolicyDocument(
                trust(SenderAccess(accounts: ["111111111111"])).statements
                    + trust(SenderAccess(organizations: ["o-1234567890"])).statements.suffix(1))),
        Growth(
            what: "a second organization lengthens that statement",
            before: trust(SenderAccess(organizations: ["o-1234567890"])),
            needed: trust(SenderAccess(organizations: ["o-0987654321"])),
            after: trust(SenderAccess(organizations: ["o-1234567890", "o-0987654321"]))),
        Growth(
            what: "foreign statements stay where they are", before: foreign, needed: permissions("S"),
            after: PolicyDocument(foreign.statements + permissions("S").statements)),
        Growth(
            what: "a deny of the same is no place for an allow",
            before: PolicyDocument([denied(permissions("S").statements[0])]), needed: permissions("T"),
            after: PolicyDocument([denied(permissions("S").statements[0]), permissions("T").statements[0]])),
        Growth(
            what: "an allow on a condition is none without",
            before: PolicyDocument([
                .allow(
                    ["kinesis:PutRecord"], on: [virginia.stream("S", region: "us-east-1")],
                    when: [PolicyDocument.Condition("StringEquals", "aws:SourceVpc", ["v"])])
            ]),
            needed: permissions("S"),
            after: PolicyDocument([
                .allow(
                    ["kinesis:PutRecord"], on: [virginia.stream("S", region: "us-east-1")],
                    when: [PolicyDocument.Condition("StringEquals", "aws:SourceVpc", ["v"])]),
                permissions("S").statements[0],
            ])),
        Growth(
            what: "what a longer statement holds is not added",
            before: organizations(["us-east-1", "us-west-2"], ["o-0987654321", "o-1234567890"]),
            needed: organizations(["us-east-1"], ["o-1234567890"]),
            after: organizations(["us-east-1", "us-west-2"], ["o-0987654321", "o-1234567890"])),
        Growth(
            what: "no statement grows when a later one holds it",
            before: PolicyDocument(
                organizations(["us-east-1"], ["o-0987654321"]).statements
                    + organizations(["us-east-1", "us-west-2"], ["o-1234567890"]).statements),
            needed: organizations(["us-east-1"], ["o-1234567890"]),
            after: PolicyDocument(
                organizations(["us-east-1"], ["o-0987654321"]).statements
                    + organizations(["us-east-1", "us-west-2"], ["o-1234567890"]).statements)),
        Growth(
            what: "two lists that differ are not crossed",
            before: organizations(["us-east-1"], ["o-0987654321"]),
            needed: organizations(["us-west-2"], ["o-1234567890"]),
            after: PolicyDocument(
                organizations(["us-east-1"], ["o-0987654321"]).statements
                    + organizations(["us-west-2"], ["o-1234567890"]).statements)),
        Growth(
            what: "more actions than needed are enough",
            before: PolicyDocument([.allow(["kinesis:PutRecord", "kinesis:PutRecords"], on: ["a", "b"])]),
            needed: PolicyDocument([.allow(["kinesis:PutRecord"], on: ["b"])]),
            after: PolicyDocument([.allow(["kinesis:PutRecord", "kinesis:PutRecords"], on: ["a", "b"])])),
    ]

    private static func denied(_ statement: PolicyDocument.Statement) -> PolicyDocument.Statement {
        var statement = statement
        statement.allows = false
        return statement
    }

    private static func organizations(_ regions: [String], _ ids: [String]) -> PolicyDocument {
        PolicyDocument([
            .allow(
                ["sts:AssumeRole"], to: .service("logs.amazonaws.com"),
                when: [
                    PolicyDocument.Condition("StringEquals", "aws:SourceOrgID", ids),
                    PolicyDocument.Condition("StringLike", "aws:SourceArn", regions.map { "arn:aws:logs:\($0):*:*" }),
                ])
        ])
    }

    @Test(arguments: growths) func grows(_ growth: Growth) {
        #expect(growth.before.adding(growth.needed) == growth.after)
    }

    /// Added twice is added once, whatever is there and whatever is added, in every pair of what this page names.
    @Test func addingAgainChangesNothing() {
        let documents = Self.growths.flatMap { [$0.before, $0.needed, $0.after] }
        for before in documents {
            for needed in documents {
                let once = before.adding(needed)
                #expect(once.adding(needed) == once)
                #expect(before.adding(before) == before)
            }
        }
    }

    /// Small documents of every shape: whatever either granted is granted afterwards, and nothing that neither did.
    @Test func grantsWhatBothGranted() {
        let lists = [["x"], ["y"], ["x", "y"]]
        let statements = lists.flatMap { resources in
            lists.flatMap { sources in
                lists.map { organizations in
                    PolicyDocument.Statement.allow(
                        ["a:B"], on: resources,
                        when: [
                            PolicyDocument.Condition("StringEquals", "source", sources),
                            PolicyDocument.Condition("StringEquals", "organization", organizations),
                        ])
                }
            }
        }
        let questions = ["x", "y"].flatMap { resource in
            ["x", "y"].flatMap { source in
                ["x", "y"].map { organization in
                    PolicyQuestion("a:B", on: resource, ["source": source, "organization": organization])
                }
            }
        }
        for one in statements {
            for other in statements {
                let (before, needed) = (PolicyDocument([one]), PolicyDocument([other]))
                let merged = before.adding(needed)
                let wrong = questions.filter { merged.verdict(on: $0) != [before, needed].verdict(on: $0) }
                #expect(wrong == [], "\(one) with \(other)")
            }
        }
    }
}
