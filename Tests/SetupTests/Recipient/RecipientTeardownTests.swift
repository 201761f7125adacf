import AWS
import Testing

@testable import Setup

/// What set-up made goes, and nothing else.
@Suite struct RecipientTeardownTests {
    private static let goal = Accounts.goal()
    private static let healthy = Accounts.emptyRecipient.after(goal)
    private static let role = RecipientGoal.roleDefault
    private static let arn = Accounts.destination.description
    private static let whole = ["DeleteDestination", "DeleteRolePolicy", "DeleteRole", "DeleteStream"]

    private static func teardown(_ account: SimulatedAccount, withStream: Bool = true) -> Plan {
        goal.teardown(from: account.state(for: goal), withStream: withStream)
    }

    @Test func everythingThatWasMade() {
        let plan = Self.teardown(Self.healthy)
        #expect(plan.operations == Self.whole)
        #expect(plan.refusals == [])
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains("open to 111111111111") == true)
        let after = Self.healthy.after(plan)
        #expect(after == Accounts.emptyRecipient)
        #expect(Self.teardown(after) == Plan())
    }

    /// With its records, only when that is said.
    @Test func streamOnlyWhenAsked() {
        let plan = Self.teardown(Self.healthy, withStream: false)
        #expect(plan.operations == Self.whole.dropLast())
        #expect(plan.warnings.contains { $0.contains("--delete-stream") })
        let after = Self.healthy.after(plan)
        #expect(after.streams == Self.healthy.streams)
        #expect(Self.teardown(after, withStream: false).calls == [])
        #expect(Self.teardown(after).operations == ["DeleteStream"])
    }

    @Test func afterEveryCall() {
        let calls = Self.teardown(Self.healthy).calls
        for count in 0...calls.count {
            var stopped = Self.healthy
            stopped.apply(calls.prefix(count))
            #expect(Self.teardown(stopped).calls == Array(calls.dropFirst(count)))
            stopped.apply(calls.dropFirst(count))
            #expect(stopped == Accounts.emptyRecipient)
        }
    }

    @Test func streamThatIsBeingDeleted() {
        var account = Self.healthy
        account.summary { $0.with(status: .deleting) }
        #expect(Self.teardown(account).operations == Self.whole.dropLast())
    }

    struct Case: CustomTestStringConvertible {
        let what: String
        let operations: [String]
        /// In one of the warnings.
        let reason: String
        let make: @Sendable (inout SimulatedAccount) -> Void

        init(
            _ what: String, _ operations: [String], _ reason: String,
            _ make: @escaping @Sendable (inout SimulatedAccount) -> Void
        ) {
            self.what = what
            self.operations = operations
            self.reason = reason
            self.make = make
        }

        var testDescription: String { what }
    }

    private static let foreign = "tailrace did not make it"
    private static let adopted = "it was there before tailrace was let to change it"

    private static let cases = [
        Case("foreign stream", whole.dropLast(), "stream RecipientStream stays: \(foreign)") {
            $0.streams["RecipientStream"]?.state.tags = [:]
        },
        Case("adopted stream", whole.dropLast(), "stream RecipientStream stays: \(adopted)") {
            $0.streams["RecipientStream"]?.state.tags = Ownership.adoptedTags
        },
        Case("foreign role", ["DeleteDestination", "DeleteStream"], "role CWLtoKinesisRole stays: \(foreign)") {
            $0.roles[role]?.tags = [:]
        },
        Case("adopted role", ["DeleteDestination", "DeleteStream"], "role CWLtoKinesisRole stays: \(adopted)") {
            $0.roles[role]?.tags = Ownership.adoptedTags
        },
        // What stays goes on: its role and its stream stay with it.
        Case("adopted destination", [], "destination testDestination stays: \(adopted)") {
            $0.destinations[arn]?.tags = Ownership.adoptedTags
        },
        Case(
            "adopted destination's role", [], "role CWLtoKinesisRole stays: it is made for destination testDestination"
        ) {
            $0.destinations[arn]?.tags = Ownership.adoptedTags
        },
        Case(
            "adopted destination's stream", [],
            "stream RecipientStream stays: it is written to from destination testDestination as well"
        ) {
            $0.destinations[arn]?.tags = Ownership.adoptedTags
        },
        Case(
            "foreign destination", ["DeleteRolePolicy", "DeleteRole"], "destination testDestination stays: \(foreign)"
        ) {
            $0.destinations[arn]?.tags = [:]
            $0.destination { $0.with(roleARN: "other") }
        },
        Case(
            "foreign destination to another stream", ["DeleteRolePolicy", "DeleteRole", "DeleteStream"],
            "destination testDestination stays: \(foreign)"
        ) {
            $0.destinations[arn]?.tags = [:]
            $0.destination { $0.with(targetARN: "x", roleARN: "y") }
        },
        Case(
            "role for another Region", ["DeleteDestination", "UpdateAssumeRolePolicy"],
            "made for log groups in us-west-2 as well"
        ) {
            let west = AccountPlace(partition: "aws", account: "999999999999", region: "us-west-2")
            $0.roles[role]?.trust =
                PolicyDocuments.recipientTrust(for: goal.senders, of: Accounts.recipient)
                .adding(PolicyDocuments.recipientTrust(for: goal.senders, of: west)).json.compact
        },
        Case(
            "role for another stream", ["DeleteDestination", "PutRolePolicy", "DeleteStream"], ":stream/Other as well"
        ) {
            $0.roles[role]?.policies[RecipientGoal.permissionsName] =
                PolicyDocuments.recipientPermissions(stream: goal.streamARN, key: nil)
                .adding(
                    PolicyDocuments.recipientPermissions(stream: "arn:aws:kinesis:us-east-1:1:stream/Other", key: nil)
                )
                .json.compact
        },
    ]

    @Test(arguments: cases) func stays(_ one: Case) {
        var account = Self.healthy
        one.make(&account)
        let plan = Self.teardown(account)
        #expect(plan.refusals == [])
        #expect(plan.operations == one.operations)
        #expect(plan.warnings.contains { $0.contains(one.reason) }, "\(plan.warnings)")
        #expect(account.after(plan).refusals == [])
    }

    /// A destination that was made and neither tagged nor opened yet is ours to remove; one that is open is somebody's.
    @Test func untaggedDestination() {
        var account = Self.healthy
        account.destinations[Self.arn]?.tags = [:]
        #expect(Self.teardown(account).operations == [])
        account.destination { $0.with(accessPolicy: .some(nil)) }
        #expect(Self.teardown(account).operations == Self.whole)
    }

    /// The last Region to be torn down finds nothing that needs the role.
    @Test func twoRegionsOneAfterTheOther() throws {
        let west = AccountPlace(partition: "aws", account: "999999999999", region: "us-west-2")
        var account = Self.healthy
        account.roles[Self.role]?.trust =
            PolicyDocuments.recipientTrust(for: Self.goal.senders, of: Accounts.recipient)
            .adding(PolicyDocuments.recipientTrust(for: Self.goal.senders, of: west)).json.compact
        let plan = Self.teardown(account)
        #expect(plan.warnings.contains { $0.contains("written to from log groups in us-west-2 as well") })
        account = account.after(plan)
        let trust = try #require(account.roles[Self.role]?.trust)
        #expect(try PolicyDocument(parsing: trust) == PolicyDocuments.recipientTrust(for: Self.goal.senders, of: west))
    }

    /// Two destinations of one Region share role and stream: the first to go leaves them to the other.
    @Test func aNeighbourKeepsRoleAndStream() {
        var state = Self.healthy.state(for: Self.goal)
        state.neighbours = [
            Destination(
                name: "other", arn: "arn", targetARN: Self.goal.streamARN, roleARN: state.role?.arn ?? "")
        ]
        let plan = Self.goal.teardown(from: state, withStream: true)
        #expect(plan.operations == ["DeleteDestination"])
        #expect(plan.warnings.count { $0.contains("destination other") } == 2)
    }

    /// What others gave the role is theirs to take.
    @Test(arguments: [true, false]) func policiesOfOthers(isAttached: Bool) {
        var account = Self.healthy
        let name = "arn:aws:iam::aws:policy/Theirs"
        if isAttached {
            account.roles[Self.role]?.attached[name] = #"{"Statement":[]}"#
        } else {
            account.roles[Self.role]?.policies[name] = #"{"Statement":[]}"#
        }
        let plan = Self.teardown(account)
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains(name) == true)
        #expect(!plan.operations.contains("DeleteRole"))
    }
}
