import AWS
import Core
import Signing
import Testing

@Suite(
    .enabled(
        if: MotoServer.executable != nil, "set TAILRACE_MOTO to the path of a moto_server executable to run this"),
    .serialized)
struct AgainstMoto {
    private func client(
        _ service: AWSService, _ server: MotoServer, _ credentials: Credentials
    ) throws -> ServiceClient {
        try AWSConfiguration.load(environment: ProcessEnvironment(["AWS_ENDPOINT_URL": server.url]))
            .client(
                of: service, region: "eu-west-1", credentials: FixedCredentials(credentials), sender: server.transport)
    }

    @Test(.timeLimit(.minutes(3)))
    func signaturesAreAcceptedAndAWrongSecretIsNot() async throws {
        let server = try await MotoServer.start()
        do {
            let credentials = try await server.userWithCheckedSignatures()
            try await identify(server, credentials)
            try await readAStream(server, credentials)
            try await writeLogs(server, credentials)
            try await refuse(server, credentials)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    private func identify(_ server: MotoServer, _ credentials: Credentials) async throws {
        let identity = try await STSClient(client(.sts, server, credentials)).callerIdentity()
        #expect(identity.arn.hasSuffix(":user/reader"))
        #expect(identity.account.count == 12)
    }

    private func readAStream(_ server: MotoServer, _ credentials: Credentials) async throws {
        let kinesis = KinesisClient(try client(.kinesis, server, credentials))
        try await kinesis.createStream(name: "s", capacity: .provisioned(shards: 1))
        let summary = try await kinesis.summary(of: .name("s"))
        #expect(summary.status == .active)
        let shards = try await kinesis.listShards(of: .arn(summary.arn))
        let shard = try #require(shards.first)
        #expect(shards.count == 1)

        let payload = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let place = try await kinesis.putRecord(payload, partitionKey: "k", to: .name("s"))
        #expect(place.shard == shard.id)
        for position in [ShardPosition.trimHorizon, .at(place.sequence), .atTime(Instant(milliseconds: 0))] {
            let iterator = try await kinesis.shardIterator(of: .name("s"), shard: shard.id, at: position)
            let page = try await kinesis.records(of: .name("s"), at: iterator)
            #expect(page.records.map(\.sequence) == [place.sequence])
            #expect(page.records.allSatisfy { page.bytes[$0.payload].elementsEqual(payload) && $0.arrival != nil })
            #expect(page.next != nil)
        }
        for position in [ShardPosition.latest, .after(place.sequence)] {
            let iterator = try await kinesis.shardIterator(of: .name("s"), shard: shard.id, at: position)
            #expect(try await kinesis.records(of: .name("s"), at: iterator).records.isEmpty)
        }
    }

    private func writeLogs(_ server: MotoServer, _ credentials: Credentials) async throws {
        let logs = LogsClient(try client(.logs, server, credentials))
        try await logs.createLogGroup("/central/app")
        try await logs.createLogStream("s1", in: "/central/app")
        try await logs.putRetentionPolicy(days: 30, on: "/central/app")
        let now = Surroundings.real.now().milliseconds
        let body =
            #"{"logGroupName":"/central/app","logStreamName":"s1","logEvents":[{"timestamp":\#(now),"message":"héllo"}]}"#
        #expect(try await logs.putLogEvents(body: Array(body.utf8)) == .none)
        let stored = try await logs.logEvents(of: "s1", in: "/central/app")
        #expect(stored.events == [StoredLogEvent(timestamp: Instant(milliseconds: now), message: "héllo")])

        let again = await #expect(throws: AWSError.self) { try await logs.createLogGroup("/central/app") }
        #expect(again?.code == "ResourceAlreadyExistsException")
        let nowhere = await #expect(throws: AWSError.self) { try await logs.createLogStream("s", in: "/none") }
        #expect(nowhere?.code == "ResourceNotFoundException")
        #expect(nowhere?.requestID != nil)
    }

    private func refuse(_ server: MotoServer, _ credentials: Credentials) async throws {
        let wrong = Credentials(accessKeyID: credentials.accessKeyID, secretAccessKey: "wrong")
        let kinesis = await #expect(throws: AWSError.self) {
            try await KinesisClient(client(.kinesis, server, wrong)).summary(of: .name("s"))
        }
        let logs = await #expect(throws: AWSError.self) {
            try await LogsClient(client(.logs, server, wrong)).createLogGroup("/other")
        }
        let sts = await #expect(throws: AWSError.self) {
            try await STSClient(client(.sts, server, wrong)).callerIdentity()
        }
        for error in [kinesis, logs, sts] {
            #expect(error?.code == "SignatureDoesNotMatch")
            #expect(error?.isUnauthorized == true)
        }
    }
}
