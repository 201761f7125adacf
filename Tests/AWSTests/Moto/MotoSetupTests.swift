import AWS
import Core
import Signing
import Testing

/// The calls that set accounts up, in the order of AWS's own guide. No form holds a blank: moto checks the signature of
/// what it makes of a form, and makes `+` of `%20`.
@Suite(
    .enabled(
        if: MotoServer.executable != nil, "set TAILRACE_MOTO to the path of a moto_server executable to run this"),
    .serialized)
struct SettingUpAgainstMoto {
    private let trust =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"#
        + #""Action":"sts:AssumeRole","Condition":{"StringLike":{"aws:SourceArn":"arn:aws:logs:*:1+1%41:*"}}}]}"#
    private let permissions =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesis:*","Resource":"*"}]}"#

    @Test(.timeLimit(.minutes(3)))
    func everyStepIsSeenAndUndone() async throws {
        let server = try await MotoServer.start()
        do {
            let account = Account(
                server: server, credentials: FixedCredentials(try await server.userWithCheckedSignatures()))
            let stream = try await makeStream(account)
            let role = try await makeRole(account)
            try await makeDestination(account, stream: stream, role: role)
            try await subscribe(account, stream: stream, role: role)
            try await askAround(account)
            try await actAsRole(account)
            try await undo(account)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private struct Account {
        let server: MotoServer
        let credentials: any CredentialsProvider

        func client(_ service: AWSService) throws -> ServiceClient {
            try AWSConfiguration.load(environment: ProcessEnvironment(["AWS_ENDPOINT_URL": server.url]))
                .client(of: service, region: "eu-west-1", credentials: credentials, sender: server.transport)
        }
    }

    private func makeStream(_ account: Account) async throws -> String {
        let kinesis = KinesisClient(try account.client(.kinesis))
        try await kinesis.createStream(name: "on-demand", capacity: .onDemand)
        #expect(try await kinesis.summary(of: .name("on-demand")).mode == .onDemand)
        try await kinesis.createStream(name: "s", capacity: .provisioned(shards: 1), tags: ["lost": "by moto"])
        try await kinesis.increaseRetention(of: .name("s"), toHours: 72)
        try await kinesis.startEncryption(of: .name("s"), key: "alias/aws/kinesis")
        try await kinesis.tag(.name("s"), tags: ["made-by": "tailrace", "Team": ""])
        let summary = try await kinesis.summary(of: .name("s"))
        #expect(summary.mode == .provisioned)
        #expect(summary.retentionHours == 72)
        #expect(summary.encryptionKey == "alias/aws/kinesis")
        #expect(!summary.ignoresPartitionKeys)
        #expect(try await kinesis.tags(of: .arn(summary.arn)) == ["made-by": "tailrace", "Team": ""])
        return summary.arn
    }

    private func makeRole(_ account: Account) async throws -> String {
        let iam = IAMClient(try account.client(.iam))
        #expect(try await iam.role(named: "r") == nil)
        let made = try await iam.createRole("r", trust: trust, description: "d", tags: ["a": "1"])
        #expect(made.trust == trust)
        try await iam.tagRole("r", tags: ["b": "é&"])
        try await iam.setTrust(of: "r", to: trust.replacing("%41", with: "B"))
        #expect(
            try await iam.role(named: "r")
                == IAMRole(
                    name: "r", arn: made.arn, trust: trust.replacing("%41", with: "B"), tags: ["a": "1", "b": "é&"]))
        try await iam.putRolePolicy(permissions, named: "p", on: "r")
        #expect(try await iam.rolePolicyNames(of: "r") == ["p"])
        #expect(try await iam.rolePolicy(named: "p", of: "r") == permissions)
        #expect(try await iam.rolePolicy(named: "q", of: "r") == nil)
        #expect(try await iam.attachedPolicies(of: "r") == [])
        let again = await #expect(throws: AWSError.self) {
            try await iam.createRole("r", trust: trust, description: "d", tags: [:])
        }
        #expect(again?.code == "EntityAlreadyExists")
        return made.arn
    }

    private func makeDestination(_ account: Account, stream: String, role: String) async throws {
        let logs = LogsClient(try account.client(.logs))
        #expect(try await logs.destinations() == [])
        _ = try await logs.putDestination("dd", target: stream, role: role)
        let arn = try await logs.putDestination("d", target: stream, role: role)
        try await logs.tag(arn, ["made-by": "tailrace"])
        #expect(try await logs.tags(of: arn) == ["made-by": "tailrace"])
        try await logs.putDestinationPolicy(permissions, on: "d")
        let found = Destination(
            name: "d", arn: arn, targetARN: stream, roleARN: role, accessPolicy: permissions)
        #expect(try await logs.destinations().contains(found))
    }

    /// moto knows filters on streams only, not on destinations, and all of them by log stream.
    private func subscribe(_ account: Account, stream: String, role: String) async throws {
        let logs = LogsClient(try account.client(.logs))
        #expect(try await logs.logGroup(named: "/a") == nil)
        try await logs.createLogGroup("/a/b")
        try await logs.createLogGroup("/a")
        try await logs.putRetentionPolicy(days: 30, on: "/a")
        let group = try #require(try await logs.logGroup(named: "/a"))
        #expect(group.arn.hasSuffix(":log-group:/a"))
        #expect(group.retentionDays == 30)
        let filter = SubscriptionFilter(
            name: "f", group: "/a", pattern: "ERROR", destination: stream, role: role, distribution: .byLogStream)
        try await logs.putSubscriptionFilter(filter)
        #expect(try await logs.subscriptionFilters(of: "/a") == [filter])
        #expect(try await logs.deleteSubscriptionFilter("f", of: "/a"))
        #expect(try await !logs.deleteSubscriptionFilter("f", of: "/a"))
        #expect(try await logs.subscriptionFilters(of: "/a") == [])

        let now = Surroundings.real.now().milliseconds
        try await logs.createLogStream("s", in: "/a")
        let body = #"{"logGroupName":"/a","logStreamName":"s","logEvents":[{"timestamp":\#(now),"message":"é"}]}"#
        #expect(try await logs.putLogEvents(body: Array(body.utf8)) == .none)
        #expect(
            try await logs.recentEvents(of: "/a", limit: 5, since: Instant(milliseconds: now - 1000)) == ["é"])
    }

    private func askAround(_ account: Account) async throws {
        let kms = KMSClient(try account.client(.kms))
        let gone = await #expect(throws: AWSError.self) { try await kms.key("alias/gone") }
        #expect(gone?.isNotFound == true)
        #expect(try await OrganizationsClient(account.client(.organizations)).organizationID() == nil)
    }

    private func actAsRole(_ account: Account) async throws {
        let trust =
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}]}"#
        let iam = IAMClient(try account.client(.iam))
        let role = try await iam.createRole("reader", trust: trust, description: "", tags: [:]).arn
        try await iam.putRolePolicy(permissions, named: "p", on: "reader")
        let sts = STSClient(try account.client(.sts))
        let provider = AssumedRoleCredentials(AssumedRole(arn: role, sessionName: "reader"), by: sts)
        let asRole = Account(server: account.server, credentials: provider)
        #expect(try await KinesisClient(asRole.client(.kinesis)).summary(of: .name("s")).name == "s")
        let refused = await #expect(throws: AWSError.self) {
            try await LogsClient(asRole.client(.logs)).createLogGroup("/never")
        }
        #expect(refused?.isUnauthorized == true)
    }

    private func undo(_ account: Account) async throws {
        let logs = LogsClient(try account.client(.logs))
        let iam = IAMClient(try account.client(.iam))
        let kinesis = KinesisClient(try account.client(.kinesis))
        #expect(try await logs.deleteDestination("d"))
        #expect(try await !logs.deleteDestination("d"))
        let conflict = await #expect(throws: AWSError.self) { try await iam.deleteRole("r") }
        #expect(conflict?.code == "DeleteConflict")
        #expect(try await iam.deleteRolePolicy(named: "p", of: "r"))
        #expect(try await !iam.deleteRolePolicy(named: "p", of: "r"))
        #expect(try await iam.deleteRole("r"))
        #expect(try await !iam.deleteRole("r"))
        #expect(try await kinesis.deleteStream(.name("s"), enforcingConsumerDeletion: true))
        #expect(try await !kinesis.deleteStream(.name("s"), enforcingConsumerDeletion: false))
    }
}
