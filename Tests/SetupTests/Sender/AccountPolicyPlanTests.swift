import AWS
import Testing

@testable import Setup

/// A whole account that sends.
@Suite struct AccountPolicyPlanTests {
    private static let goal = Accounts.accountGoal()
    private static let healthy = Accounts.emptySender.after(goal)
    private static let destination = Accounts.destination.description

    @Test func fromNothing() {
        let plan = Accounts.emptySender.plan(Self.goal)
        #expect(plan.operations == ["PutAccountPolicy"])
        #expect(plan.warnings == [] && plan.refusals == [])
        #expect(
            Self.healthy.accountPolicies == [
                AccountPolicy(
                    name: "tailrace",
                    document: """
                        {"DestinationArn":"arn:aws:logs:us-east-1:999999999999:destination:testDestination",\
                        "FilterPattern":"","Distribution":"ByLogStream"}
                        """,
                    selectionCriteria: #"LogGroupName NOT IN ["a","b"]"#)
            ])
        #expect(Self.healthy.plan(Self.goal).changesNothing)
    }

    @Test func withARole() {
        let goal = Accounts.accountGoal(role: SenderGoal.roleDefault)
        let plan = Accounts.emptySender.plan(goal)
        #expect(plan.operations == ["CreateRole", "PutRolePolicy", "PutAccountPolicy"])
        let after = Accounts.emptySender.after(plan)
        #expect(
            after.roles[SenderGoal.roleDefault]?.policies[SenderGoal.permissionsName]?.contains(
                "arn:aws:logs:us-east-1:111111111111:log-group:*:*") == true)
        #expect(
            WholeAccount(parsing: after.accountPolicies[0].document).role
                == "arn:aws:iam::111111111111:role/CWLtoSubscriptionFilterRole")
        #expect(after.plan(goal).changesNothing)
    }

    @Test(
        arguments: [
            ([], nil), (["a"], #"LogGroupName NOT IN ["a"]"#), (["b", "a", "b"], #"LogGroupName NOT IN ["a","b"]"#),
            (["/aws/lambda/f"], #"LogGroupName NOT IN ["/aws/lambda/f"]"#),
        ] as [([String], String?)]) func criteria(except: [String], text: String?)
    {
        #expect(SenderGoal.criteria(except: except) == text)
    }

    /// Nobody keeps what arrives from being sent again.
    @Test func everyGroup() {
        let plan = Accounts.emptySender.plan(Accounts.accountGoal(except: []))
        #expect(plan.operations == ["PutAccountPolicy"])
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains("--except-log-group") == true)
    }

    @Test func secondPolicy() {
        var account = Accounts.emptySender
        account.accountPolicies = [AccountPolicy(name: "theirs", document: Self.healthy.accountPolicies[0].document)]
        let plan = account.plan(Self.goal)
        #expect(plan.calls == [])
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("theirs, and AWS takes one") == true)
    }

    private static func policy(_ document: String, _ criteria: String? = #"LogGroupName NOT IN ["a","b"]"#)
        -> AccountPolicy
    {
        AccountPolicy(name: "tailrace", document: document, selectionCriteria: criteria)
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let policy: AccountPolicy
        /// What differs; none: nothing is done.
        let differences: [String]
    }

    private static let cases = [
        Case(
            testDescription: "in another order",
            policy: policy(#"{"FilterPattern":"","DestinationArn":"\#(destination)"}"#),
            differences: []),
        Case(
            testDescription: "another pattern",
            policy: policy(
                #"{"DestinationArn":"\#(destination)","FilterPattern":"ERROR","Distribution":"ByLogStream"}"#),
            differences: ["pattern"]),
        Case(
            testDescription: "at random, which stays",
            policy: policy(#"{"DestinationArn":"\#(destination)","FilterPattern":"","Distribution":"Random"}"#),
            differences: []),
        Case(
            testDescription: "by a role, which stays",
            policy: policy(#"{"DestinationArn":"\#(destination)","FilterPattern":"","RoleArn":"r"}"#), differences: []),
        Case(
            testDescription: "other groups",
            policy: policy(#"{"DestinationArn":"\#(destination)","FilterPattern":""}"#, #"LogGroupName NOT IN ["c"]"#),
            differences: ["log groups"]),
        Case(
            testDescription: "every group",
            policy: policy(#"{"DestinationArn":"\#(destination)","FilterPattern":""}"#, nil),
            differences: ["log groups"]),
    ]

    @Test(arguments: cases) func existing(_ one: Case) {
        var account = Accounts.emptySender
        account.accountPolicies = [one.policy]
        let plan = account.plan(Self.goal)
        #expect(plan.refusals == [])
        #expect(plan.operations == (one.differences.isEmpty ? [] : ["PutAccountPolicy"]))
        if case .change(let differences) = plan.steps.first?.verdict {
            #expect(differences.map(\.what) == one.differences)
        } else {
            #expect(one.differences == [])
        }
        #expect(account.after(plan).plan(Self.goal).changesNothing)
    }

    @Test func whatIsNotAskedForStays() {
        var account = Accounts.emptySender
        account.accountPolicies = [
            Self.policy(
                #"{"DestinationArn":"\#(Self.destination)","FilterPattern":"","Distribution":"Random","RoleArn":"r"}"#)
        ]
        let after = account.after(Accounts.accountGoal(pattern: "ERROR"))
        let whole = WholeAccount(parsing: after.accountPolicies[0].document)
        #expect(whole.distribution == .random && whole.role == "r" && whole.pattern == "ERROR")
        #expect(
            WholeAccount(
                parsing: account.after(Accounts.accountGoal(distribution: .byLogStream)).accountPolicies[0].document
            ).distribution == .byLogStream)
    }

    /// What sends elsewhere, or cannot be read, is somebody else's.
    @Test(arguments: [#"{"DestinationArn":"arn:aws:lambda:us-east-1:111111111111:function:f"}"#, "?", "{}"])
    func foreign(document: String) {
        var account = Accounts.emptySender
        account.accountPolicies = [Self.policy(document)]
        let refused = account.plan(Self.goal)
        #expect(refused.refusals.count == 1 && refused.refusals.first?.contains("--adopt") == true)
        #expect(refused.calls == [])
        #expect(account.after(Accounts.accountGoal(adopt: true)) == Self.healthy)
    }
}
