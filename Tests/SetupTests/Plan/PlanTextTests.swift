import Testing

@testable import Setup

/// A plan as people and machines read it.
@Suite struct PlanTextTests {
    @Test func lines() {
        let goal = Accounts.goal()
        #expect(
            Accounts.emptyRecipient.plan(goal).lines == [
                "  + create stream RecipientStream, 1 shard",
                "  + create role CWLtoKinesisRole, trusted by logs.amazonaws.com",
                "  + create destination testDestination, to stream RecipientStream, open to 111111111111",
            ])
        var account = Accounts.emptyRecipient.after(goal)
        #expect(
            account.plan(goal).lines == [
                "  = keep stream RecipientStream", "  = keep role CWLtoKinesisRole",
                "  = keep destination testDestination",
            ])
        account.destination { $0.with(targetARN: "x") }
        #expect(
            account.plan(goal).lines.suffix(4) == [
                "  ~ change destination testDestination", "      stream", "        from x",
                "        to   arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream",
            ])
        let longer = Accounts.goal(
            stream: RecipientGoal.StreamGoal(name: "RecipientStream", region: "us-east-1", retentionHours: 48))
        #expect(
            account.plan(longer).lines.prefix(2)
                == ["  ~ change stream RecipientStream", "      retention: 24 h → 48 h"])
        #expect(
            goal.teardown(from: account.state(for: goal), withStream: true).lines == [
                "  - remove destination testDestination", "  - remove role CWLtoKinesisRole",
                "  - remove stream RecipientStream",
            ])
    }

    @Test func summary() {
        let goal = Accounts.goal()
        var account = Accounts.emptyRecipient.after(goal)
        account.roles = [:]
        account.destination { $0.with(targetARN: "x") }
        #expect(account.plan(goal).summary == "1 to create, 1 to change, 1 to keep")
        #expect(goal.teardown(from: account.state(for: goal), withStream: true).summary == "2 to remove")
        #expect(Plan().summary == "nothing is there")
    }

    @Test func json() {
        let goal = Accounts.senderGoal(pattern: "ab")
        var account = Accounts.emptySender.after(goal)
        account.filter { $0.with(pattern: "") }
        var plan = account.plan(goal)
        plan.warnings = ["w"]
        plan.refusals = ["r"]
        #expect(
            plan.json(in: Accounts.sender, cost: nil).compact == #"""
                {"account":"111111111111","region":"us-east-1","steps":[{"kind":"subscription filter","name":"RecipientStream of CloudTrail","verdict":"change",\#
                "differences":[{"what":"pattern","from":"\"\"","to":"\"ab\""}],"calls":[{"service":"logs",\#
                "operation":"PutSubscriptionFilter","region":"us-east-1","parameters":{"logGroupName":"CloudTrail",\#
                "filterName":"RecipientStream","filterPattern":"ab","destinationArn":\#
                "arn:aws:logs:us-east-1:999999999999:destination:testDestination","distribution":"ByLogStream"}}]}],\#
                "refusals":["r"],"warnings":["w"]}
                """#)
    }
}
