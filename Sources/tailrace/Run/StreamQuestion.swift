internal import AWS
internal import Core
import FoundationEssentials
internal import Logging
internal import Settings

/// Asks AWS about a stream, once and with AWS's own number of attempts: somebody waits for the answer.
enum StreamQuestion {
    /// Every shard of the stream with this ARN.
    static func shards(ofStream arn: String) async throws -> [Shard] {
        try await ask(region: StreamARN(arn)?.region) { try await $0.listShards(of: .arn(arn)) }
    }

    private static func ask<Answer: Sendable>(
        region setting: String?, _ question: (KinesisClient) async throws -> Answer
    ) async throws -> Answer {
        let logger = Logger(label: "tailrace") { _ in SwiftLogNoOpLogHandler() }
        let access = try AWSAccess(environment: ProcessInfo.processInfo.environment, logger: logger)
        let answer: Result<Answer, any Error>
        do {
            let region = try access.configuration.region(setting: setting)
            answer = .success(try await question(access.kinesis(region: region, speaking: .json)))
        } catch {
            answer = .failure(error)
        }
        await access.shutdown()
        return try answer.get()
    }

    static func arn(ofStream name: String, region: String?) async throws -> String {
        do {
            return try await ask(region: region) { try await $0.summary(of: .name(name)).arn }
        } catch {
            throw CommandFailure(
                .failed,
                "the store holds no checkpoint of a stream called \(name), and AWS did not tell its ARN (\(error)): "
                    + "give --stream \(StreamARN.example)")
        }
    }
}
