import AWS
import Testing

@testable import Setup

/// One fault in a healthy sender is one finding, with what mends it.
@Suite struct SenderFindingsTests {
    private static let role = SenderGoal.roleDefault
    private static let permissions = SenderGoal.permissionsName
    private static let goal = Accounts.senderGoal(
        groups: ["CloudTrail", "/aws/lambda/f"], role: role, emittedFields: ["@aws.account", "@aws.region"])
    private static let healthy = Accounts.emptySender.after(goal)
    private static let accountGoal = Accounts.accountGoal(role: role)
    private static let healthyAccount = Accounts.emptySender.after(accountGoal)

    @Test func healthyHasNone() {
        for (account, goal) in [
            (Self.healthy, Self.goal), (Self.healthyAccount, Self.accountGoal),
            (Accounts.emptySender.after(Accounts.senderGoal()), Accounts.senderGoal()),
        ] {
            let findings = goal.findings(in: account.state(for: goal))
            #expect(findings.allSatisfy { $0.level == .ok && $0.remedy == nil })
            #expect(findings.count >= 5)
        }
    }

    private static let setup = "tailrace setup sender"
    private static let filter = "subscription filter RecipientStream of CloudTrail"
    private static let trust = "trust of role CWLtoSubscriptionFilterRole"
    private static let rights = "permissions of role CWLtoSubscriptionFilterRole"
    private static let trustRemedy =
        "\(setup) --with-role, or set the trust that tailrace policies sender-trust prints"
    private static let rightsRemedy =
        "\(setup) --with-role, or set the policy that tailrace policies sender-permissions prints"

    private static let faults = [
        InjectedFault("no role", "role CWLtoSubscriptionFilterRole", "\(setup) --with-role creates it") {
            $0.roles = [:]
        },
        InjectedFault("trust of another service", trust, trustRemedy) {
            $0.roles[role]?.trust.replace("logs.", with: "ec2.")
        },
        InjectedFault("trust cannot be read", trust, "\(setup) --with-role --force, or set the trust") {
            $0.roles[role]?.trust = "?"
        },
        InjectedFault("trust on a condition", level: .warning, trust, "look at it by hand") {
            $0.roles[role]?.trust.replace(
                #""Action""#, with: #""Condition":{"StringEquals":{"aws:SourceOrgID":"o-1"}},"Action""#)
        },
        InjectedFault("no right to one group", rights, rightsRemedy) {
            $0.roles[role]?.policies[permissions]?.replace("CloudTrail:*", with: "CloudTrail")
        },
        InjectedFault("a deny on one group", rights, "remove the Deny, or narrow it") {
            $0.roles[role]?.attached["theirs"] =
                #"{"Statement":[{"Effect":"Deny","Action":"logs:*","Resource":"*CloudTrail*"}]}"#
        },
        InjectedFault("a policy that cannot be read", level: .warning, rights, "look at it by hand") {
            $0.roles[role]?.policies["theirs"] = "?"
        },
        InjectedFault("no group", "log group CloudTrail", "create it, or correct its name") {
            $0.groups["CloudTrail"] = nil
        },
        InjectedFault("no filter", filter, "\(setup) --log-group CloudTrail creates it") {
            $0.groups["CloudTrail"]?.filters = []
        },
        InjectedFault("filter of another name", filter, "\(setup) --log-group CloudTrail creates it") {
            $0.change { $0.with(name: "Other") }
        },
        InjectedFault("another destination", filter, "\(setup) --log-group CloudTrail") {
            $0.change { $0.with(destination: "x") }
        },
        InjectedFault("another pattern", filter, "\(setup) --log-group CloudTrail") {
            $0.change { $0.with(pattern: "x") }
        },
        InjectedFault("no role in the filter", filter, "\(setup) --log-group CloudTrail") {
            $0.change { $0.with(role: .some(nil)) }
        },
        InjectedFault("another role in the filter", filter, "\(setup) --log-group CloudTrail") {
            $0.change { $0.with(role: "x") }
        },
        InjectedFault("no emitted fields", filter, "\(setup) --log-group CloudTrail") {
            $0.change { $0.with(emittedFields: []) }
        },
        InjectedFault("at random", level: .warning, filter, "\(setup) --distribution by-log-stream") {
            $0.change { $0.with(distribution: .random) }
        },
    ]

    @Test(arguments: faults) func oneFault(_ fault: InjectedFault) {
        fault.expectOnly({ Self.goal.findings(in: $0.state(for: Self.goal)) }, in: Self.healthy)
    }

    private static let policy = "account policy tailrace"

    private static func rewrite(_ old: String, _ new: String) -> @Sendable (inout SimulatedAccount) -> Void {
        { account in
            account.accountPolicies = account.accountPolicies.map {
                AccountPolicy(
                    name: $0.name, document: $0.document.replacing(old, with: new),
                    selectionCriteria: $0.selectionCriteria)
            }
        }
    }

    private static let accountFaults = [
        InjectedFault("no policy", policy, "\(setup) --account-policy tailrace creates it") { $0.accountPolicies = [] },
        InjectedFault(
            "another destination", policy, "\(setup) --account-policy tailrace", rewrite("testDestination", "x")),
        InjectedFault(
            "another pattern", policy, "\(setup) --account-policy tailrace",
            rewrite(#""FilterPattern":"""#, #""FilterPattern":"x""#)),
        InjectedFault("another role", policy, "\(setup) --account-policy tailrace", rewrite(":role/", ":role/other/")),
        InjectedFault(
            "at random", level: .warning, policy, "\(setup) --distribution by-log-stream",
            rewrite("ByLogStream", "Random")),
        InjectedFault("every group", policy, "\(setup) --account-policy tailrace") {
            $0.accountPolicies = $0.accountPolicies.map { AccountPolicy(name: $0.name, document: $0.document) }
        },
        InjectedFault("no right to every group", rights, rightsRemedy) {
            $0.roles[role]?.policies[permissions]?.replace("log-group:*:*", with: "log-group:a:*")
        },
    ]

    @Test(arguments: accountFaults) func oneFaultOfAnAccount(_ fault: InjectedFault) {
        fault.expectOnly({ Self.accountGoal.findings(in: $0.state(for: Self.accountGoal)) }, in: Self.healthyAccount)
    }

    /// What is not asked for is not judged: a role and fields that are there do no harm.
    @Test func notAskedFor() {
        let goal = Accounts.senderGoal()
        #expect(goal.findings(in: Self.healthy.state(for: goal)).allSatisfy { $0.level == .ok })
        let accountGoal = Accounts.accountGoal()
        #expect(accountGoal.findings(in: Self.healthyAccount.state(for: accountGoal)).allSatisfy { $0.level == .ok })
    }

    @Test func distributionAskedFor() {
        let random = Accounts.senderGoal(distribution: .random)
        let ordered = Accounts.senderGoal(distribution: .byLogStream)
        let account = Accounts.emptySender.after(random)
        #expect(random.findings(in: account.state(for: random)).allSatisfy { $0.level == .ok })
        #expect(
            ordered.findings(in: account.state(for: ordered)).filter { $0.level != .ok }.map(\.level) == [.warning])
        let other = Accounts.emptySender.after(ordered)
        let findings = random.findings(in: other.state(for: random)).filter { $0.level != .ok }
        #expect(findings.map(\.level) == [.fault])
        #expect(findings.first?.remedy == "\(Self.setup) --distribution random")
    }
}

extension SimulatedAccount {
    /// Changes the filters of one group.
    fileprivate mutating func change(_ change: (SubscriptionFilter) -> SubscriptionFilter) {
        let filters = groups["CloudTrail"]?.filters ?? []
        groups["CloudTrail"]?.filters = filters.map(change)
    }
}
