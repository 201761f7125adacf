import AWS
import Testing

@testable import Setup

/// A sender's subscriptions to this destination go, and its role when nothing else needs it.
@Suite struct SenderTeardownTests {
    private static let role = SenderGoal.roleDefault
    private static let goal = Accounts.senderGoal(groups: ["CloudTrail", "/aws/lambda/f"], role: role)
    private static let healthy = Accounts.emptySender.after(goal)
    private static let whole = [
        "DeleteSubscriptionFilter", "DeleteSubscriptionFilter", "DeleteRolePolicy", "DeleteRole",
    ]

    private static func teardown(_ account: SimulatedAccount, _ goal: SenderGoal = goal) -> Plan {
        goal.teardown(from: account.state(for: goal))
    }

    @Test func everythingThatWasMade() {
        let plan = Self.teardown(Self.healthy)
        #expect(plan.operations == Self.whole)
        #expect(plan.refusals == [] && plan.warnings == [])
        #expect(Self.healthy.after(plan) == Accounts.emptySender)
        #expect(Self.teardown(Accounts.emptySender) == Plan())
    }

    @Test func afterEveryCall() {
        let calls = Self.teardown(Self.healthy).calls
        for count in 0...calls.count {
            var stopped = Self.healthy
            stopped.apply(calls.prefix(count))
            #expect(Self.teardown(stopped).calls == Array(calls.dropFirst(count)))
        }
    }

    @Test func accountPolicy() {
        let goal = Accounts.accountGoal(role: Self.role)
        let account = Accounts.emptySender.after(goal)
        let plan = Self.teardown(account, goal)
        #expect(plan.operations == ["DeleteAccountPolicy", "DeleteRolePolicy", "DeleteRole"])
        #expect(account.after(plan) == Accounts.emptySender)
        #expect(Self.teardown(Accounts.emptySender, goal) == Plan())
    }

    @Test func accountPolicyToAnotherDestination() {
        let goal = Accounts.accountGoal(role: Self.role)
        var account = Accounts.emptySender.after(goal)
        account.accountPolicies = [
            AccountPolicy(
                name: "tailrace",
                document: account.accountPolicies[0].document.replacing("testDestination", with: "other"))
        ]
        let plan = Self.teardown(account, goal)
        #expect(plan.calls == [])
        #expect(plan.warnings.count == 2)
        #expect(
            plan.warnings.first?.hasSuffix("stays: it sends to \(Accounts.destination.place.destination("other"))")
                == true)
        #expect(plan.warnings.last?.contains("made for account policy tailrace as well") == true)
    }

    /// The filter stays, and the role by which it sends.
    @Test func filterToAnotherDestination() throws {
        var account = Self.healthy
        let filter = try #require(account.groups["CloudTrail"]?.filters.first)
        account.groups["CloudTrail"]?.filters = [filter.with(destination: "x")]
        let plan = Self.teardown(account)
        #expect(plan.operations == ["DeleteSubscriptionFilter"])
        #expect(plan.refusals == [])
        #expect(plan.warnings.first == "subscription filter RecipientStream of CloudTrail stays: it sends to x")
        #expect(
            plan.warnings.last?.contains("made for subscription filter RecipientStream of CloudTrail as well") == true)
        // By another role it needs ours no more.
        account.groups["CloudTrail"]?.filters = [filter.with(destination: "x", role: "y")]
        #expect(Self.teardown(account).operations == Array(Self.whole.dropFirst()))
    }

    @Test func anotherFilterByTheSameRole() throws {
        var account = Self.healthy
        let filter = try #require(account.groups["CloudTrail"]?.filters.first)
        account.groups["CloudTrail"]?.filters.append(filter.with(name: "Other"))
        let plan = Self.teardown(account)
        #expect(plan.operations == Array(Self.whole.prefix(2)))
        #expect(
            plan.warnings.count == 1 && plan.warnings.first?.contains("subscription filter Other of CloudTrail") == true
        )
    }

    @Test func roleForAnotherGroup() {
        let goal = Accounts.senderGoal(role: Self.role)
        let plan = Self.teardown(Self.healthy, goal)
        // Torn down group by group, the role goes with the last.
        #expect(plan.operations == ["DeleteSubscriptionFilter", "PutRolePolicy"])
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains("log-group:/aws/lambda/f:*") == true)
    }

    @Test(arguments: [[:], Ownership.adoptedTags]) func roleThatIsNotOurs(tags: [String: String]) {
        var account = Self.healthy
        account.roles[Self.role]?.tags = tags
        let plan = Self.teardown(account)
        #expect(plan.operations == Array(Self.whole.prefix(2)))
        #expect(
            plan.warnings.count == 1
                && plan.warnings.first?.hasPrefix("role CWLtoSubscriptionFilterRole stays: ") == true)
    }

    @Test(arguments: [true, false]) func policiesOfOthers(isAttached: Bool) {
        var account = Self.healthy
        if isAttached {
            account.roles[Self.role]?.attached["theirs"] = #"{"Statement":[]}"#
        } else {
            account.roles[Self.role]?.policies["theirs"] = #"{"Statement":[]}"#
        }
        let plan = Self.teardown(account)
        #expect(plan.refusals.count == 1 && plan.refusals.first?.hasSuffix("theirs") == true)
    }

    /// The role is known by the filter, and groups that are gone have nothing to remove.
    @Test func lessToDo() {
        #expect(
            Self.teardown(Self.healthy, Accounts.senderGoal()).operations == [
                "DeleteSubscriptionFilter", "PutRolePolicy",
            ])
        #expect(Self.teardown(Self.healthy, Accounts.senderGoal(groups: ["gone"])) == Plan())
    }
}
