import Foundation

@testable import AWS

extension AccountPair {
    /// Puts one event into the sender's log group.
    func log(_ message: String) async throws {
        let logs = try sender.logs
        do {
            try await logs.createLogStream("events", in: Self.group)
        } catch let error as AWSError where error.code == "ResourceAlreadyExistsException" {
            // By an earlier event.
        }
        struct Request: Encodable {
            struct Event: Encodable {
                let timestamp: Int64
                let message: String
            }
            let logGroupName: String
            let logStreamName: String
            let logEvents: [Event]
        }
        let request = Request(
            logGroupName: Self.group, logStreamName: "events",
            logEvents: [Request.Event(timestamp: Clock.now, message: message)])
        _ = try await logs.putLogEvents(body: Array(try JSONEncoder().encode(request)))
    }
}
