import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// systemd is told when the daemon reads and when it begins to stop.
    @Suite struct NotifyTests {
        @Test func readyOnceReadingAndStoppingOnSIGTERM() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive])
            let listener = try NotifyListener(path: place.directory.appendingPathComponent("notify").path)
            defer { listener.close() }
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let daemon = try place.daemon(of: account, adding: ["NOTIFY_SOCKET": listener.path])
                let ready = try await next(of: listener).split(separator: "\n")
                #expect(ready.first == "READY=1")
                #expect(ready.contains { $0.hasPrefix("STATUS=") && $0.contains(Account.stream.arn) })
                #expect(await daemon.isRunning)

                #expect(try await daemon.stop() == .exited(0))
                #expect(try await next(of: listener) == "STOPPING=1")
                #expect(listener.next() == nil)
            }
        }

        @Test func neverReadyWithoutItsStream() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive])
            let listener = try NotifyListener(path: place.directory.appendingPathComponent("notify").path)
            defer { listener.close() }
            try await Account.with { account in
                let daemon = try place.daemon(of: account, adding: ["NOTIFY_SOCKET": listener.path])
                #expect(try await daemon.ended() == .exited(1))
                #expect(listener.next() == nil)
                #expect(try place.text(place.log).contains("ResourceNotFoundException"))
            }
        }

        private func next(of listener: NotifyListener) async throws -> String {
            var message: String?
            try await eventually("systemd is told") {
                message = listener.next()
                return message != nil
            }
            return try #require(message)
        }
    }
}
