import AWS

@testable import Setup

/// The two accounts of the guide's example, and goals for them.
enum Accounts {
    static let recipient = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")
    static let sender = AccountPlace(partition: "aws", account: "111111111111", region: "us-east-1")
    static let organization = "o-1234567890"
    static let key = KeyState(arn: "arn:aws:kms:us-east-1:999999999999:key/1234abcd", state: "Enabled")
    static let otherKey = KeyState(arn: "arn:aws:kms:us-east-1:999999999999:key/5678efab", state: "Enabled")
    static let destination = DestinationARN("testDestination", in: recipient)

    /// An account with two keys and nothing else.
    static var emptyRecipient: SimulatedAccount {
        var account = SimulatedAccount(recipient)
        for (key, id, alias) in [(key, "1234abcd", "alias/logs"), (otherKey, "5678efab", "alias/other")] {
            for name in [key.arn, id, alias] { account.keys[name] = key }
        }
        return account
    }

    /// An account with two log groups and nothing else.
    static var emptySender: SimulatedAccount {
        var account = SimulatedAccount(sender)
        for group in ["CloudTrail", "/aws/lambda/f"] { account.groups[group] = SenderState.GroupState() }
        return account
    }

    static func goal(
        stream: RecipientGoal.StreamGoal? = nil, senders: SenderAccess = SenderAccess(accounts: ["111111111111"]),
        removed: SenderAccess = SenderAccess(), adopt: Bool = false, force: Bool = false
    ) -> RecipientGoal {
        RecipientGoal(
            place: recipient, stream: stream ?? RecipientGoal.StreamGoal(name: "RecipientStream", region: "us-east-1"),
            destination: "testDestination", senders: senders, removed: removed,
            consent: Consent(adopt: adopt, force: force))
    }

    /// All that can be asked of a stream.
    static let fullStream = RecipientGoal.StreamGoal(
        name: "RecipientStream", region: "us-east-1", capacity: .provisioned(shards: 2), retentionHours: 48,
        key: key.arn)

    static func senderGoal(
        groups: [String] = ["CloudTrail"], pattern: String = "{$.userIdentity.type = Root}", role: String? = nil,
        distribution: SubscriptionFilter.Distribution? = nil, emittedFields: [String]? = nil, adopt: Bool = false
    ) -> SenderGoal {
        SenderGoal(
            place: sender, destination: destination, scope: .groups(groups, filter: "RecipientStream"),
            pattern: pattern, distribution: distribution, emittedFields: emittedFields, role: role,
            consent: Consent(adopt: adopt))
    }

    static func accountGoal(
        except: [String] = ["b", "a"], pattern: String = "", role: String? = nil,
        distribution: SubscriptionFilter.Distribution? = nil, adopt: Bool = false
    ) -> SenderGoal {
        SenderGoal(
            place: sender, destination: destination, scope: .account(policy: "tailrace", except: except),
            pattern: pattern, distribution: distribution, role: role, consent: Consent(adopt: adopt))
    }
}

extension Plan {
    /// AWS's names of the calls; `wait` for waiting.
    var operations: [String] { calls.map { $0.request?.operation ?? "wait" } }
}
