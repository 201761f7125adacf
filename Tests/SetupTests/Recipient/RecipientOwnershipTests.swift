import AWS
import Testing

@testable import Setup

/// What set-up did not make is kept when it does, and changed only by consent.
@Suite struct RecipientOwnershipTests {
    private static let full = Accounts.goal(stream: Accounts.fullStream)
    private static let adopting = Accounts.goal(stream: Accounts.fullStream, adopt: true)
    private static let role = RecipientGoal.roleDefault

    /// Everything as it is wanted and nothing by us.
    private static var foreign: SimulatedAccount {
        var account = Accounts.emptyRecipient.after(full)
        for name in account.streams.keys { account.streams[name]?.state.tags = [:] }
        account.roles[role]?.tags = ["tailrace:setup": "something else"]
        for arn in account.destinations.keys { account.destinations[arn]?.tags = [:] }
        return account
    }

    @Test(arguments: [
        ([:], Ownership.foreign), (["tailrace:setup": "made"], .made), (["tailrace:setup": "adopted"], .adopted),
        (["tailrace:setup": "Made"], .foreign), (["Tailrace:Setup": "made"], .foreign), (["made": "made"], .foreign),
    ]) func tags(tags: [String: String], owner: Ownership) { #expect(Ownership(tags: tags) == owner) }

    @Test func satisfiedIsUntouched() {
        for goal in [Self.full, Self.adopting] {
            let plan = Self.foreign.plan(goal)
            #expect(plan.changesNothing && plan.summary == "3 to keep")
        }
    }

    struct Case: CustomTestStringConvertible {
        let what: String
        let resource: String
        /// With consent.
        let operations: [String]
        let make: @Sendable (inout SimulatedAccount) -> Void

        var testDescription: String { what }
        var account: SimulatedAccount {
            var account = foreign
            make(&account)
            return account
        }
    }

    private static let cases = [
        Case(
            what: "stream", resource: "stream RecipientStream",
            operations: ["AddTagsToStream", "IncreaseStreamRetentionPeriod", "wait"],
            make: { $0.summary { $0.with(retentionHours: 24) } }),
        Case(
            what: "role's trust", resource: "role CWLtoKinesisRole", operations: ["TagRole", "UpdateAssumeRolePolicy"],
            make: { $0.roles[role]?.trust.replace("111111111111", with: "333333333333") }),
        Case(
            what: "role's permissions", resource: "role CWLtoKinesisRole", operations: ["TagRole", "PutRolePolicy"],
            make: { $0.roles[role]?.policies = ["other": #"{"Statement":[]}"#] }),
        Case(
            what: "role that denies", resource: "role CWLtoKinesisRole",
            operations: ["TagRole", "UpdateAssumeRolePolicy"],
            make: { $0.roles[role]?.trust.replace("arn:aws:logs:us-east-1:111111111111:*", with: "x") }),
        Case(
            what: "destination's target", resource: "destination testDestination",
            operations: ["TagResource", "PutDestination"], make: { $0.destination { $0.with(targetARN: "x") } }),
        Case(
            what: "destination's role", resource: "destination testDestination",
            operations: ["TagResource", "PutDestination"], make: { $0.destination { $0.with(roleARN: "x") } }),
    ]

    @Test(arguments: cases) func changedByConsent(_ one: Case) {
        let refused = one.account.plan(Self.full)
        #expect(refused.refusals.count == 1)
        #expect(refused.refusals.first?.hasPrefix("\(one.resource) is there and tailrace did not make it") == true)
        #expect(refused.refusals.first?.contains("--adopt") == true)
        #expect(refused.calls == [])
        let plan = one.account.plan(Self.adopting)
        #expect(plan.operations == one.operations)
        let after = one.account.after(plan)
        #expect(after.refusals == [])
        #expect(after.plan(Self.full).changesNothing)
        let tags = [
            "stream": after.streams["RecipientStream"]?.state.tags, "role": after.roles[Self.role]?.tags,
            "destination": after.destinations[Self.full.destinationARN.description]?.tags,
        ]
        for (kind, tags) in tags {
            #expect((tags?["tailrace:setup"] == "adopted") == one.resource.hasPrefix(kind))
        }
    }

    /// Somebody else's role is judged by what it allows, however it says so.
    @Test func foreignRoleInOtherWords() {
        var account = Self.foreign
        account.roles[Self.role]?.trust = """
            {"Version":"2008-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"logs.us-east-1.amazonaws.com"},
            "Action":"sts:*","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:*:*"}}}}
            """
        account.roles[Self.role]?.policies = [:]
        account.roles[Self.role]?.attached["arn:aws:iam::aws:policy/Power"] =
            #"{"Statement":[{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}]}"#
        #expect(account.plan(Self.full).changesNothing)
    }

    /// IAM knows a role by its path as well, and AWS wants that in a destination.
    @Test func foreignRoleWithAPath() {
        var account = Self.foreign
        let arn = "arn:aws:iam::999999999999:role/logs/CWLtoKinesisRole"
        account.roles[Self.role]?.arn = arn
        account.destination { $0.with(roleARN: arn) }
        #expect(account.plan(Self.full).changesNothing)
        #expect(Self.full.findings(in: account.state(for: Self.full)).allSatisfy { $0.level == .ok })
        account.destinations = [:]
        let after = account.after(Self.full)
        #expect(after.refusals == [])
        #expect(after.destinations.values.map(\.destination.roleARN) == [arn])
    }
}
