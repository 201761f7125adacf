import AWS
import Testing

@testable import Setup

/// Stopped after any call, planning anew leads on to the same end.
@Suite struct SenderInterruptionTests {
    struct Way: CustomTestStringConvertible {
        let testDescription: String
        let start: SimulatedAccount
        let goal: SenderGoal
    }

    /// A role and a filter that are somebody else's and not as we want them.
    private static var foreign: SimulatedAccount {
        var account = Accounts.emptySender.after(Accounts.senderGoal(role: SenderGoal.roleDefault))
        account.roles[SenderGoal.roleDefault]?.tags = ["owner": "somebody"]
        account.roles[SenderGoal.roleDefault]?.policies = [:]
        account.roles[SenderGoal.roleDefault]?.trust.replace("logs.", with: "ec2.")
        account.filter { $0.with(destination: "x") }
        return account
    }

    private static let groups = ["CloudTrail", "/aws/lambda/f"]

    private static let ways = [
        Way(testDescription: "groups", start: Accounts.emptySender, goal: Accounts.senderGoal(groups: groups)),
        Way(
            testDescription: "groups by a role", start: Accounts.emptySender,
            goal: Accounts.senderGoal(groups: groups, role: SenderGoal.roleDefault)),
        Way(
            testDescription: "a role later", start: Accounts.emptySender.after(Accounts.senderGoal()),
            goal: Accounts.senderGoal(groups: groups, role: SenderGoal.roleDefault)),
        Way(
            testDescription: "an account", start: Accounts.emptySender,
            goal: Accounts.accountGoal(role: SenderGoal.roleDefault)),
        Way(
            testDescription: "adoption", start: foreign,
            goal: Accounts.senderGoal(groups: groups, role: SenderGoal.roleDefault, adopt: true)),
    ]

    @Test(arguments: ways) func afterEveryCall(_ way: Way) {
        let calls = way.start.plan(way.goal).calls
        let end = way.start.after(way.goal)
        #expect(end.refusals == [])
        #expect(!calls.isEmpty)
        for count in 0...calls.count {
            var stopped = way.start
            stopped.apply(calls.prefix(count))
            #expect(stopped.plan(way.goal).calls == Array(calls.dropFirst(count)), "after \(count) calls")
            let after = stopped.after(way.goal)
            #expect(after == end, "after \(count) calls")
            #expect(after.plan(way.goal).changesNothing)
        }
    }
}
