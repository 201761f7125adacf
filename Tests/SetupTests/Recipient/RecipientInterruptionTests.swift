import AWS
import Testing

@testable import Setup

/// Stopped after any call, planning anew leads on to the same end.
@Suite struct RecipientInterruptionTests {
    struct Way: CustomTestStringConvertible {
        let what: String
        let start: SimulatedAccount
        let goal: RecipientGoal

        init(_ what: String, from start: SimulatedAccount = Accounts.emptyRecipient, _ goal: RecipientGoal) {
            self.what = what
            self.start = start
            self.goal = goal
        }

        var testDescription: String { what }
    }

    private static let simple = Accounts.emptyRecipient.after(Accounts.goal())
    private static let organization = SenderAccess(organizations: [Accounts.organization])

    /// Nothing of it carries our tag, and nothing of it is as we want it.
    private static var foreign: SimulatedAccount {
        var account = Accounts.emptyRecipient.after(
            Accounts.goal(
                stream: RecipientGoal.StreamGoal(name: "RecipientStream", region: "us-east-1"),
                senders: SenderAccess(accounts: ["222222222222"])))
        for name in account.streams.keys { account.streams[name]?.state.tags = ["owner": "somebody"] }
        for name in account.roles.keys { account.roles[name]?.tags = [:] }
        for arn in account.destinations.keys { account.destinations[arn]?.tags = ["owner": "somebody"] }
        return account
    }

    private static let ways = [
        Way("simple", Accounts.goal()),
        Way("full", Accounts.goal(stream: Accounts.fullStream)),
        Way(
            "on demand",
            Accounts.goal(stream: RecipientGoal.StreamGoal(name: "S", region: "eu-west-1", capacity: .onDemand))),
        Way(
            "everybody",
            Accounts.goal(
                senders: SenderAccess(
                    accounts: ["111111111111"], organizations: [Accounts.organization],
                    paths: ["o-0987654321/r-ab12/*"],
                    wholeAccounts: true))),
        Way("a second sender", from: simple, Accounts.goal(senders: SenderAccess(accounts: ["222222222222"]))),
        Way("more of the stream", from: simple, Accounts.goal(stream: Accounts.fullStream)),
        Way(
            "another stream", from: simple,
            Accounts.goal(stream: RecipientGoal.StreamGoal(name: "S", region: "us-east-1"))),
        Way("an organization after accounts", from: simple, Accounts.goal(senders: organization, force: true)),
        Way("adoption", from: foreign, Accounts.goal(stream: Accounts.fullStream, adopt: true)),
    ]

    @Test(arguments: ways) func afterEveryCall(_ way: Way) {
        let calls = way.start.plan(way.goal).calls
        let end = way.start.after(way.goal)
        #expect(end.refusals == [])
        #expect(!calls.isEmpty)
        for count in 0...calls.count {
            var stopped = way.start
            stopped.apply(calls.prefix(count))
            let plan = stopped.plan(way.goal)
            #expect(plan.refusals == [], "after \(count) calls")
            // A wait that was interrupted is the same wait.
            #expect(
                plan.calls.filter { !$0.isPause } == calls.dropFirst(count).filter { !$0.isPause },
                "after \(count) calls")
            let after = stopped.after(way.goal)
            #expect(after == end, "after \(count) calls")
            #expect(after.plan(way.goal).changesNothing)
        }
    }

    /// A destination that was made and not tagged yet tells whose it is by that nobody may use it yet, whoever made the role.
    @Test func untaggedDestinationWithForeignRole() {
        var account = Accounts.emptyRecipient.after(Accounts.goal())
        account.roles[RecipientGoal.roleDefault]?.tags = [:]
        account.destinations = [:]
        let calls = account.plan(Accounts.goal()).calls
        #expect(account.plan(Accounts.goal()).operations == ["PutDestination", "TagResource", "PutDestinationPolicy"])
        account.apply(calls.prefix(1))
        #expect(account.plan(Accounts.goal()).operations == ["TagResource", "PutDestinationPolicy"])
    }
}

extension SetupCall {
    /// Time that IAM is given, which passes by itself as well.
    fileprivate var isPause: Bool {
        switch self {
        case .role(_, .waitUntilKnown): true
        case .stream, .role, .destination, .subscription: false
        }
    }
}
