import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Credentials end while the daemon runs, and another program renews them in the shared file.
    @Suite struct CredentialsTests {
        private static let first = key("ASIAFIRST", token: "one")
        private static let second = key("ASIASECOND", token: "two")

        @Test func credentialsThatExpireInMidRunAreReadAnew() async throws {
            let traffic = Traffic(logStreams: 4, records: 40, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let file = place.directory.appendingPathComponent("credentials")
            try Self.write(Self.first, to: file)
            // An empty variable counts as none: the file decides.
            let variables = [
                "AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "", "AWS_SHARED_CREDENTIALS_FILE": file.path,
            ]
            try await Account.with({ $0.accessKeys = [Self.first, Self.second] }) { account in
                try await account.emulator.createStream(Account.stream, shards: 2)
                let daemon = try place.daemon(of: account, adding: variables)
                try await account.put(traffic, records: 0..<16)
                try await eventually("something is delivered", by: daemon) { place.deliveredBytes() > 0 }

                // Reading and writing are refused, pages and batches under way with them.
                let expired = ["GetRecords", "GetShardIterator", "ListShards", "PutLogEvents", "CreateLogStream"].map {
                    FaultRule(operation: $0, on: .always, effect: .refuse("ExpiredTokenException"))
                }
                await account.emulator.inject(expired)
                try await account.put(traffic, records: 16..<28)
                try await eventually("calls are refused", by: daemon) {
                    try place.answersOfSource.contains("false")
                }
                try Self.write(Self.second, to: file)
                try await eventually("the new ones are found", by: daemon) {
                    try place.answersOfSource.contains("true")
                }
                await account.emulator.liftFaults()
                try await account.put(traffic, records: 28..<40)
                try await eventually("all is delivered", by: daemon) {
                    await place.has(traffic, in: [.central, .archive], of: account)
                }
                #expect(try await daemon.stop() == .exited(0))
                try await place.expectAccountedFor(traffic, in: [.central, .archive], of: account)
            }
        }

        private static func key(_ id: String, token: String) -> EmulatedAccessKey {
            EmulatedAccessKey(
                accessKeyID: id, secretAccessKey: "secret of \(id)", sessionToken: token, account: Account.id)
        }

        /// At once, as whoever renews such a file has to.
        private static func write(_ key: EmulatedAccessKey, to file: URL) throws {
            let text = """
                [default]
                aws_access_key_id = \(key.accessKeyID)
                aws_secret_access_key = \(key.secretAccessKey)
                aws_session_token = \(key.sessionToken ?? "")
                """
            try Data(text.utf8).write(to: file, options: .atomic)
        }
    }
}

extension Workplace {
    /// Whether there were others, each time that the daemon asked the source of its credentials again.
    fileprivate var answersOfSource: [String] {
        get throws {
            try logLines().filter { $0.message == "credentials refused, asked their source again" }
                .compactMap { $0.metadata["are_others"] }
        }
    }
}
