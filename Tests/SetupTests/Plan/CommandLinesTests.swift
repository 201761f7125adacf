import AWS
import Foundation
import Testing

@testable import Setup

/// A plan as a script does what the plan does, by AWS's own command line.
@Suite struct CommandLinesTests {
    /// Of the account that the script wants, and done with its stream at once.
    private static let answering = """
        case "$1 $2" in
        "sts get-caller-identity") sed -n 's/.*)" = \\([0-9]*\\) .*/\\1/p' "$TMPDIR/script"; exit ;;
        "kinesis describe-stream-summary") echo ACTIVE; exit ;;
        esac

        """

    /// Prints its arguments, each with a NUL behind it and one more at the end; of a file what it holds.
    private static let printing =
        answering + """
            for word in "$@"
            do
              case $word in
              file://*) printf '%s\\0' "$(cat "${word#file://}")" ;;
              *) printf '%s\\0' "$word" ;;
              esac
            done
            printf '\\036\\0'
            """

    /// The arguments of each call that a script makes.
    private static func calls(_ script: String) throws -> [[String]] {
        let shell = try Shell()
        defer { try? shell.remove() }
        try shell.install("aws", printing)
        let ended = try shell.run(script)
        #expect(ended.status == 0 && ended.errors == "")
        let left = try shell.files()
        #expect(left == ["aws", "errors", "script"])  // the policies are gone
        let words = ended.output.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        return words.dropLast().split(separator: "\u{1E}").map(Array.init)
    }

    private static let full = Accounts.emptyRecipient.plan(
        Accounts.goal(
            stream: Accounts.fullStream, senders: SenderAccess(accounts: ["111111111111", "222222222222"])))

    @Test func scriptOfAFullPlanIsAShells() throws {
        let shell = try Shell()
        defer { try? shell.remove() }
        let ended = try shell.run(
            CommandLines(profile: "a b", in: Accounts.recipient).script(Self.full), options: ["-n"])
        #expect(ended == Shell.Ended(status: 0, output: Data(), errors: ""))
    }

    @Test func scriptOfAFullPlanMakesItsCalls() throws {
        let calls = try Self.calls(CommandLines(in: Accounts.recipient).script(Self.full))
        let trust = PolicyDocuments.recipientTrust(
            for: SenderAccess(accounts: ["111111111111", "222222222222"]), of: Accounts.recipient)
        func text(_ document: PolicyDocument) -> String { String(document.json.pretty.dropLast()) }
        let (stream, role) = (["--stream-name", "RecipientStream"], ["--role-name", "CWLtoKinesisRole"])
        let region = ["--region", "us-east-1"]
        #expect(
            calls == [
                ["kinesis", "create-stream"] + region + stream + [
                    "--shard-count", "2", "--stream-mode-details", #"{"StreamMode":"PROVISIONED"}"#,
                    "--tags", #"{"tailrace:setup":"made"}"#,
                ],
                ["kinesis", "increase-stream-retention-period"] + region + stream + ["--retention-period-hours", "48"],
                ["kinesis", "start-stream-encryption"] + region + stream + [
                    "--encryption-type", "KMS", "--key-id", Accounts.key.arn,
                ],
                ["iam", "create-role"] + region + role + [
                    "--description", "CloudWatch Logs writes to stream RecipientStream",
                    "--tags", #"[{"Key":"tailrace:setup","Value":"made"}]"#,
                    "--assume-role-policy-document", text(trust),
                ],
                ["iam", "put-role-policy"] + region + role + [
                    "--policy-name", "Permissions-Policy-For-CWL", "--policy-document",
                    text(
                        PolicyDocuments.recipientPermissions(
                            stream: "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream",
                            key: Accounts.key.arn)),
                ],
                ["logs", "put-destination"] + region + [
                    "--destination-name", "testDestination",
                    "--target-arn", "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream",
                    "--role-arn", "arn:aws:iam::999999999999:role/CWLtoKinesisRole",
                ],
                ["logs", "tag-resource"] + region + [
                    "--resource-arn", Accounts.destination.description, "--tags", #"{"tailrace:setup":"made"}"#,
                ],
                ["logs", "put-destination-policy"] + region + [
                    "--destination-name", "testDestination", "--access-policy",
                    text(
                        PolicyDocuments.destinationAccess(
                            SenderAccess(accounts: ["111111111111", "222222222222"]),
                            destination: Accounts.destination.description)),
                ],
            ])
    }

    @Test(arguments: [
        "", "-DEBUG", "--", "-", "- a b", #"-"it's" $HOME `id` "$(id)""#, "{$.userIdentity.type = Root}", "a\nb",
        "-a\n\n",
        #"{ ($.a = "x\"y") && $.b = '%s' }"#, "file", "*",
    ]) func patternSurvives(pattern: String) throws {
        // Rules are looked at elsewhere: this is about any text.
        let filter = SubscriptionFilter(
            name: "-f", group: "/a/b", pattern: pattern, destination: Accounts.destination.description,
            emittedFields: ["@aws.account", "@aws.region"])
        var plan = Plan()
        plan.create(
            Plan.Resource(.subscriptionFilter, "f"), [], [.subscription(region: "us-east-1", .putFilter(filter))])
        let calls = try Self.calls(CommandLines(profile: "it's", in: Accounts.sender).script(plan))
        let asOneWord = pattern.hasPrefix("-")
        #expect(
            calls == [
                [
                    "logs", "put-subscription-filter", "--region", "us-east-1", "--profile", "it's",
                    "--log-group-name", "/a/b", "--filter-name=-f",
                ] + (asOneWord ? ["--filter-pattern=\(pattern)"] : ["--filter-pattern", pattern]) + [
                    "--destination-arn", Accounts.destination.description,
                    "--emit-system-fields", #"["@aws.account","@aws.region"]"#,
                ]
            ])
    }

    @Test func accountPolicy() throws {
        let calls = try Self.calls(
            CommandLines(in: Accounts.sender).script(Accounts.emptySender.plan(Accounts.accountGoal())))
        #expect(
            calls == [
                [
                    "logs", "put-account-policy", "--region", "us-east-1", "--policy-name", "tailrace", "--policy-type",
                    "SUBSCRIPTION_FILTER_POLICY", "--scope", "ALL", "--policy-document",
                    #"{"DestinationArn":"\#(Accounts.destination)","FilterPattern":"","Distribution":"ByLogStream"}"#,
                    "--selection-criteria", #"LogGroupName NOT IN ["a","b"]"#,
                ]
            ])
    }

    @Test func nothingToDo() throws {
        let goal = Accounts.goal()
        let script = CommandLines(in: Accounts.recipient).script(Accounts.emptyRecipient.after(goal).plan(goal))
        #expect(try Self.calls(script) == [])
        #expect(script.hasSuffix("# nothing is to be done\n"))
    }

    /// The same policy has one file, and another of its kind has another name.
    @Test func policyFiles() throws {
        let (one, two) = (PolicyDocument([.allow(["a:B"], on: ["x"])]), PolicyDocument([.allow(["a:B"], on: ["y"])]))
        var plan = Plan()
        plan.create(
            Plan.Resource(.role, "r"), [],
            [
                .role("r", .putPolicy(name: "p", one)), .role("r", .putPolicy(name: "q", two)),
                .role("s", .putPolicy(name: "p", one)),
            ])
        let script = CommandLines(in: Accounts.recipient).script(plan)
        #expect(script.components(separatedBy: "cat >").count == 3)
        let documents = try Self.calls(script).compactMap(\.last)
        #expect(documents == [one, two, one].map { String($0.json.pretty.dropLast()) })
    }

    // MARK: what is waited for, and what is not done

    /// A stream that is CREATING at first.
    @Test func streamIsWaitedFor() throws {
        let shell = try Shell()
        defer { try? shell.remove() }
        try shell.install(
            "aws",
            """
            if [ "$2" = describe-stream-summary ]; then
              echo >>"$TMPDIR/count"
              [ "$(wc -l <"$TMPDIR/count")" -gt 3 ] && echo ACTIVE || echo CREATING
              exit
            fi
            """ + "\n" + Self.answering + "echo \"$2\" >>\"$TMPDIR/calls\"")
        try shell.install("sleep", "exit 0")
        let ended = try shell.run(CommandLines(in: Accounts.recipient).script(Self.full))
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(try shell.text(of: "count").count == 6)  // the three waits that follow need one look each
    }

    /// The credentials lead into another account: nothing is made there.
    @Test func otherAccount() throws {
        let shell = try Shell()
        defer { try? shell.remove() }
        try shell.install("aws", "[ \"$1\" = sts ] && echo 123456789012 || echo \"$2\" >>\"$TMPDIR/calls\"")
        let ended = try shell.run(CommandLines(in: Accounts.recipient).script(Self.full))
        #expect(ended.status == 1)
        #expect(ended.errors == "these are not the credentials of account 999999999999\n")
        #expect(try shell.files().contains("calls") == false)
    }

    // MARK: what fails

    /// An `aws` that fails so many times where `operation` is asked for, and tells what it was asked for.
    private static func failing(_ operation: String, times: Int) -> String {
        answering + """
            echo "$2"
            [ "$2" = \(operation) ] || exit 0
            echo >>"$TMPDIR/count"
            [ "$(wc -l <"$TMPDIR/count")" -gt \(times) ]
            """
    }

    private static func run(failing operation: String, times: Int) throws -> (status: Int32, operations: [String]) {
        let shell = try Shell()
        defer { try? shell.remove() }
        try shell.install("aws", failing(operation, times: times))
        try shell.install("sleep", "exit 0")
        let goal = Accounts.goal()
        let ended = try shell.run(CommandLines(in: Accounts.recipient).script(Accounts.emptyRecipient.plan(goal)))
        return (ended.status, String(decoding: ended.output, as: UTF8.self).split(separator: "\n").map(String.init))
    }

    /// A role that is too new is waited for.
    @Test func newRole() throws {
        let (status, operations) = try Self.run(failing: "put-destination", times: 3)
        #expect(status == 0)
        #expect(operations.filter { $0 == "put-destination" }.count == 4)
        #expect(operations.last == "put-destination-policy")
    }

    @Test func roleThatIsNeverKnown() throws {
        let (status, operations) = try Self.run(failing: "put-destination", times: 1000)
        #expect(status == 1)
        #expect(operations.filter { $0 == "put-destination" }.count == 24)
        #expect(operations.last == "put-destination")
    }

    /// Nothing goes on after a call that failed.
    @Test(arguments: ["create-stream", "create-role", "put-role-policy", "tag-resource"])
    func stopsAt(operation: String) throws {
        let (status, operations) = try Self.run(failing: operation, times: 1)
        #expect(status != 0)
        #expect(operations.last == operation)
    }

    // MARK: names

    @Test(arguments: [
        ("CreateStream", "create-stream"), ("IncreaseStreamRetentionPeriod", "increase-stream-retention-period"),
        ("StartStreamEncryption", "start-stream-encryption"), ("AddTagsToStream", "add-tags-to-stream"),
        ("DeleteStream", "delete-stream"), ("CreateRole", "create-role"),
        ("UpdateAssumeRolePolicy", "update-assume-role-policy"), ("TagRole", "tag-role"),
        ("PutRolePolicy", "put-role-policy"), ("DeleteRolePolicy", "delete-role-policy"), ("DeleteRole", "delete-role"),
        ("PutDestination", "put-destination"), ("TagResource", "tag-resource"),
        ("PutDestinationPolicy", "put-destination-policy"), ("DeleteDestination", "delete-destination"),
        ("PutSubscriptionFilter", "put-subscription-filter"),
        ("DeleteSubscriptionFilter", "delete-subscription-filter"),
        ("PutAccountPolicy", "put-account-policy"), ("DeleteAccountPolicy", "delete-account-policy"),
        ("StreamName", "stream-name"), ("ShardCount", "shard-count"), ("StreamModeDetails", "stream-mode-details"),
        ("Tags", "tags"), ("RetentionPeriodHours", "retention-period-hours"), ("EncryptionType", "encryption-type"),
        ("KeyId", "key-id"), ("RoleName", "role-name"), ("Description", "description"),
        ("AssumeRolePolicyDocument", "assume-role-policy-document"), ("PolicyDocument", "policy-document"),
        ("PolicyName", "policy-name"), ("destinationName", "destination-name"), ("targetArn", "target-arn"),
        ("roleArn", "role-arn"), ("resourceArn", "resource-arn"), ("tags", "tags"), ("forceUpdate", "force-update"),
        ("accessPolicy", "access-policy"), ("logGroupName", "log-group-name"), ("filterName", "filter-name"),
        ("filterPattern", "filter-pattern"), ("destinationArn", "destination-arn"), ("distribution", "distribution"),
        ("emitSystemFields", "emit-system-fields"), ("fieldSelectionCriteria", "field-selection-criteria"),
        ("applyOnTransformedLogs", "apply-on-transformed-logs"), ("policyName", "policy-name"),
        ("policyType", "policy-type"), ("scope", "scope"), ("policyDocument", "policy-document"),
        ("selectionCriteria", "selection-criteria"),
    ]) func kebab(name: String, option: String) { #expect(CommandLines.kebab(name) == option) }

    /// Every call that there is, each with all that it may say: no name is missing in the table above.
    @Test func everyCall() throws {
        let document = PolicyDocuments.senderTrust
        let filter = SubscriptionFilter(
            name: "f", group: "g", pattern: "p", destination: "d", role: "r", distribution: .random,
            emittedFields: ["@aws.account"], fieldSelectionCriteria: "c", appliesToTransformedLogs: true)
        let policy = AccountPolicy(name: "p", document: "{}", selectionCriteria: "c")
        let streamCalls: [StreamCall] = [
            .create(.provisioned(shards: 1), tags: ["k": "v"]), .create(.onDemand, tags: [:]),
            .increaseRetention(hours: 25),
            .encrypt(key: "k"), .tag(["k": "v"]), .delete,
        ]
        let roleCalls: [RoleCall] = [
            .create(trust: document, description: "d", tags: ["k": "v"]), .setTrust(document), .tag(["k": "v"]),
            .putPolicy(name: "p", document), .deletePolicy(name: "p"), .delete,
        ]
        let destinationCalls: [DestinationCall] = [
            .put(target: "t", role: "r"), .tag(["k": "v"]), .putPolicy(document, force: true), .delete,
        ]
        let subscriptionCalls: [SubscriptionCall] = [
            .putFilter(filter), .deleteFilter(name: "f", group: "g"), .putPolicy(policy), .deletePolicy(name: "p"),
        ]
        var plan = Plan()
        plan.create(
            Plan.Resource(.stream, "s"), [],
            streamCalls.map { .stream(StreamPlace(name: "s", region: "us-east-1"), $0) }
                + roleCalls.map { .role("r", $0) } + destinationCalls.map { .destination(Accounts.destination, $0) }
                + subscriptionCalls.map { .subscription(region: "us-east-1", $0) })
        let calls = try Self.calls(CommandLines(in: Accounts.recipient).script(plan))
        #expect(calls.count == plan.calls.count)
        for (call, words) in zip(plan.calls, calls) {
            let request = try #require(call.request)
            #expect(words.prefix(2) == [request.service, CommandLines.kebab(request.operation)])
            let options = words.filter { $0.hasPrefix("--") && !["--region", "--profile"].contains($0) }
            #expect(options == request.parameters.map { "--" + CommandLines.kebab($0.name) })
            // IAM is one for all Regions of a partition, and found by any of them.
            #expect(words.firstIndex(of: "--region").map { words[$0 + 1] } == request.region ?? "us-east-1")
        }
    }
}
