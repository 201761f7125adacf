import Core
import Emulator
import Foundation
import HTTPClient
import Logging
import Signing

@testable import AWS

/// An emulator with one account in it, whose stream is read.
final class Account: Sendable {
    static let id = "999999999999"
    static let region = "us-east-1"
    /// Where log groups are delivered to.
    static let centralRegion = "eu-west-1"
    static let stream = EmulatedStreamName(account: id, region: region, name: "RecipientStream")

    let emulator: Emulator
    let endpoint: String
    private let transport: HTTPTransport

    private init(_ emulator: Emulator, port: Int) throws {
        self.emulator = emulator
        endpoint = emulator.endpoint(port: port)
        transport = try HTTPTransport()
    }

    /// Does `body` with an emulator that is not held to AWS's read limits unless `change` says so.
    static func with<Value>(
        _ change: (inout EmulatorSettings) -> Void = { _ in }, _ body: (Account) async throws -> Value
    ) async throws -> Value {
        var settings = EmulatorSettings()
        settings.kinesis.limitsReads = false
        change(&settings)
        let emulator = Emulator(settings: settings, logger: Logger(label: "emulator") { _ in SwiftLogNoOpLogHandler() })
        let account = try Account(emulator, port: try await emulator.start())
        let outcome: Result<Value, any Error>
        do {
            outcome = .success(try await body(account))
        } catch {
            outcome = .failure(error)
        }
        await account.transport.shutdown()
        await emulator.stop()
        return try outcome.get()
    }

    /// In which the program runs as this account.
    var environment: [String: String] {
        let key = EmulatedAccessKey.ofAccount(Self.id)
        return [
            "AWS_ACCESS_KEY_ID": key.accessKeyID, "AWS_SECRET_ACCESS_KEY": key.secretAccessKey,
            "AWS_REGION": Self.region, "AWS_ENDPOINT_URL": endpoint, "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "PATH": "/usr/bin:/bin",
        ]
    }

    // MARK: The stream

    /// Makes the stream and fills it, one shard after the other in turn.
    func fill(_ payloads: [[UInt8]], shards: Int, below directory: URL) async throws {
        var corpus = Data()
        for payload in payloads {
            withUnsafeBytes(of: UInt32(payload.count).bigEndian) { corpus.append(contentsOf: $0) }
            corpus.append(contentsOf: payload)
        }
        let file = directory.appendingPathComponent("corpus")
        try corpus.write(to: file)
        try await emulator.preload(stream: Self.stream, from: file.path, shards: shards)
    }

    func fill(_ traffic: Traffic, shards: Int, below directory: URL) async throws {
        try await fill((0..<traffic.records).map(traffic.payload), shards: shards, below: directory)
    }

    /// Writes one record; its shard hangs on the partition key.
    @discardableResult
    func put(_ payload: [UInt8], partitionKey: String) async throws -> (shard: ShardID, sequence: SequenceNumber) {
        try await KinesisClient(client()).putRecord(payload, partitionKey: partitionKey, to: .name(Self.stream.name))
    }

    private func client() throws -> ServiceClient {
        let key = EmulatedAccessKey.ofAccount(Self.id)
        return try AWSConfiguration.load(environment: AWS.ProcessEnvironment(environment)).client(
            of: .kinesis, region: Self.region,
            credentials: FixedCredentials(
                Credentials(accessKeyID: key.accessKeyID, secretAccessKey: key.secretAccessKey)),
            sender: transport, logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Splits a shard: its second child begins with the hash key `key`.
    func split(_ shard: String, at key: String) async throws {
        let request = ["StreamName": Self.stream.name, "ShardToSplit": shard, "NewStartingHashKey": key]
        try await client().call("SplitShard", request)
    }

    func deleteStream() async throws {
        try await client().call("DeleteStream", ["StreamName": Self.stream.name])
    }

    /// Writes these records of a traffic one after the other, each log stream to the shard that its name hashes to.
    func put(_ traffic: Traffic, records: Range<Int>, pause: Duration = .zero) async throws {
        for record in records {
            try await put(traffic.payload(record), partitionKey: traffic.name(record % traffic.logStreams))
            try await Task.sleep(for: pause)
        }
    }

    // MARK: Log groups

    /// What the log group in the other Region holds; `nil` while there is none.
    func events(in group: String) async -> StoredEvents? {
        await emulator.logEvents(inGroup: group, account: Self.id, region: Self.centralRegion)
    }
}
