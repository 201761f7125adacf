import AWS
import Testing

@testable import Setup

/// From the subscriptions that are there to those that are wanted.
@Suite struct SenderPlanTests {
    private static let goal = Accounts.senderGoal()
    private static let byRole = Accounts.senderGoal(role: SenderGoal.roleDefault)
    private static let healthy = Accounts.emptySender.after(goal)
    private static let healthyByRole = Accounts.emptySender.after(byRole)

    @Test func fromNothing() {
        let plan = Accounts.emptySender.plan(Self.goal)
        #expect(plan.operations == ["PutSubscriptionFilter"])
        #expect(plan.refusals == [] && plan.warnings == [])
        #expect(
            Self.healthy.groups["CloudTrail"]?.filters == [
                SubscriptionFilter(
                    name: "RecipientStream", group: "CloudTrail", pattern: "{$.userIdentity.type = Root}",
                    destination: "arn:aws:logs:us-east-1:999999999999:destination:testDestination",
                    distribution: .byLogStream)
            ])
    }

    /// Every sender of an organization has a role of its own, before the filters that use it.
    @Test func fromNothingWithARole() {
        let goal = Accounts.senderGoal(groups: ["CloudTrail", "/aws/lambda/f"], role: SenderGoal.roleDefault)
        let plan = Accounts.emptySender.plan(goal)
        #expect(
            plan.operations == ["CreateRole", "PutRolePolicy", "PutSubscriptionFilter", "PutSubscriptionFilter"])
        let after = Accounts.emptySender.after(goal)
        #expect(after.refusals == [])
        #expect(after.roles[SenderGoal.roleDefault]?.trust == PolicyDocuments.senderTrust.json.compact)
        #expect(
            after.groups["/aws/lambda/f"]?.filters.first?.role
                == "arn:aws:iam::111111111111:role/CWLtoSubscriptionFilterRole")
    }

    @Test func everythingThere() {
        for (account, goal) in [(Self.healthy, Self.goal), (Self.healthyByRole, Self.byRole)] {
            let plan = account.plan(goal)
            #expect(plan.changesNothing && plan.warnings == [])
        }
    }

    /// A role has a right to each group, and IAM takes so many characters of rights.
    @Test func rightsOfManyGroups() throws {
        func plan(_ count: Int, beside others: [String: String]? = nil) -> Plan {
            var account = Self.healthyByRole
            if let others {
                account.roles[Self.role]?.policies.merge(others) { _, new in new }
            } else {
                account.roles = [:]
            }
            let groups = (0..<count).map { "group\(100 + $0)" }
            for group in groups { account.groups[group] = SenderState.GroupState() }
            return account.plan(Accounts.senderGoal(groups: groups, role: SenderGoal.roleDefault))
        }
        func characters(_ count: Int) -> Int {
            let groups = (0..<count).map { Accounts.sender.logGroup("group\(100 + $0)") }
            return PolicyDocuments.senderPermissions(groups: groups).json.compact.count
        }
        let most = try #require((1...300).last { characters($0) <= Plan.inlineCharactersMax })
        #expect(plan(most).refusals == [])
        #expect(plan(most + 1).refusals.count == 1)
        #expect(plan(most + 1).refusals.first?.contains("IAM takes 10240: give some of the log groups") == true)
        // What else is in the role counts, without its blanks.
        #expect(plan(most - 10, beside: ["other": String(repeating: " x", count: 100)]).refusals == [])
        #expect(plan(most - 10, beside: ["other": String(repeating: " x", count: 800)]).refusals.count == 1)
    }

    @Test func groupNamedTwice() {
        let goal = Accounts.senderGoal(groups: ["CloudTrail", "/aws/lambda/f", "CloudTrail"])
        #expect(goal.groups == ["CloudTrail", "/aws/lambda/f"])
        #expect(Accounts.emptySender.plan(goal).operations == ["PutSubscriptionFilter", "PutSubscriptionFilter"])
        let after = Accounts.emptySender.after(goal)
        #expect(goal.teardown(from: after.state(for: goal)).calls.count == 2)
    }

    // MARK: one thing missing or different

    struct Difference: CustomTestStringConvertible {
        let what: String
        let operations: [String]
        let make: @Sendable (inout SimulatedAccount) -> Void

        init(_ what: String, _ operations: [String], _ make: @escaping @Sendable (inout SimulatedAccount) -> Void) {
            self.what = what
            self.operations = operations
            self.make = make
        }

        var testDescription: String { what }
    }

    private static let role = SenderGoal.roleDefault
    private static let permissions = SenderGoal.permissionsName

    private static let differences: [Difference] = [
        Difference("no role", ["CreateRole", "PutRolePolicy"]) { $0.roles = [:] },
        Difference("trust of another service", ["UpdateAssumeRolePolicy"]) {
            $0.roles[role]?.trust.replace("logs.amazonaws.com", with: "ec2.amazonaws.com")
        },
        Difference("no permissions", ["PutRolePolicy"]) { $0.roles[role]?.policies = [:] },
        Difference("permissions for another group", ["PutRolePolicy"]) {
            $0.roles[role]?.policies[permissions]?.replace("CloudTrail", with: "Other")
        },
        Difference("no filter", ["PutSubscriptionFilter"]) { $0.groups["CloudTrail"]?.filters = [] },
        Difference("another pattern", ["PutSubscriptionFilter"]) { $0.filter { $0.with(pattern: "") } },
        Difference("no role in the filter", ["PutSubscriptionFilter"]) { $0.filter { $0.with(role: .some(nil)) } },
        Difference("another distribution", []) { $0.filter { $0.with(distribution: .random) } },
        Difference("emitted fields", []) { $0.filter { $0.with(emittedFields: ["@aws.region"]) } },
    ]

    @Test(arguments: differences) func oneThing(_ difference: Difference) {
        var account = Self.healthyByRole
        difference.make(&account)
        let plan = account.plan(Self.byRole)
        #expect(plan.operations == difference.operations)
        #expect(plan.refusals == [])
        let after = account.after(plan)
        #expect(after.refusals == [])
        #expect(after.plan(Self.byRole).changesNothing)
        #expect(Self.byRole.findings(in: after.state(for: Self.byRole)).allSatisfy { $0.level != .fault })
    }

    /// AWS replaces a filter whole. What is not asked for is said again, or it would be lost.
    @Test func whatIsNotAskedForStays() throws {
        var account = Self.healthyByRole
        account.filter {
            $0.with(
                distribution: .random, emittedFields: ["@aws.region"], fieldSelectionCriteria: "@aws.account = 1",
                appliesToTransformedLogs: true)
        }
        let before = try #require(account.groups["CloudTrail"]?.filters.first)
        let after = account.after(Accounts.senderGoal(pattern: "ERROR"))
        #expect(after.groups["CloudTrail"]?.filters == [before.with(pattern: "ERROR")])
        let asked = Accounts.senderGoal(distribution: .byLogStream, emittedFields: [])
        #expect(
            account.after(asked).groups["CloudTrail"]?.filters
                == [before.with(distribution: .byLogStream, emittedFields: [])])
    }

    /// The same in a script: every member is in the request.
    @Test func requestSaysAllOfAFilter() throws {
        let filter = SubscriptionFilter(
            name: "f", group: "g", pattern: "p", destination: "d", role: "r", distribution: .random,
            emittedFields: ["@aws.account"], fieldSelectionCriteria: "c", appliesToTransformedLogs: true)
        let request = try #require(SetupCall.subscription(region: "us-east-1", .putFilter(filter)).request)
        #expect(
            request.json.compact == """
                {"service":"logs","operation":"PutSubscriptionFilter","region":"us-east-1","parameters":\
                {"logGroupName":"g","filterName":"f","filterPattern":"p","destinationArn":"d","roleArn":"r",\
                "distribution":"Random","emitSystemFields":["@aws.account"],"fieldSelectionCriteria":"c",\
                "applyOnTransformedLogs":true}}
                """)
    }

    @Test func emittedFieldsHaveNoOrder() {
        let goal = Accounts.senderGoal(emittedFields: ["@aws.account", "@aws.region"])
        var account = Accounts.emptySender.after(goal)
        account.filter { $0.with(emittedFields: ["@aws.region", "@aws.account"]) }
        #expect(account.plan(goal).changesNothing)
    }

    /// A role is shared by all groups, those that came before too.
    @Test func secondGroup() throws {
        let goal = Accounts.senderGoal(groups: ["/aws/lambda/f"], role: SenderGoal.roleDefault)
        let plan = Self.healthyByRole.plan(goal)
        #expect(plan.operations == ["PutRolePolicy", "PutSubscriptionFilter"])
        let after = Self.healthyByRole.after(plan)
        let text = try #require(after.roles[Self.role]?.policies[Self.permissions])
        #expect(
            try PolicyDocument(parsing: text).statements[0].resources
                == .these([
                    "arn:aws:logs:us-east-1:111111111111:log-group:/aws/lambda/f:*",
                    "arn:aws:logs:us-east-1:111111111111:log-group:CloudTrail:*",
                ]))
        #expect(after.plan(Self.byRole).changesNothing)
    }

    // MARK: whose a filter is

    @Test func filterThatSendsElsewhere() {
        var account = Self.healthy
        account.filter { $0.with(destination: "arn:aws:lambda:us-east-1:111111111111:function:f") }
        let refused = account.plan(Self.goal)
        #expect(refused.refusals.count == 1 && refused.refusals.first?.contains("--adopt") == true)
        #expect(refused.calls == [])
        #expect(account.after(Accounts.senderGoal(adopt: true)) == Self.healthy)
    }

    @Test func foreignRole() {
        var account = Self.healthyByRole
        account.roles[Self.role]?.tags = [:]
        #expect(account.plan(Self.byRole).changesNothing)
        account.roles[Self.role]?.policies = [:]
        #expect(account.plan(Self.byRole).refusals.count == 1)
        let adopting = Accounts.senderGoal(role: SenderGoal.roleDefault, adopt: true)
        #expect(account.plan(adopting).operations == ["TagRole", "PutRolePolicy"])
        #expect(account.after(adopting).roles[Self.role]?.tags == Ownership.adoptedTags)
    }

    @Test func foreignRoleWithAPath() {
        var account = Self.healthyByRole
        let arn = "arn:aws:iam::111111111111:role/logs/CWLtoSubscriptionFilterRole"
        account.roles[Self.role]?.arn = arn
        let plan = account.plan(Self.byRole)
        #expect(plan.operations == ["PutSubscriptionFilter"])
        #expect(account.after(plan).groups["CloudTrail"]?.filters.first?.role == arn)
        let after = account.after(plan)
        #expect(Self.byRole.findings(in: after.state(for: Self.byRole)).allSatisfy { $0.level == .ok })
    }

    // MARK: refused and warned of

    @Test(arguments: ["INFREQUENT_ACCESS", "DELIVERY"]) func otherClass(name: String) {
        var account = Accounts.emptySender
        account.groups["CloudTrail"]?.groupClass = name
        let plan = account.plan(Self.goal)
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("class \(name)") == true)
    }

    /// One missing group is told, and with it every other that is missing.
    @Test func missingGroups() {
        let plan = Accounts.emptySender.plan(Accounts.senderGoal(groups: ["a", "CloudTrail", "b"]))
        #expect(plan.refusals.count == 2)
        #expect(plan.refusals.first?.hasPrefix("log group a is not there (account 111111111111, us-east-1)") == true)
        #expect(plan.refusals.last?.hasPrefix("log group b is not there") == true)
    }

    @Test func twins() {
        var account = Self.healthy
        account.filter { $0.with(name: "Other") }
        let plan = account.plan(Self.goal)
        #expect(plan.operations == ["PutSubscriptionFilter"])
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains("by Other") == true)
        // Of another destination it is no twin.
        account.filter { $0.with(destination: "x") }
        #expect(account.plan(Self.goal).warnings == [])
    }

    /// How many filters a group may have is AWS's to say: it is asked, with a warning.
    @Test(arguments: [(0, false), (1, false), (2, true), (5, true)]) func manyFilters(count: Int, isWarnedOf: Bool) {
        var account = Accounts.emptySender
        account.groups["CloudTrail"]?.filters = (0..<count).map {
            SubscriptionFilter(name: "f\($0)", group: "CloudTrail", pattern: "", destination: "x")
        }
        let plan = account.plan(Self.goal)
        #expect(plan.refusals == [] && plan.operations == ["PutSubscriptionFilter"])
        #expect(plan.warnings.count == (isWarnedOf ? 1 : 0))
        if isWarnedOf { #expect(plan.warnings.first?.contains("has \(count) subscription filters (f0, f1") == true) }
        #expect(account.after(plan).refusals == (count == 5 ? ["LimitExceededException"] : []))
    }

    /// One more filter is none when it replaces one of its name.
    @Test func changedAmongMany() {
        var account = Self.healthy
        account.groups["CloudTrail"]?.filters += (0..<4).map {
            SubscriptionFilter(name: "f\($0)", group: "CloudTrail", pattern: "", destination: "x")
        }
        let plan = account.plan(Accounts.senderGoal(pattern: ""))
        #expect(plan.warnings == [] && plan.operations == ["PutSubscriptionFilter"])
        #expect(account.after(plan).refusals == [])
    }

    // MARK: rules of the goal alone

    private static func asking(
        _ place: AccountPlace = Accounts.sender, pattern: String = "", fields: [String]? = nil
    ) -> SenderGoal {
        SenderGoal(
            place: place, destination: Accounts.destination, scope: .groups(["CloudTrail"], filter: "f"),
            pattern: pattern,
            emittedFields: fields)
    }

    private static let objections: [(SenderGoal, String)] = [
        (
            asking(AccountPlace(partition: "aws", account: "111111111111", region: "eu-west-1")),
            "tailrace setup recipient --region eu-west-1"
        ),
        (
            asking(AccountPlace(partition: "aws-cn", account: "111111111111", region: "us-east-1")),
            "nothing crosses from one to the other"
        ),
        (asking(pattern: "[a"), "the pattern [a is none: "),
        (asking(pattern: "{ $.a = }"), "the pattern { $.a = } is none: "),
        (asking(pattern: String(repeating: "a", count: 1025)), "less than or equal to 1024"),
        (asking(fields: ["@aws.account", "@aws.vpc"]), "@aws.vpc is no field that can be emitted"),
        (
            SenderGoal(
                place: Accounts.sender, destination: Accounts.destination, scope: .account(policy: "p", except: ["a"]),
                emittedFields: ["@aws.region"]),
            "a policy of a whole account emits no fields"
        ),
    ]

    @Test(arguments: objections.indices) func objection(index: Int) {
        let (goal, words) = Self.objections[index]
        #expect(goal.objections.count == 1 && goal.objections.first?.contains(words) == true)
        let plan = Accounts.emptySender.plan(goal)
        #expect(plan.calls == [] && plan.refusals == goal.objections)
        #expect(goal.findings(in: Accounts.emptySender.state(for: goal)).first?.level == .fault)
    }

    @Test(arguments: [
        "", "ERROR", "{$.userIdentity.type = Root}", "[ip, user, ...]", "-DEBUG", #""a b" -"c""#, "%[0-9]+%",
        "\"" + String(repeating: "é", count: 1022) + "\"",
    ]) func noObjection(pattern: String) {
        #expect(Self.asking(pattern: pattern, fields: ["@aws.region", "@aws.account"]).objections == [])
    }
}

extension SimulatedAccount {
    /// Changes every filter.
    mutating func filter(_ change: (SubscriptionFilter) -> SubscriptionFilter) {
        for (name, group) in groups { groups[name]?.filters = group.filters.map(change) }
    }
}
