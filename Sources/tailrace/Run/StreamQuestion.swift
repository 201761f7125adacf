internal import AWS
import FoundationEssentials
internal import Logging
internal import Settings

/// Asks AWS what the ARN of a stream is, once and with AWS's own number of attempts: somebody waits for the answer.
enum StreamQuestion {
    static func arn(ofStream name: String, region setting: String?) async throws -> String {
        let logger = Logger(label: "tailrace") { _ in SwiftLogNoOpLogHandler() }
        let access = try AWSAccess(environment: ProcessInfo.processInfo.environment, logger: logger)
        let answer: Result<String, any Error>
        do {
            let region = try access.configuration.region(setting: setting)
            let kinesis = try access.kinesis(region: region, speaking: .json)
            answer = .success(try await kinesis.summary(of: .name(name)).arn)
        } catch {
            answer = .failure(error)
        }
        await access.shutdown()
        do {
            return try answer.get()
        } catch {
            throw CommandFailure(
                .failed,
                "the store holds no checkpoint of a stream called \(name), and AWS did not tell its ARN (\(error)): "
                    + "give --stream \(StreamARN.example)")
        }
    }
}
