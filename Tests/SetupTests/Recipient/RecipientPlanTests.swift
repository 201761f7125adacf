import AWS
import Testing

@testable import Setup

/// From what is there to what is wanted, by exactly the calls that are needed.
@Suite struct RecipientPlanTests {
    private static let role = RecipientGoal.roleDefault
    private static let full = Accounts.goal(stream: Accounts.fullStream)
    private static let healthy = Accounts.emptyRecipient.after(full)

    @Test func fromNothing() {
        let plan = Accounts.emptyRecipient.plan(Self.full)
        #expect(
            plan.operations == [
                "CreateStream", "wait", "IncreaseStreamRetentionPeriod", "wait", "StartStreamEncryption", "wait",
                "CreateRole", "PutRolePolicy", "PutDestination", "TagResource", "PutDestinationPolicy",
            ])
        #expect(plan.refusals == [] && plan.warnings == [])
        #expect(plan.summary == "3 to create")
        #expect(Self.healthy.refusals == [])
    }

    @Test func everythingThere() {
        let plan = Self.healthy.plan(Self.full)
        #expect(plan.calls == [] && plan.refusals == [] && plan.warnings == [])
        #expect(plan.changesNothing)
        #expect(plan.summary == "3 to keep")
    }

    /// A goal that asks less than what is there is content.
    @Test func everythingThereAndMore() {
        let plan = Self.healthy.plan(Accounts.goal(senders: SenderAccess()))
        #expect(plan.changesNothing && plan.warnings == [])
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
        var account: SimulatedAccount {
            var account = healthy
            make(&account)
            return account
        }
    }

    private static let arn = full.destinationARN.description
    private static let permissions = RecipientGoal.permissionsName

    private static func policy(_ access: SenderAccess, destination: String = arn) -> String {
        PolicyDocuments.destinationAccess(access, destination: destination).json.compact
    }

    private static let ofStream: [Difference] = [
        Difference(
            "no stream",
            ["CreateStream", "wait", "IncreaseStreamRetentionPeriod", "wait", "StartStreamEncryption", "wait"]
        ) { $0.streams = [:] },
        Difference("stream CREATING", ["wait"]) { $0.summary { $0.with(status: .creating, openShards: 0) } },
        Difference("stream UPDATING", ["wait"]) { $0.summary { $0.with(status: .updating) } },
        Difference("shorter retention", ["IncreaseStreamRetentionPeriod", "wait"]) {
            $0.summary { $0.with(retentionHours: 24) }
        },
        Difference("shorter retention, UPDATING", ["wait", "IncreaseStreamRetentionPeriod", "wait"]) {
            $0.summary { $0.with(status: .updating, retentionHours: 24) }
        },
        Difference("not encrypted", ["wait", "StartStreamEncryption", "wait"]) {
            $0.summary { $0.with(encryptionKey: .some(nil)) }
        },
        Difference("another key", ["wait", "StartStreamEncryption", "wait"]) {
            $0.summary { $0.with(encryptionKey: Accounts.otherKey.arn) }
        },
        Difference("the key by its id", []) { $0.summary { $0.with(encryptionKey: "1234abcd") } },
    ]

    private static let ofRole: [Difference] = [
        Difference("no role", ["CreateRole", "PutRolePolicy"]) { $0.roles = [:] },
        Difference("trust without the sender", ["UpdateAssumeRolePolicy"]) {
            $0.roles[role]?.trust =
                PolicyDocuments.recipientTrust(for: SenderAccess(accounts: ["222222222222"]), of: Accounts.recipient)
                .json.compact
        },
        Difference("trust of another Region", ["UpdateAssumeRolePolicy"]) {
            $0.roles[role]?.trust.replace("us-east-1", with: "us-west-2")
        },
        Difference("no permissions", ["PutRolePolicy"]) { $0.roles[role]?.policies = [:] },
        Difference("permissions for another stream", ["PutRolePolicy"]) {
            $0.roles[role]?.policies[permissions]?.replace("RecipientStream", with: "Other")
        },
        Difference("no right to the key", ["PutRolePolicy"]) {
            $0.roles[role]?.policies[permissions] =
                PolicyDocuments.recipientPermissions(stream: full.streamARN, key: nil).json.compact
        },
        Difference("adopted once", []) { $0.roles[role]?.tags = Ownership.adoptedTags },
    ]

    private static let ofDestination: [Difference] = [
        Difference("no destination", ["PutDestination", "TagResource", "PutDestinationPolicy"]) {
            $0.destinations = [:]
        },
        Difference("another target", ["PutDestination"]) { $0.destination { $0.with(targetARN: "x") } },
        Difference("another role", ["PutDestination"]) { $0.destination { $0.with(roleARN: "x") } },
        Difference("no longer tagged", []) { $0.destinations[arn]?.tags = [:] },
        Difference("neither tagged nor with a policy", ["TagResource", "PutDestinationPolicy"]) {
            $0.destinations[arn]?.tags = [:]
            $0.destination { $0.with(accessPolicy: .some(nil)) }
        },
        Difference("no policy", ["PutDestinationPolicy"]) { $0.destination { $0.with(accessPolicy: .some(nil)) } },
        Difference("policy for another sender only", ["UpdateAssumeRolePolicy", "PutDestinationPolicy"]) {
            $0.destination { $0.with(accessPolicy: policy(SenderAccess(accounts: ["222222222222"]))) }
        },
        Difference("policy about another destination", ["PutDestinationPolicy"]) {
            $0.destination { $0.with(accessPolicy: policy(SenderAccess(accounts: ["111111111111"]), destination: "x")) }
        },
        Difference("policy with another action", ["PutDestinationPolicy"]) {
            $0.destination {
                $0.with(
                    accessPolicy: $0.accessPolicy?.replacing("logs:PutSubscriptionFilter", with: "logs:PutLogEvents"))
            }
        },
        Difference("policy with a sender whom the role does not trust", ["UpdateAssumeRolePolicy"]) {
            $0.destination { $0.with(accessPolicy: policy(SenderAccess(accounts: ["111111111111", "222222222222"]))) }
        },
    ]

    /// Exactly these calls; once they are made, all is well and nothing more is to be done.
    @Test(arguments: ofStream + ofRole + ofDestination) func oneThing(_ difference: Difference) {
        let plan = difference.account.plan(Self.full)
        #expect(plan.operations == difference.operations)
        #expect(plan.refusals == [] && plan.warnings == [])
        let after = difference.account.after(plan)
        #expect(after.refusals == [])
        #expect(after.plan(Self.full).changesNothing)
        #expect(Self.full.findings(in: after.state(for: Self.full)).allSatisfy { $0.level == .ok })
    }

    /// What cannot be read may say what nobody wants to lose.
    @Test(arguments: [true, false]) func documentThatCannotBeRead(isTrust: Bool) {
        var account = Accounts.emptyRecipient.after(Accounts.goal())
        let role = RecipientGoal.roleDefault
        if isTrust {
            account.roles[role]?.trust = "{}"
        } else {
            account.roles[role]?.policies[RecipientGoal.permissionsName] = "?"
        }
        let refused = account.plan(Accounts.goal())
        #expect(refused.refusals.count == 1 && refused.refusals.first?.contains("--force") == true)
        let after = account.after(Accounts.goal(force: true))
        #expect(after.refusals == [] && after.plan(Accounts.goal()).changesNothing)
    }

    /// Who cannot lose access because nobody gave it was written wrongly.
    @Test func removedWhoWasNeverThere() {
        let account = Accounts.emptyRecipient.after(Accounts.goal())
        let typo = SenderAccess(accounts: ["123456789012"])
        let plan = account.plan(Accounts.goal(removed: typo))
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("123456789012 cannot be removed") == true)
    }

    /// A stream that is written to is encrypted only by a role that may use the key, and that is known to.
    @Test func aLiveStreamIsEncryptedLast() {
        let account = Accounts.emptyRecipient.after(Accounts.goal())
        let plan = account.plan(Accounts.goal(stream: Accounts.fullStream))
        #expect(
            plan.operations.filter { $0 != "wait" } == [
                "PutRolePolicy", "IncreaseStreamRetentionPeriod", "StartStreamEncryption",
            ])
        let pause = plan.calls.firstIndex(of: .role(RecipientGoal.roleDefault, .waitUntilKnown))
        let encryption = plan.calls.firstIndex { $0.request?.operation == "StartStreamEncryption" }
        #expect((pause ?? .max) < (encryption ?? 0))
    }

    /// Of a role that is ours, nothing of what it holds beside is lost.
    @Test func ourRoleServesMoreThanThis() throws {
        let west = AccountPlace(partition: "aws", account: "999999999999", region: "us-west-2")
        let other = RecipientGoal(
            place: west, stream: RecipientGoal.StreamGoal(name: "Other", region: "us-west-2"), destination: "west",
            senders: SenderAccess(accounts: ["222222222222"]))
        let both = Self.healthy.after(other)
        #expect(both.refusals == [])
        let role = try #require(both.roles[Self.role])
        #expect(
            try PolicyDocument(parsing: role.trust).statements[0].conditions[0].values == [
                "arn:aws:logs:us-east-1:111111111111:*", "arn:aws:logs:us-east-1:999999999999:*",
                "arn:aws:logs:us-west-2:222222222222:*", "arn:aws:logs:us-west-2:999999999999:*",
            ])
        #expect(
            try PolicyDocument(parsing: role.policies[Self.permissions] ?? "").statements[0].resources
                == .these([
                    "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream",
                    "arn:aws:kinesis:us-west-2:999999999999:stream/Other",
                ]))
        #expect(both.plan(Self.full).changesNothing && both.plan(other).changesNothing)
    }

    // MARK: the stream stays as it is

    @Test(arguments: [
        (StreamCapacity.provisioned(shards: 3), 48, "has 2 open shards and not 3"),
        (.provisioned(shards: 1), 48, "has 2 open shards and not 1"),
        (.onDemand, 48, "stays provisioned"),
        (.provisioned(shards: 2), 24, "keeps records for 48 h and not for 24 h"),
    ]) func warned(capacity: StreamCapacity, hours: Int, words: String) {
        let stream = RecipientGoal.StreamGoal(
            name: "RecipientStream", region: "us-east-1", capacity: capacity, retentionHours: hours)
        let plan = Self.healthy.plan(Accounts.goal(stream: stream))
        #expect(plan.changesNothing)
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains(words) == true)
    }

    @Test func onDemandStays() {
        var account = Self.healthy
        account.summary { $0.with(mode: .onDemand) }
        #expect(account.plan(Self.full).changesNothing)
        #expect(account.plan(Self.full).warnings.first?.contains("stays on demand") == true)
    }

    @Test func partitionKeysIgnored() {
        var account = Self.healthy
        account.summary { $0.with(ignoresPartitionKeys: true) }
        let plan = account.plan(Self.full)
        #expect(plan.changesNothing)
        #expect(plan.warnings.count == 1 && plan.warnings.first?.contains("USER_PARTITION_KEY") == true)
    }

    /// Its shards are counted once it has them.
    @Test func creatingHasNoShardsToWarnOf() {
        var account = Self.healthy
        account.summary { $0.with(status: .creating, openShards: 0) }
        #expect(account.plan(Self.full).warnings == [])
    }

    @Test func deletingIsWaitedFor() {
        var account = Self.healthy
        account.summary { $0.with(status: .deleting) }
        let plan = account.plan(Self.full)
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("is being deleted") == true)
    }

    @Test(arguments: ["Disabled", "PendingDeletion"]) func unusableKey(state: String) {
        for start in [Self.healthy, Accounts.emptyRecipient] {
            var account = start
            account.keys[Accounts.key.arn] = KeyState(arn: Accounts.key.arn, state: state)
            let plan = account.plan(Self.full)
            #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("is \(state)") == true)
        }
    }

    /// A key goes by its ARN, its id and its alias.
    @Test(arguments: [Accounts.key.arn, "1234abcd", "alias/logs"], [Accounts.key.arn, "1234abcd", "alias/logs"])
    func keyByAnyName(wanted: String, used: String) {
        var account = Self.healthy
        account.summary { $0.with(encryptionKey: used) }
        var stream = Accounts.fullStream
        stream.key = wanted
        let goal = Accounts.goal(stream: stream)
        // Of an alias only the key tells what it is for, and that was not asked for it.
        let isKnown = used != "alias/logs" || wanted == used
        #expect(account.plan(goal).changesNothing == isKnown)
        #expect(account.after(goal).plan(goal).changesNothing)
    }

    /// A policy takes no alias.
    @Test func permissionsNameTheKeyByItsARN() {
        var stream = Accounts.fullStream
        stream.key = "alias/logs"
        let after = Accounts.emptyRecipient.after(Accounts.goal(stream: stream))
        #expect(after.roles[Self.role]?.policies[Self.permissions]?.contains(Accounts.key.arn) == true)
    }

    @Test(arguments: [(24, false), (25, true)]) func retentionAtCreation(hours: Int, increases: Bool) {
        let stream = RecipientGoal.StreamGoal(name: "S", region: "us-east-1", retentionHours: hours)
        let operations = Accounts.emptyRecipient.plan(Accounts.goal(stream: stream)).operations
        #expect(operations.contains("IncreaseStreamRetentionPeriod") == increases)
    }

    /// The stream may be elsewhere: it and the permissions go there, destination and trust stay.
    @Test func streamInAnotherRegion() throws {
        let goal = Accounts.goal(stream: RecipientGoal.StreamGoal(name: "S", region: "eu-west-1"))
        let plan = Accounts.emptyRecipient.plan(goal)
        #expect(plan.calls.compactMap(\.request).filter { $0.service == "kinesis" }.map(\.region) == ["eu-west-1"])
        #expect(
            plan.calls.compactMap(\.request).filter { $0.service == "logs" }.allSatisfy { $0.region == "us-east-1" })
        let role = try #require(Accounts.emptyRecipient.after(goal).roles[Self.role])
        #expect(role.trust.contains("arn:aws:logs:us-east-1:111111111111:*"))
        #expect(role.policies[Self.permissions]?.contains("arn:aws:kinesis:eu-west-1:999999999999:stream/S") == true)
    }

    /// What could not be looked at is not written over.
    @Test func unread() async throws {
        var state = RecipientState()
        let found = try await state.unread.looking(at: .role) { () throws -> Int? in
            throw AWSError(
                kind: .refused, code: "AccessDenied", message: "no", status: 403, requestID: nil,
                operation: "iam:GetRole", endpoint: "https://iam.amazonaws.com", mayHaveBeenDone: false)
        }
        #expect(found == nil)
        let plan = Self.full.plan(from: state)
        #expect(plan.calls == [])
        #expect(plan.refusals.count == 1 && plan.refusals.first?.contains("role cannot be looked at") == true)
        #expect(Self.full.teardown(from: state, withStream: true).refusals == plan.refusals)
    }
}

extension SimulatedAccount {
    /// Changes the only stream.
    mutating func summary(_ change: (StreamSummary) -> StreamSummary) {
        for (name, stream) in streams { streams[name]?.state.summary = change(stream.state.summary) }
    }

    /// Changes the only destination.
    mutating func destination(_ change: (Destination) -> Destination) {
        for (arn, there) in destinations { destinations[arn]?.destination = change(there.destination) }
    }
}
