import AWS
import Testing

@testable import Setup

/// Senders are admitted and nobody loses access unasked.
@Suite struct RecipientAccessTests {
    private static let one = SenderAccess(accounts: ["111111111111"])
    private static let two = SenderAccess(accounts: ["111111111111", "222222222222"])
    private static let organization = SenderAccess(organizations: [Accounts.organization])
    private static let path = SenderAccess(paths: ["o-1234567890/r-ab12/*"])

    private static func having(_ access: SenderAccess) -> SimulatedAccount {
        Accounts.emptyRecipient.after(Accounts.goal(senders: access))
    }

    /// Who may send, by a destination's policy read back.
    private static func open(_ account: SimulatedAccount) -> SenderAccess? {
        let goal = Accounts.goal()
        return goal.existingAccess(account.state(for: goal))
    }

    // MARK: who may send afterwards

    private static let rules:
        [(before: SenderAccess, asked: SenderAccess, removed: SenderAccess, after: SenderAccess)] =
            [
                (SenderAccess(), one, SenderAccess(), one),
                (one, SenderAccess(), SenderAccess(), one),
                (one, SenderAccess(accounts: ["222222222222"]), SenderAccess(), two),
                (two, SenderAccess(), SenderAccess(accounts: ["222222222222"]), one),
                (two, one, SenderAccess(accounts: ["222222222222"]), one),
                (one, organization, SenderAccess(), organization),
                (one, path, SenderAccess(), path),
                (
                    one, SenderAccess(accounts: ["222222222222"], organizations: [Accounts.organization]),
                    SenderAccess(),
                    SenderAccess(accounts: two.accounts, organizations: [Accounts.organization])
                ),
                (
                    organization, one, SenderAccess(),
                    SenderAccess(accounts: one.accounts, organizations: [Accounts.organization])
                ),
                // Account ids beside an organization stay, whatever is asked for next.
                (
                    SenderAccess(accounts: one.accounts, organizations: [Accounts.organization]), organization,
                    SenderAccess(),
                    SenderAccess(accounts: one.accounts, organizations: [Accounts.organization])
                ),
                (
                    organization, path, SenderAccess(),
                    SenderAccess(organizations: [Accounts.organization], paths: path.paths)
                ),
                (
                    SenderAccess(organizations: [Accounts.organization], paths: path.paths), SenderAccess(),
                    organization, path
                ),
                (
                    one, SenderAccess(wholeAccounts: true), SenderAccess(),
                    SenderAccess(accounts: one.accounts, wholeAccounts: true)
                ),
                (
                    SenderAccess(accounts: one.accounts, wholeAccounts: true), one, SenderAccess(),
                    SenderAccess(accounts: one.accounts, wholeAccounts: true)
                ),
            ]

    @Test(arguments: rules.indices) func accessAfter(index: Int) {
        let rule = Self.rules[index]
        let goal = Accounts.goal(senders: rule.asked, removed: rule.removed)
        #expect(goal.access(after: rule.before) == rule.after)
    }

    /// Carried out with all consent, it is what AWS has then, and nothing is left to do.
    @Test(arguments: rules.indices) func carriedOut(index: Int) {
        let rule = Self.rules[index]
        guard !rule.before.isEmpty else { return }
        let goal = Accounts.goal(senders: rule.asked, removed: rule.removed, force: true)
        let after = Self.having(rule.before).after(goal)
        #expect(after.refusals == [])
        #expect(Self.open(after) == rule.after)
        #expect(after.plan(goal).calls == [])
    }

    @Test func everybodyAdmittedIsTrusted() {
        let after = Self.having(Self.one).after(Accounts.goal(senders: SenderAccess(accounts: ["222222222222"])))
        let findings = Accounts.goal(senders: Self.two).findings(in: after.state(for: Accounts.goal()))
        #expect(findings.allSatisfy { $0.level == .ok })
    }

    // MARK: refusals

    @Test func nobody() {
        for (account, goal) in [
            (Accounts.emptyRecipient, Accounts.goal(senders: SenderAccess())),
            (Self.having(Self.one), Accounts.goal(senders: SenderAccess(), removed: Self.one)),
        ] {
            let plan = account.plan(goal)
            #expect(plan.refusals.count == 1 && plan.refusals.first?.hasPrefix("nobody could send") == true)
        }
    }

    /// From account ids to an organization: filters without a role stop, so their accounts are named.
    @Test(arguments: [organization, path]) func organizationAfterAccounts(asked: SenderAccess) {
        let account = Self.having(Self.two)
        let refused = account.plan(Accounts.goal(senders: asked))
        #expect(refused.refusals.count == 1)
        #expect(refused.refusals.first?.contains("111111111111, 222222222222") == true)
        #expect(refused.refusals.first?.contains("--force") == true)
        let goal = Accounts.goal(senders: asked, force: true)
        #expect(account.plan(goal).putsPolicyByForce == [true])
        let after = account.after(goal)
        #expect(after.refusals == [])
        #expect(Self.open(after) == asked)
        #expect(after.plan(goal).changesNothing)
    }

    /// Consent alone forces nothing: AWS is asked by force only from account ids to an organization.
    @Test(arguments: [
        (one, two), (organization, SenderAccess(organizations: ["o-0987654321"])), (organization, one),
        (organization, path),
    ]) func notForced(before: SenderAccess, asked: SenderAccess) {
        let goal = Accounts.goal(senders: asked, force: true)
        #expect(Self.having(before).plan(goal).putsPolicyByForce == [false])
        #expect(Self.having(before).after(goal).refusals == [])
        #expect(Accounts.emptyRecipient.plan(Accounts.goal(senders: asked, force: true)).putsPolicyByForce == [false])
    }

    @Test func organizationTakenAway() {
        let account = Self.having(SenderAccess(accounts: Self.one.accounts, organizations: [Accounts.organization]))
        let after = account.after(Accounts.goal(senders: SenderAccess(), removed: Self.organization))
        #expect(after.refusals == [])
        #expect(Self.open(after) == Self.one)
    }

    // MARK: a policy that set-up would not have written

    private static let odd = """
        {"Statement":[{"Effect":"Allow","Principal":{"AWS":["111111111111"]},"Action":"logs:*","Resource":"*"},\
        {"Effect":"Deny","Principal":{"AWS":"333333333333"},"Action":"*","Resource":"*"}]}
        """

    private static func having(policy: String?) -> SimulatedAccount {
        var account = having(one)
        account.destination { $0.with(accessPolicy: .some(policy)) }
        return account
    }

    @Test func oddPolicyThatAdmitsWhoIsMeantStays() {
        #expect(Self.having(policy: Self.odd).plan(Accounts.goal()).changesNothing)
        #expect(Self.having(policy: Self.odd).plan(Accounts.goal(senders: SenderAccess())).changesNothing)
    }

    /// What it says beside would be lost.
    @Test(arguments: [odd, "{}", #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}"#])
    func oddPolicyIsWrittenAnewByForce(policy: String) {
        let account = Self.having(policy: policy)
        let goal = Accounts.goal(
            senders: SenderAccess(accounts: ["222222222222"], wholeAccounts: true), removed: Self.one)
        let refused = account.plan(goal)
        #expect(refused.refusals.count == 1)
        #expect(refused.refusals.first?.contains(policy) == true && refused.refusals.first?.contains("--force") == true)
        let forced = Accounts.goal(senders: goal.senders, removed: goal.removed, force: true)
        #expect(Self.open(account.after(forced)) == goal.senders)
    }

    /// The difference shows both policies when the same senders are admitted to too little.
    @Test func halfAdmitted() throws {
        let destination = Accounts.destination.description
        let policy = PolicyDocument(
            PolicyDocuments.destinationAccess(Self.one, destination: destination).statements
                + PolicyDocuments.destinationAccess(
                    SenderAccess(accounts: ["222222222222"], wholeAccounts: true), destination: destination
                ).statements
        ).json.compact
        let goal = Accounts.goal(senders: SenderAccess(accounts: Self.two.accounts, wholeAccounts: true))
        let account = Accounts.emptyRecipient.after(Accounts.goal(senders: Self.two))
        var half = account
        half.destination { $0.with(accessPolicy: policy) }
        let plan = half.plan(goal)
        #expect(plan.operations == ["PutDestinationPolicy"])
        let step = try #require(plan.steps.last)
        guard case .change(let differences) = step.verdict else {
            Issue.record("\(step.verdict)")
            return
        }
        #expect(differences.map(\.what) == ["policy"])
        #expect(differences.first?.from == policy && differences.first?.to != policy)
        #expect(half.after(goal).plan(goal).changesNothing)
    }

    // MARK: lengths

    private static func senders(_ count: Int) -> SenderAccess {
        SenderAccess(accounts: (0..<count).map { String(100_000_000_000 + $0) })
    }

    /// How long a trust of so many senders and the recipient is.
    private static func trustCharacters(_ count: Int) -> Int {
        PolicyDocuments.recipientTrust(for: senders(count), of: Accounts.recipient).json.compact.count
    }

    /// As many senders as a role's trust holds, with a warning from nine tenths on.
    @Test func trustLength() throws {
        let most = try #require((1...100).last { Self.trustCharacters($0) <= Plan.trustCharactersMax })
        #expect(most == 45)  // with the recipient itself, 46
        let last = Accounts.emptyRecipient.plan(Accounts.goal(senders: Self.senders(most)))
        #expect(last.refusals == [])
        #expect(
            last.warnings.count == 1 && last.warnings.first?.contains("some more senders need --organization") == true)
        let over = Accounts.emptyRecipient.plan(Accounts.goal(senders: Self.senders(most + 1)))
        #expect(over.refusals.count == 1 && over.refusals.first?.contains("(--organization)") == true)
        for count in 1...most {
            let plan = Accounts.emptyRecipient.plan(Accounts.goal(senders: Self.senders(count)))
            #expect(plan.refusals == [])
            #expect(plan.warnings.isEmpty == (Self.trustCharacters(count) <= 1843), "\(count) senders")
        }
        let organization = Accounts.emptyRecipient.plan(Accounts.goal(senders: Self.organization))
        #expect(organization.refusals == [] && organization.warnings == [])
    }

    /// A trust only grows: where an organization no longer fits beside the accounts, another role does.
    @Test func organizationAfterManyAccounts() {
        let account = Self.having(Self.senders(45))
        let refused = account.plan(Accounts.goal(senders: Self.organization, force: true))
        #expect(refused.refusals == [] && refused.warnings.contains { $0.contains("--role") })
        let goal = RecipientGoal(
            place: Accounts.recipient, stream: RecipientGoal.StreamGoal(name: "RecipientStream", region: "us-east-1"),
            destination: "testDestination", role: "CWLtoKinesisRole2", senders: Self.organization,
            consent: Consent(force: true))
        let plan = account.plan(goal)
        #expect(plan.refusals == [])
        #expect(plan.operations == ["CreateRole", "PutRolePolicy", "PutDestination", "PutDestinationPolicy"])
        #expect(account.after(goal).refusals == [])
    }

    /// Where the trust is somebody else's and admits all, a destination's policy is what ends first.
    @Test func accessPolicyLength() {
        var account = Self.having(Self.one)
        account.roles[RecipientGoal.roleDefault]?.tags = [:]
        account.roles[RecipientGoal.roleDefault]?.trust = PolicyDocuments.senderTrust.json.compact
        var others = Self.senders(327)
        others.accounts.append("111111111111")
        let fits = account.plan(Accounts.goal(senders: others))
        #expect(fits.refusals == [])
        #expect(fits.operations == ["PutDestinationPolicy"])
        others.accounts.append("999999999998")
        let over = account.plan(Accounts.goal(senders: SenderAccess(accounts: others.accounts)))
        #expect(over.refusals.count == 1)
        #expect(
            over.refusals.first?.contains("AWS takes 5120") == true
                && over.refusals.first?.contains("--organization") == true)
    }
}

extension Plan {
    fileprivate var putsPolicyByForce: [Bool] {
        calls.compactMap { call in
            guard case .destination(_, .putPolicy(_, let force)) = call else { return nil }
            return force
        }
    }
}
