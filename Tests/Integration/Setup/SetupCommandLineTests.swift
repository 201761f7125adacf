import Foundation
import Testing

extension ProgramTests {
    /// A plan in its other forms: the script with AWS's own command line does what the program does, and every call is one
    /// of AWS's own models.
    @Suite struct SetupForms {
        @Test(.enabled(if: PythonScripts.commandLine != nil, "set TAILRACE_AWS to the aws command line"))
        func theCommandLineLeavesTheSame() async throws {
            try await concurrently(SetupJourney.all) { journey in
                let wanted = try await TwoAccounts.with { try await journey.made(in: $0, by: .program) }
                let found = try await TwoAccounts.with { try await journey.made(in: $0, by: .commandLine) }
                for (step, snapshots) in zip(journey.steps, zip(wanted, found)) {
                    #expect(snapshots.0 == snapshots.1, "\(step.arguments)")
                }
            }
        }

        @Test(arguments: ProgramTests.SetupInterruption.scenarios)
        func thePlanIsWhatIsDone(_ scenario: SetupScenario) async throws {
            struct Plan: Decodable {
                struct Step: Decodable { let calls: [Call] }
                /// Or what is waited for, which is no call that changes anything.
                struct Call: Decodable { let operation: String? }
                let steps: [Step]
            }
            let (_, calls) = try await Uninterrupted.run(of: scenario)
            try await TwoAccounts.with { accounts in
                let arguments = try await scenario.prepare(accounts)
                let before = try await accounts.snapshot()
                let ran = try await accounts.run(arguments + ["--as", "json"], as: scenario.side)
                #expect(ran.isDone, "\(ran.errors)")
                let plan = try JSONDecoder().decode(Plan.self, from: Data(ran.output.utf8))
                let planned = plan.steps.flatMap(\.calls).compactMap(\.operation)
                #expect(planned.sorted() == calls.map(\.operation).sorted())
                #expect(try await accounts.snapshot() == before)
            }
        }

        @Test(
            .enabled(
                if: PythonScripts.python != nil, "set TAILRACE_PYTHON to a python3 that has boto3"))
        func everyCallFitsTheModel() async throws {
            let workplace = try Workplace()
            for (number, journey) in SetupJourney.all.enumerated() {
                let plans = try await TwoAccounts.with { try await journey.plans(in: $0) }
                for (step, plan) in plans.enumerated() {
                    let file = workplace.directory.appendingPathComponent("\(number)-\(step).json")
                    try Data(plan.utf8).write(to: file)
                }
            }
            let scripts = PythonScripts(workplace: workplace, variables: [:])
            try await scripts.run("setup_model.py", workplace.directory.path)
        }
    }
}

/// Several commands, one after the other, in the same two accounts.
struct SetupJourney: Sendable {
    struct Step: Sendable {
        let side: TwoAccounts.Side
        let arguments: [String]
    }

    enum Maker { case program, commandLine }

    let steps: [Step]
    /// Makes what is there before, and answers what each of the recipient's steps is told on top.
    var preparation: @Sendable (TwoAccounts) async throws -> [String] = { _ in [] }

    /// Goes all the way, and answers what is there after each step.
    func made(in accounts: TwoAccounts, by maker: Maker) async throws -> [[String]] {
        try await walk(in: accounts) { step, arguments in
            switch maker {
            case .program:
                let ran = try await accounts.run(arguments + ["--yes"], as: step.side)
                try #require(ran.isDone, "\(ran.errors)")
            case .commandLine: try await runScript(of: arguments, as: step.side, accounts)
            }
            return try await accounts.snapshot()
        }
    }

    /// Goes all the way by the program, and answers each step's plan as JSON.
    func plans(in accounts: TwoAccounts) async throws -> [String] {
        try await walk(in: accounts) { step, arguments in
            let plan = try await accounts.run(arguments + ["--as", "json"], as: step.side)
            try #require(plan.isDone, "\(plan.errors)")
            let ran = try await accounts.run(arguments + ["--yes"], as: step.side)
            try #require(ran.isDone, "\(ran.errors)")
            return plan.output
        }
    }

    private func walk<Value>(
        in accounts: TwoAccounts, _ body: (Step, [String]) async throws -> Value
    ) async throws -> [Value] {
        let more = try await preparation(accounts)
        var values: [Value] = []
        for step in steps {
            values.append(try await body(step, step.arguments + (step.side == .recipient ? more : [])))
        }
        return values
    }

    /// `tailrace … --as aws-cli | sh`
    private func runScript(of arguments: [String], as side: TwoAccounts.Side, _ accounts: TwoAccounts) async throws {
        let plan = try await accounts.run(arguments + ["--as", "aws-cli"], as: side)
        try #require(plan.isDone, "\(plan.errors)")
        let file = accounts.workplace.directory.appendingPathComponent("plan.sh")
        try Data(plan.output.utf8).write(to: file)
        let directory = URL(fileURLWithPath: PythonScripts.commandLine ?? "").deletingLastPathComponent().path
        let variables = ["PATH": "\(directory):/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED": "true"]
        let ran = try await accounts.run([file.path], as: side, adding: variables, "/bin/sh")
        try #require(ran.isDone, "\(plan.output)\n\(ran.errors)")
        #expect(ran.errors == "", "\(plan.output)")
    }
}

extension SetupJourney {
    static let all = [toAnOrganization, ofAWholeAccount, outOfWhatOthersMade]

    private static let recipient = ["--stream", "RecipientStream", "--destination", "testDestination"]
    private static let destination = ["--destination", TwoAccounts.destination]

    /// Account ids, then an organization in their place, then nothing.
    private static let toAnOrganization = SetupJourney(
        steps: [
            Step(
                side: .recipient,
                arguments: ["setup", "recipient"] + recipient + [
                    "--sender", "111111111111", "222222222222", "--shards", "2", "--retention-hours", "48",
                ]),
            Step(
                side: .recipient,
                arguments: ["setup", "recipient"] + recipient + [
                    "--organization", TwoAccounts.organization, "--force",
                ]),
            Step(side: .recipient, arguments: ["teardown", "recipient"] + recipient + ["--delete-stream"]),
        ]
    ) { accounts in ["--kms-key", try await accounts.makeKey()] }

    /// A whole account of an organization, then no more. By profiles: the environment's keys are the other account's.
    private static let ofAWholeAccount = SetupJourney(
        steps: [
            Step(
                side: .sender,
                arguments: ["setup", "recipient", "--profile", "recipient"] + recipient + [
                    "--sender", "222222222222", "--organization", TwoAccounts.organization, "--organization-path",
                    "o-abcdefghij/r-ab12/ou-ab12-11111111/*", "--whole-accounts", "--on-demand", "--stream-region",
                    TwoAccounts.otherRegion,
                ]),
            Step(
                side: .recipient,
                arguments: ["setup", "sender", "--sender-profile", "sender"] + destination + [
                    "--account-policy", "every group's events", "--except-log-group", "/central/a", "/central/b_c",
                    "--pattern", #"{ $.say = "it's \"$5\"" }"#, "--distribution", "random", "--with-role",
                ]),
            Step(
                side: .recipient,
                arguments: ["teardown", "sender", "--sender-profile", "sender"] + destination + [
                    "--account-policy", "every group's events", "--with-role",
                ]),
        ]
    ) { accounts in
        try accounts.writeProfiles()
        return []
    }

    /// What others made is adopted, and log groups are subscribed with awkward names and patterns.
    private static let outOfWhatOthersMade = SetupJourney(
        steps: [
            Step(
                side: .recipient,
                arguments: ["setup", "recipient"] + recipient + [
                    "--sender", "111111111111", "--retention-hours", "48", "--adopt",
                ]),
            Step(
                side: .sender,
                arguments: ["setup", "sender"] + destination + [
                    "--log-group", "CloudTrail", "/app/web", "--with-role", "--distribution", "random", "--filter",
                    "it's $HOME `id` \"x\"",
                    "--pattern", #"{ $.say = "it's `$HOME`\\n" && $.cost != "*" }"#, "--emit-field", "@aws.account",
                    "@aws.region",
                ]),
            Step(
                side: .sender,
                arguments: ["setup", "sender"] + destination + [
                    "--log-group", "CloudTrail", "--filter=-second", #"--pattern=-"it's nothing" ?ERROR"#,
                ]),
        ]
    ) { accounts in
        try await accounts.makeOthersRecipient()
        try await accounts.makeLogGroups("CloudTrail", "/app/web")
        return []
    }
}
