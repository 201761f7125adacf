import AWS
import Testing

@testable import Setup

/// One fault in a healthy account is one finding, with what mends it.
@Suite struct RecipientFindingsTests {
    private static let goal = Accounts.goal(
        stream: Accounts.fullStream,
        senders: SenderAccess(
            accounts: ["111111111111"], organizations: [Accounts.organization], paths: ["o-0987654321/r-ab12/*"]))
    private static let healthy = Accounts.emptyRecipient.after(goal)
    private static let role = RecipientGoal.roleDefault
    private static let permissions = RecipientGoal.permissionsName
    private static let arn = Accounts.destination.description

    @Test func healthyHasNone() {
        let findings = Self.goal.findings(in: Self.healthy.state(for: Self.goal))
        #expect(findings.filter { $0.level != .ok } == [])
        #expect(findings.allSatisfy { $0.remedy == nil })
        let subjects = Set(findings.map(\.subject))
        #expect(
            subjects == [
                "stream RecipientStream", "retention of stream RecipientStream", "encryption of stream RecipientStream",
                "trust of role CWLtoKinesisRole", "permissions of role CWLtoKinesisRole", "destination testDestination",
                "access to destination testDestination",
            ])
    }

    private static let setup = "tailrace setup recipient"

    private static let ofStream = [
        InjectedFault("no stream", "stream RecipientStream", "\(setup) creates it") { $0.streams = [:] },
        InjectedFault("CREATING", "stream RecipientStream", "wait a minute and verify again") {
            $0.summary { $0.with(status: .creating) }
        },
        InjectedFault("DELETING", "stream RecipientStream", "\(setup) makes it anew") {
            $0.summary { $0.with(status: .deleting) }
        },
        InjectedFault(
            "partition keys ignored", level: .warning, "order in stream RecipientStream",
            "aws kinesis update-stream-record-distribution-strategy --stream-arn "
                + "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream --record-distribution-strategy "
                + "USER_PARTITION_KEY"
        ) { $0.summary { $0.with(ignoresPartitionKeys: true) } },
        InjectedFault("shorter retention", "retention of stream RecipientStream", "\(setup) --retention-hours 48") {
            $0.summary { $0.with(retentionHours: 24) }
        },
        InjectedFault("not encrypted", "encryption of stream RecipientStream", "\(setup) --kms-key \(Accounts.key.arn)")
        {
            $0.summary { $0.with(encryptionKey: .some(nil)) }
        },
        InjectedFault("another key", "encryption of stream RecipientStream", "\(setup) --kms-key \(Accounts.key.arn)") {
            $0.summary { $0.with(encryptionKey: Accounts.otherKey.arn) }
        },
        InjectedFault(
            "key disabled", "encryption of stream RecipientStream", "aws kms enable-key --key-id \(Accounts.key.arn)"
        ) {
            $0.keys[Accounts.key.arn] = KeyState(arn: Accounts.key.arn, state: "Disabled")
        },
        InjectedFault(
            "key about to be deleted", "encryption of stream RecipientStream",
            "aws kms cancel-key-deletion --key-id \(Accounts.key.arn), then aws kms enable-key --key-id \(Accounts.key.arn)"
        ) { $0.keys[Accounts.key.arn] = KeyState(arn: Accounts.key.arn, state: "PendingDeletion") },
    ]

    private static let trust = "trust of role CWLtoKinesisRole"
    private static let trustRemedy = "\(setup), or set the trust that tailrace policies recipient-trust prints"
    private static let rights = "permissions of role CWLtoKinesisRole"
    private static let rightsRemedy = "\(setup), or set the policy that tailrace policies recipient-permissions prints"

    private static func trusting(_ access: SenderAccess, _ place: AccountPlace = Accounts.recipient) -> String {
        PolicyDocuments.recipientTrust(for: access, of: place).json.compact
    }

    private static func deny(_ action: String) -> String {
        #"{"Statement":[{"Effect":"Deny","Action":"\#(action)","Resource":"*"}]}"#
    }

    private static let ofRole = [
        InjectedFault("no role", "role CWLtoKinesisRole", "\(setup) creates it; AWS then needs up to two minutes") {
            $0.roles = [:]
        },
        InjectedFault("trust lacks the organization", trust, "\(setup) --organization o-") {
            $0.roles[role]?.trust = trusting(SenderAccess(accounts: goal.senders.accounts, paths: goal.senders.paths))
        },
        InjectedFault("trust lacks the path's organization", trust, "\(setup) --organization-path ") {
            $0.roles[role]?.trust = trusting(
                SenderAccess(accounts: goal.senders.accounts, organizations: goal.senders.organizations))
        },
        InjectedFault("trust cannot be read", trust, "\(setup) --force, or set the trust") {
            $0.roles[role]?.trust = "?"
        },
        InjectedFault("no PutRecord", rights, rightsRemedy) {
            $0.roles[role]?.policies[permissions]?.replace("kinesis:PutRecord", with: "kinesis:PutRecords")
        },
        InjectedFault("PutRecord on another stream", rights, rightsRemedy) {
            $0.roles[role]?.policies[permissions]?.replace("RecipientStream", with: "Other")
        },
        InjectedFault("no right to the key", rights, rightsRemedy) {
            $0.roles[role]?.policies[permissions]?.replace("kms:GenerateDataKey", with: "kms:Decrypt")
        },
        InjectedFault("a deny of PutRecord", rights, "remove the Deny, or narrow it") {
            $0.roles[role]?.attached["theirs"] = deny("kinesis:*")
        },
        InjectedFault("a deny on a condition", level: .warning, rights, "look at it by hand") {
            $0.roles[role]?.policies["theirs"] =
                #"{"Statement":{"Effect":"Deny","Action":"kms:*","Resource":"*","Condition":{"Bool":{"aws:ViaAWSService":true}}}}"#
        },
        InjectedFault("a policy that cannot be read", level: .warning, rights, "look at it by hand") {
            $0.roles[role]?.attached["theirs"] = "?"
        },
    ]

    private static let access = "access to destination testDestination"
    private static let accessRemedy =
        "aws logs put-destination-policy with what tailrace policies destination-access prints"

    private static func open(_ access: SenderAccess) -> String {
        PolicyDocuments.destinationAccess(access, destination: arn).json.compact
    }

    private static let ofDestination = [
        InjectedFault("no destination", "destination testDestination", "\(setup) creates it") { $0.destinations = [:] },
        InjectedFault("another target", "destination testDestination", setup) {
            $0.destination { $0.with(targetARN: "x") }
        },
        InjectedFault("another role", "destination testDestination", setup) {
            $0.destination { $0.with(roleARN: "x") }
        },
        InjectedFault("no policy", access, accessRemedy) { $0.destination { $0.with(accessPolicy: .some(nil)) } },
        InjectedFault("policy cannot be read", access, "\(setup) --force, or put") {
            $0.destination { $0.with(accessPolicy: "?") }
        },
        InjectedFault("policy denies the sender", access, "remove the Deny, or narrow it") {
            $0.destination {
                $0.with(
                    accessPolicy: $0.accessPolicy?.replacing(
                        #""Statement":["#,
                        with:
                            #""Statement":[{"Effect":"Deny","Principal":{"AWS":"111111111111"},"Action":"*","Resource":"*"},"#
                    ))
            }
        },
    ]

    @Test(arguments: ofStream + ofRole + ofDestination) func oneFault(_ fault: InjectedFault) {
        fault.expectOnly({ Self.goal.findings(in: $0.state(for: Self.goal)) }, in: Self.healthy)
    }

    // MARK: accounts alone

    private static let accountGoal = Accounts.goal(stream: Accounts.fullStream)
    private static let healthyAccounts = Accounts.emptyRecipient.after(accountGoal)

    private static let ofAccounts = [
        InjectedFault("trust lacks the sender", trust, "\(setup) --sender 111111111111, or set the trust that") {
            $0.roles[role]?.trust = trusting(SenderAccess())
        },
        InjectedFault("trust lacks the recipient", trust, trustRemedy) {
            $0.roles[role]?.trust.replace(#","arn:aws:logs:us-east-1:999999999999:*""#, with: "")
        },
        InjectedFault("policy lacks the sender", access, accessRemedy) {
            $0.destination { $0.with(accessPolicy: $0.accessPolicy?.replacing("111111111111", with: "222222222222")) }
        },
    ]

    @Test(arguments: ofAccounts) func oneFaultOfAccounts(_ fault: InjectedFault) {
        fault.expectOnly({ Self.accountGoal.findings(in: $0.state(for: Self.accountGoal)) }, in: Self.healthyAccounts)
    }

    /// Where an organization is admitted as well, an account that is not named may still belong to it.
    @Test func mayBelongToTheOrganization() {
        var account = Self.healthy
        account.roles[Self.role]?.trust = Self.trusting(
            SenderAccess(organizations: Self.goal.senders.organizations, paths: Self.goal.senders.paths))
        account.destination {
            $0.with(accessPolicy: $0.accessPolicy?.replacing("111111111111", with: "222222222222"))
        }
        let told = Self.goal.findings(in: account.state(for: Self.goal)).filter { $0.level != .ok }
        #expect(told.map(\.level) == [.warning, .warning])
    }

    /// Faults that strike everybody.
    @Test(arguments: [
        ("trust of another service", "trust of role CWLtoKinesisRole", 4),
        ("trust of another Region", "trust of role CWLtoKinesisRole", 4),
        ("another action", "access to destination testDestination", 3),
        ("another destination", "access to destination testDestination", 3),
    ]) func everybody(what: String, subject: String, count: Int) {
        var account = Self.healthy
        switch what {
        case "trust of another service":
            account.roles[Self.role]?.trust.replace("logs.amazonaws", with: "ec2.amazonaws")
        case "trust of another Region": account.roles[Self.role]?.trust.replace("us-east-1", with: "us-west-2")
        case "another action":
            account.destination {
                $0.with(
                    accessPolicy: $0.accessPolicy?.replacing("logs:PutSubscriptionFilter", with: "logs:PutLogEvents"))
            }
        default:
            account.destination { $0.with(accessPolicy: $0.accessPolicy?.replacing(":testDestination", with: ":x")) }
        }
        let findings = Self.goal.findings(in: account.state(for: Self.goal)).filter { $0.level != .ok }
        #expect(findings.count == count)
        #expect(findings.allSatisfy { $0.level == .fault && $0.subject == subject })
    }

    /// A sender that needs whole accounts is judged by both actions.
    @Test func wholeAccounts() {
        let goal = Accounts.goal(senders: SenderAccess(accounts: ["111111111111"], wholeAccounts: true))
        let findings = goal.findings(in: Self.healthy.state(for: goal)).filter { $0.level != .ok }
        #expect(findings.map(\.text) == ["111111111111 may not logs:PutAccountPolicy"])
        #expect(goal.findings(in: Accounts.emptyRecipient.after(goal).state(for: goal)).allSatisfy { $0.level == .ok })
    }

    /// The guide's older trust, with the Region in the service's name.
    @Test func regionalService() {
        var account = Self.healthy
        account.roles[Self.role]?.trust.replace("logs.amazonaws.com", with: "logs.us-east-1.amazonaws.com")
        #expect(Self.goal.findings(in: account.state(for: Self.goal)).allSatisfy { $0.level == .ok })
    }

    /// An organization that is admitted admits those below one of its paths.
    @Test func pathOfAnAdmittedOrganization() {
        let goal = Accounts.goal(senders: SenderAccess(paths: ["o-1234567890/r-ab12/*"]))
        var account = Accounts.emptyRecipient.after(goal)
        account.destination {
            $0.with(accessPolicy: Self.open(SenderAccess(organizations: [Accounts.organization])))
        }
        #expect(goal.findings(in: account.state(for: goal)).allSatisfy { $0.level == .ok })
    }

    @Test func unread() async throws {
        for (part, subject) in [
            (Unread.Part.stream, "stream"), (.key, "key"), (.role, "role"), (.destination, "destination"),
        ] {
            var state = Self.healthy.state(for: Self.goal)
            let denied = AWSError(
                kind: .refused, code: "AccessDeniedException", message: "no", status: 400, requestID: nil,
                operation: "x",
                endpoint: "y", mayHaveBeenDone: false)
            let found = try await state.unread.looking(at: part) { () throws -> Int? in throw denied }
            #expect(found == nil)
            if part == .key { state.key = nil }
            let findings = Self.goal.findings(in: state)
            #expect(findings.filter { $0.level != .ok }.map(\.subject) == [subject])
            // What could not be seen is not called well either.
            let about = [
                "key": "encryption of", "stream": "stream Rec", "role": "of role", "destination": "destination test",
            ]
            #expect(
                !findings.contains { $0.level == .ok && $0.subject.contains(about[subject] ?? "") && part != .stream })
        }
    }

    @Test func otherErrorsAreNoFindings() async {
        var unread = Unread()
        let failed = AWSError(
            kind: .refused, code: "ThrottlingException", message: "no", status: 400, requestID: nil, operation: "x",
            endpoint: "y", mayHaveBeenDone: false)
        await #expect(throws: AWSError.self) {
            _ = try await unread.looking(at: .role) { () throws -> Int? in throw failed }
        }
        #expect(unread == Unread())
    }
}
