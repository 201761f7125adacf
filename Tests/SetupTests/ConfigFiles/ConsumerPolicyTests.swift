import Core
import Settings
import Setup
import Testing

/// Running Tailrace takes what its settings make it do, and no more.
@Suite struct ConsumerPolicyTests {
    private static let place = AccountPlace(partition: "aws", account: "999999999999", region: "us-east-1")

    private static let anyHash = String(repeating: "?", count: 32)

    private static func policy(_ sinks: String, stream: String = "name: RecipientStream", key: String? = nil) throws
        -> PolicyDocument
    {
        let settings = try TailraceSettings(yaml: "stream: {\(stream)}\nsinks: {\(sinks)}", file: "a.yaml")
        return PolicyDocuments.consumer(ConsumerNeeds(settings, in: place, key: key))
    }

    @Test func filesNeedTheStreamAlone() throws {
        let policy = try Self.policy("archive: {files: {directory: /a}}, console: {stdout: {}}")
        #expect(
            policy.json.compact == """
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kinesis:DescribeStreamSummary",\
                "kinesis:GetRecords","kinesis:GetShardIterator","kinesis:ListShards"],\
                "Resource":"arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"}]}
                """)
    }

    @Test func aKeyIsDecryptedWith() throws {
        let key = "arn:aws:kms:us-east-1:999999999999:key/k"
        let policy = try Self.policy("console: {stdout: {}}", key: key)
        #expect(policy.verdict(on: PolicyQuestion("kms:Decrypt", on: key)) == .allowed)
        #expect(policy.verdict(on: PolicyQuestion("kms:GenerateDataKey", on: key)) == .silent)
    }

    @Test func aStreamOfAnotherAccountIsReadWhereItIs() throws {
        let arn = "arn:aws:kinesis:eu-west-1:111111111111:stream/Other"
        let policy = try Self.policy("s: {log-group: {group: /x/s}}", stream: "arn: \"\(arn)\"")
        #expect(policy.verdict(on: PolicyQuestion("kinesis:GetRecords", on: arn)) == .allowed)
        // Our own groups stay ours, in the stream's Region unless the sink names one.
        let group = "arn:aws:logs:eu-west-1:999999999999:log-group:/x/s"
        #expect(policy.verdict(on: PolicyQuestion("logs:PutLogEvents", on: "\(group):log-stream:a")) == .allowed)
    }

    /// Which of the calls to a log group each setting asks for.
    @Test(arguments: [
        ("create: false", ["CreateLogStream", "PutLogEvents"]),
        ("create: true", ["CreateLogGroup", "CreateLogStream", "PutLogEvents"]),
        ("retention-days: 30", ["CreateLogGroup", "CreateLogStream", "PutLogEvents", "PutRetentionPolicy"]),
    ])
    func sinksNeedWhatTheyDo(setting: String, calls: [String]) throws {
        let policy = try Self.policy("central: {log-group: {region: eu-west-1, group: /c/a, \(setting)}}")
        let group = "arn:aws:logs:eu-west-1:999999999999:log-group:/c/a"
        let resources = ["PutLogEvents": "\(group):log-stream:s", "CreateLogStream": "\(group):*"]
        for call in ["CreateLogGroup", "CreateLogStream", "PutLogEvents", "PutRetentionPolicy", "DeleteLogGroup"] {
            for resource in resources[call].map({ [$0] }) ?? [group, "\(group):*"] {
                let question = PolicyQuestion("logs:\(call)", on: resource)
                #expect(policy.verdict(on: question) == (calls.contains(call) ? .allowed : .silent), "\(call)")
            }
        }
        let elsewhere = PolicyQuestion(
            "logs:CreateLogStream", on: "arn:aws:logs:us-east-1:999999999999:log-group:/c/a:*")
        #expect(policy.verdict(on: elsewhere) == .silent)
    }

    /// Rights of one sink are not those of another.
    @Test func eachSinkHasItsOwnRights() throws {
        let policy = try Self.policy("a: {log-group: {group: /a}}, b: {log-group: {group: /b, create: false}}")
        let create = { (group: String) in
            PolicyQuestion("logs:CreateLogGroup", on: "arn:aws:logs:us-east-1:999999999999:log-group:\(group)")
        }
        #expect(policy.verdict(on: create("/a")) == .allowed)
        #expect(policy.verdict(on: create("/b")) == .silent)
    }

    @Test(arguments: [
        ("/central/x", ["/central/x"]),
        ("/central/{owner}{log-group}", ["/central/*"]),
        ("{log-group}", ["*"]),
        ("/c/{owner}/{date}-x", ["/c/*/*-x", "/c/*-\(anyHash)"]),
        ("aws{owner}", ["aws*", "*-\(anyHash)"]),
    ])
    func placeholdersAreAnything(template: String, patterns: [String]) throws {
        #expect(try NameTemplate(template, for: .logGroup).patterns == patterns)
    }

    /// Whatever senders call their logs, the name that is made of it is among those that are allowed.
    @Test(arguments: ["/central/{owner}/{log-group}/end", "{log-group}x", "aws{log-group}", "/a/{log-stream}/{date}"])
    func repairedNamesAreAllowedToo(template: String) throws {
        let template = try NameTemplate(template, for: .logGroup)
        let policy = PolicyDocuments.consumer(
            ConsumerNeeds(stream: "s", writtenGroups: template.patterns.map(Self.place.logGroup)))
        for text in ["/aws/x", "/x", "a b", "é", "", String(repeating: "y", count: 600), "::", "../.."] {
            let origin = Origin(owner: "111111111111", logGroup: text, logStream: text)
            let name = template.name(for: origin, at: Instant(milliseconds: 0))
            let question = PolicyQuestion("logs:CreateLogStream", on: Self.place.logGroup(name))
            #expect(policy.verdict(on: question) == .allowed, "\(name)")
        }
    }
}
