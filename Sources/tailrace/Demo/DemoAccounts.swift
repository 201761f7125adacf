internal import AWS
internal import Core
internal import Emulator
internal import HTTPClient
internal import Logging
internal import Signing

/// The demo's two accounts in the emulator, set up and used through AWS's own operations.
struct DemoAccounts: Sendable {
    static let recipient = "999999999999"
    static let region = "us-east-1"
    /// Where the daemon delivers to.
    static let centralRegion = "eu-west-1"
    static let stream = "RecipientStream"
    static let destination = "testDestination"
    private static let destinationARN = "arn:aws:logs:\(region):\(recipient):destination:\(destination)"

    let endpoint: String
    private let transport: HTTPTransport

    init(endpoint: String) throws {
        self.endpoint = endpoint
        transport = try HTTPTransport()
    }

    /// The environment of a program that runs in one of the accounts.
    func environment(of account: String) -> [String: String] {
        let key = EmulatedAccessKey.ofAccount(account)
        return [
            "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
            "AWS_REGION": Self.region, "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        ]
    }

    /// The recipient's stream and destination, the sender's log groups and subscription filters.
    func setUp(_ traffic: DemoTraffic, shards: Int) async throws {
        let sender = LogsClient(try client(.logs, of: DemoTraffic.sender))
        let groups = [(DemoTraffic.cloudTrailGroup, DemoTraffic.rootPattern), (DemoTraffic.applicationGroup, "")]
        for (group, _) in groups { try await sender.createLogGroup(group) }
        let recipient = DemoSetup.Step(
            environment: environment(of: Self.recipient),
            arguments: [
                "setup", "recipient", "--stream", Self.stream, "--shards", "\(shards)", "--destination",
                Self.destination, "--sender", DemoTraffic.sender, "--yes",
            ])
        let subscriptions = groups.map { group, pattern in
            DemoSetup.Step(
                environment: environment(of: DemoTraffic.sender),
                arguments: [
                    "setup", "sender", "--destination", Self.destinationARN, "--log-group", group, "--filter",
                    Self.stream, "--pattern", pattern, "--yes",
                ])
        }
        try DemoSetup(steps: [recipient] + subscriptions).run()
        for stream in traffic.streams {
            try await sender.createLogStream(stream.origin.logStream, in: stream.origin.logGroup)
        }
    }

    /// One record in the stream that is no subscription message at all.
    func putGarbage(_ bytes: [UInt8]) async throws {
        try await KinesisClient(try client(.kinesis, of: Self.recipient))
            .putRecord(bytes, partitionKey: "garbage", to: .name(Self.stream))
    }

    /// Writes all of `traffic`, each log stream in order and all of them at once.
    func write(_ traffic: DemoTraffic) async throws {
        let sender = LogsClient(try client(.logs, of: DemoTraffic.sender))
        try await withThrowingDiscardingTaskGroup { writers in
            for stream in traffic.streams {
                writers.addTask {
                    for first in Swift.stride(from: 0, to: stream.events, by: Self.batchEvents) {
                        let batch = first..<min(stream.events, first + Self.batchEvents)
                        let rejected = try await sender.putLogEvents(body: Self.body(batch, of: stream, traffic))
                        guard rejected == .none else {
                            throw CommandFailure(.failed, "the emulator rejected events of the demo")
                        }
                    }
                }
            }
        }
    }

    func close() async { await transport.shutdown() }

    /// Within PutLogEvents' 10,000 and, at some 500 bytes an event, within its 1 MiB.
    private static let batchEvents = 500

    private static func body(
        _ batch: Range<Int>, of stream: DemoTraffic.LogStream, _ traffic: DemoTraffic
    ) -> [UInt8] {
        var body = Array(#"{"logGroupName":"#.utf8)
        JSONEscape.append(stream.origin.logGroup, to: &body)
        body += Array(#","logStreamName":"#.utf8)
        JSONEscape.append(stream.origin.logStream, to: &body)
        body += Array(#","logEvents":["#.utf8)
        for index in batch {
            if index > batch.lowerBound { body.append(UInt8(ascii: ",")) }
            body += Array(#"{"timestamp":\#(traffic.timestamp(of: index).milliseconds),"message":"#.utf8)
            JSONEscape.append(traffic.message(index, in: stream), to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body += Array("]}".utf8)
        return body
    }

    private func client(_ service: AWSService, of account: String) throws -> ServiceClient {
        let key = EmulatedAccessKey.ofAccount(account)
        let environment = AWS.ProcessEnvironment([
            "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        ])
        return try AWSConfiguration.load(environment: environment).client(
            of: service, region: Self.region,
            credentials: FixedCredentials(
                Credentials(accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey)),
            sender: transport, logger: Logger(label: "demo") { _ in SwiftLogNoOpLogHandler() })
    }
}
