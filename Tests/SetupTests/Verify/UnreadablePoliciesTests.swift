import AWS
import Testing

@testable import Setup

/// What a policy says in a way that is not judged here is no reason to say that all is well.
@Suite struct UnreadablePoliciesTests {
    private static let place = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
    private static let goal = RecipientGoal(
        place: place, stream: RecipientGoal.StreamGoal(name: "RecipientStream", region: "us-east-1"),
        destination: "testDestination", senders: SenderAccess(accounts: ["111111111111"]))
    private static let permissions = """
        {"Statement":[{"Effect":"Allow","Action":"kinesis:PutRecord",\
        "Resource":"arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"}]}
        """
    private static let trust = PolicyDocuments.recipientTrust(for: goal.senders, of: place).json.compact

    private static func signs(trust: String = trust, policies: [String: String]) -> [Finding] {
        let role = RoleState(
            arn: goal.roleARN, trust: trust, tags: Ownership.madeTags, policies: policies)
        return goal.findings(in: RecipientState(role: role)).filter { $0.subject.contains("role") && $0.level != .ok }
    }

    @Test func allIsWell() {
        #expect(Self.signs(policies: ["own": Self.permissions]) == [])
    }

    @Test(arguments: [
        (
            #"{"Statement":{"Effect":"Deny","NotPrincipal":{"Service":"logs.amazonaws.com"},"Action":"sts:AssumeRole"}}"#,
            "NotPrincipal"
        ),
        ("not JSON", "no policy that can be read"), ("{}", "no policy that can be read"),
        (#"{"Statement":[{"Effect":"Perhaps","Action":"sts:AssumeRole"}]}"#, "no policy that can be read"),
    ])
    func aTrustThatCannotBeRead(trust: String, text: String) throws {
        let signs = Self.signs(trust: trust, policies: ["own": Self.permissions])
        let sign = try #require(signs.first)
        #expect(signs.count == 1)
        #expect(sign.level == .fault)
        #expect(sign.subject == "trust of role CWLtoKinesisRole")
        #expect(sign.text.contains(text), "\(sign.line)")
        #expect(sign.remedy?.contains("tailrace setup recipient") == true)
    }

    /// The plan replaces it, as that remedy says.
    @Test func setUpReplacesATrustThatCannotBeRead() {
        var plan = Plan()
        let role = RoleState(
            arn: Self.goal.roleARN, trust: "not JSON", tags: Ownership.madeTags,
            policies: [RecipientGoal.permissionsName: Self.permissions])
        let goal = Self.goal.roleGoal(RecipientState(role: role))
        plan.role(goal, role, consent: Consent())
        #expect(plan.refusals.count == 1)
        plan = Plan()
        plan.role(goal, role, consent: Consent(force: true))
        #expect(plan.refusals == [])
        #expect(plan.calls == [.role(goal.name, .setTrust(goal.trust))])
    }

    /// One that can be read grants what is needed; what the other says is for a person to see.
    @Test func aPermissionThatCannotBeReadIsAWarning() {
        let signs = Self.signs(policies: ["own": Self.permissions, "odd": "not JSON"])
        #expect(signs.map(\.level) == [.warning])
        #expect(signs.first?.text.contains("policy odd is no policy that can be read") == true)
    }

    /// Neither yes nor no.
    @Test func aConditionThatIsNotKnownIsAWarning() {
        let document = """
            {"Statement":[{"Effect":"Allow","Action":"kinesis:*","Resource":"*",\
            "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}
            """
        let signs = Self.signs(policies: ["own": document])
        #expect(signs.map(\.level) == [.warning])
        #expect(signs.first?.text.contains("aws:MultiFactorAuthPresent") == true)
    }
}
