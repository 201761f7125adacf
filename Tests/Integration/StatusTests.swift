import Admin
import Core
import Emulator
import Foundation
import HTTPClient
import Testing

extension ProgramTests {
    /// How a daemon is shows while it runs, in every way in which it is asked, and of its store when it does not.
    @Suite struct StatusTests {
        private static func status(
            _ arguments: [String], in place: Workplace, of account: Account
        ) async throws -> (ending: Program.Ending, output: String, errors: String) {
            try await place.run(["status", "--config", place.settings.path] + arguments, of: account)
        }

        private static func document(_ text: String) throws -> StatusDocument {
            try JSONDecoder().decode(StatusDocument.self, from: Data(text.utf8))
        }

        /// Where the daemon's log says that it answers.
        private static func address(of daemon: Program, in place: Workplace) async throws -> String {
            var address: String?
            try await eventually("the daemon says where it answers", by: daemon) {
                address = try place.logLines().last { $0.message == "answering health, status and metrics" }?
                    .metadata["address"]
                return address != nil
            }
            return try #require(address)
        }

        private static func get(_ path: String, at address: String) async throws -> HTTPResponse {
            let transport = try HTTPTransport(HTTPTransportSettings(proxies: .none))
            let response: Result<HTTPResponse, any Error>
            do {
                response = .success(
                    try await transport.perform(HTTPRequest(url: "http://\(address)\(path)", proxy: .none)))
            } catch {
                response = .failure(error)
            }
            await transport.shutdown()
            return try response.get()
        }

        // MARK: Live

        @Test func aRunningDaemonTellsHowItIs() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive, .central], admin: "127.0.0.1:0")
            try await Account.with { account in
                let written = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                let address = try await Self.address(of: daemon, in: place)
                let asked = ["--admin", address]
                var last: StatusDocument?
                try await eventually("all is delivered and saved", by: daemon) {
                    let answer = try await Self.status(asked + ["--json"], in: place, of: account)
                    #expect(answer.ending == .exited(0), "\(answer.errors)")
                    let document = try Self.document(answer.output)
                    #expect(document.daemon == .up)
                    last = document
                    return document.ledger.delivered == written.traffic.records
                        && document.shards.compactMap(\.checkpoint).count == 2
                }
                let document = try #require(last)
                #expect(document.status == "ok" && document.causes.isEmpty)
                #expect(document.stream == Account.stream.arn)
                #expect(document.shards.map(\.shard) == Set(written.places.map(\.shard.name)).sorted())
                #expect(document.shards.allSatisfy { $0.behindLatestSeconds != nil && !$0.stuck })
                let events = written.traffic.records * written.traffic.eventsPerRecord
                #expect(document.sinks.map(\.delivered) == [events, events])
                #expect(document.ledger.read == written.traffic.records && document.ledger.pending == 0)

                let text = try await Self.status(asked, in: place, of: account)
                #expect(text.ending == .exited(0) && text.errors.isEmpty)
                #expect(text.output.contains("health  ok\n"))
                #expect(
                    text.output.contains("\nSHARD ") && text.output.contains("\nSINK ")
                        && text.output.contains("\nLEDGER "))

                #expect(try await Self.get("/health", at: address).status == 200)
                let metrics = String(decoding: try await Self.get("/metrics", at: address).body, as: UTF8.self)
                for shard in document.shards {
                    #expect(metrics.contains("\ntailrace_shard_behind_latest_seconds{shard=\"\(shard.shard)\"} "))
                }
                #expect(metrics.contains("\ntailrace_sink_events_delivered_total{sink=\"archive\"} \(events)\n"))
                #expect(try await daemon.stop() == .exited(0))
            }
        }

        /// A reader of the status that goes away is no reason to go on.
        @Test func watchingEndsWithItsReader() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive], admin: "127.0.0.1:0")
            try await Account.with { account in
                _ = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                let address = try await Self.address(of: daemon, in: place)
                let pipe = try Pipe()
                let watch = try place.program(
                    ["status", "--watch", "--admin", address], of: account, output: pipe.writer)
                pipe.started()
                var text = ""
                try await eventually("it was shown twice", by: watch) {
                    while let piece = pipe.read(), !piece.isEmpty { text += String(decoding: piece, as: UTF8.self) }
                    return text.split(separator: "LEDGER").count > 2
                }
                #expect(!text.contains("\u{1B}"), "a pipe is no terminal")
                pipe.close()
                #expect(try await watch.ended() == .exited(0))
                #expect(try await daemon.stop() == .exited(0))
            }
        }

        // MARK: Stuck

        /// Access that is denied is trouble at once, and red when it lasts.
        @Test func whatIsStuckIsRedUntilItMoves() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive], admin: "127.0.0.1:0", stuckAfter: "10s")
            try await Account.with { account in
                _ = try await Written(to: account)
                try await Self.setFaults("GetRecords:always:AccessDeniedException", of: account)
                let daemon = try place.daemon(of: account)
                let address = try await Self.address(of: daemon, in: place)
                func health() async throws -> (status: Int, text: String) {
                    let response = try await Self.get("/health", at: address)
                    return (response.status, String(decoding: response.body, as: UTF8.self))
                }
                try await eventually("it is trouble", by: daemon) { try await health().text.contains("degraded") }
                try await eventually("it is red", by: daemon, lookingEvery: .milliseconds(200)) {
                    try await health().status == 503
                }
                let red = try await Self.status(["--admin", address, "--json"], in: place, of: account)
                #expect(red.ending == .exited(0), "the command tells, and judges nothing")
                let document = try Self.document(red.output)
                #expect(document.status == "red")
                let shard = try #require(document.shards.first { $0.stuck })
                #expect(shard.state == "backing-off" && shard.detail == "access-denied")
                #expect(shard.cause?.contains("AccessDeniedException") == true)
                try await eventually("the log says so", by: daemon) { try !place.stuck.isEmpty }

                try await Self.setFaults("", of: account)
                // Where a person has to mend something, it is asked again within a minute.
                try await eventually("health is well again", by: daemon, lookingEvery: .milliseconds(500)) {
                    try await health().text.contains(#""ok""#)
                }
                #expect(try await health().status == 200)
                try await eventually("the log says that, too", by: daemon) {
                    try place.logLines().contains { $0.message == "moves again after it was stuck" }
                }
                #expect(try await daemon.stop() == .exited(0))
                #expect(try place.stuck.allSatisfy { $0.level == "error" })
            }
        }

        private static func setFaults(_ rules: String, of account: Account) async throws {
            let transport = try HTTPTransport(HTTPTransportSettings(proxies: .none))
            let response = try await transport.perform(
                HTTPRequest(
                    method: "PUT", url: account.endpoint + "/_emulator/faults", body: Array(rules.utf8), proxy: .none))
            await transport.shutdown()
            try #require(response.status == 200, "\(String(decoding: response.body, as: UTF8.self))")
        }

        // MARK: Down

        @Test func aDaemonThatIsDownIsSeenByItsStore() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive], admin: "127.0.0.1:2")
            try await Account.with { account in
                let nothing = try await Self.status([], in: place, of: account)
                #expect(nothing.ending == .exited(1) && nothing.output.isEmpty)
                #expect(nothing.errors.contains("no daemon answers at 127.0.0.1:2"))
                #expect(nothing.errors.contains("there is no store at \(place.store.path)"))

                try place.write(sinks: [.archive])
                let written = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered", by: daemon) {
                    place.deliveredBytes() == written.traffic.fileBytes
                }
                let silent = try Self.document(
                    try await Self.status(["--json"], in: place, of: account).output)
                #expect(silent.daemon == .silent)
                #expect(silent.causes.first?.contains("process \(daemon.pid) on ") == true)
                #expect(try await daemon.stop() == .exited(0))

                let down = try await Self.status(["--json"], in: place, of: account)
                #expect(down.ending == .exited(0))
                let document = try Self.document(down.output)
                #expect(document.daemon == .down && document.status == nil)
                #expect(document.stream == Account.stream.arn)
                let last = Dictionary(written.places.map { ($0.shard.name, $0.sequence.digits) }) { $1 }
                #expect(Dictionary(uniqueKeysWithValues: document.shards.map { ($0.shard, $0.checkpoint) }) == last)
                #expect(document.ledger.read == 6 && document.ledger.pending == 0)
                let text = try await Self.status([], in: place, of: account)
                #expect(text.ending == .exited(0))
                #expect(text.output.contains("daemon  down\n"))
                #expect(text.output.contains("this is what \(place.store.path) holds"))
            }
        }

        // MARK: The address

        @Test func anAddressThatIsTakenIsAnErrorWhenItWasAskedFor() async throws {
            let (place, other) = (try Workplace(), try Workplace())
            try place.write(sinks: [.archive], admin: "127.0.0.1:0")
            try await Account.with { account in
                _ = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                let address = try await Self.address(of: daemon, in: place)
                try other.write(sinks: [.archive], admin: address)
                let second = try other.daemon(of: account)
                #expect(try await second.ended() == .exited(1))
                let errors = try other.text(other.log)
                #expect(errors.contains("cannot listen on \(address)"), "\(errors)")
                #expect(try other.delivered().isEmpty)
                #expect(!FileManager.default.fileExists(atPath: other.store.path))
                #expect(try await daemon.stop() == .exited(0))
            }
        }

        /// Whoever wrote nothing of it has asked for delivering, and gets that.
        @Test func aDefaultAddressThatIsTakenIsAWarning() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive], admin: nil)
            // When this cannot have the port, somebody else has it already.
            let taker = DeafServer(port: 9600)
            defer { taker?.close() }
            try await Account.with { account in
                let written = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered", by: daemon) {
                    place.deliveredBytes() == written.traffic.fileBytes
                }
                #expect(try await daemon.stop() == .exited(0))
                let warning = try #require(
                    try place.logLines().first { $0.metadata["address"] == "127.0.0.1:9600" })
                #expect(warning.level == "warning")
                #expect(warning.message.contains("admin.listen"))
            }
        }

        @Test func anotherStreamsDaemonIsNotTakenForThisOnes() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive], admin: "127.0.0.1:0")
            try await Account.with { account in
                _ = try await Written(to: account)
                let daemon = try place.daemon(of: account)
                let address = try await Self.address(of: daemon, in: place)
                let missing = place.directory.appendingPathComponent("other.db").path
                try await eventually("the stream was found", by: daemon) {
                    let body = try await Self.get("/status", at: address).body
                    return try Self.document(String(decoding: body, as: UTF8.self)).stream != nil
                }
                let answer = try await place.run(
                    ["status", "--admin", address, "--stream", "Another", "--state", missing], of: account)
                #expect(answer.ending == .exited(1))
                #expect(answer.errors.contains("reads another stream, \(Account.stream.arn)"), "\(answer.errors)")
                #expect(try await daemon.stop() == .exited(0))
            }
        }
    }
}

extension Workplace {
    /// What was said of what is stuck.
    fileprivate var stuck: [LogLine] {
        get throws { try logLines().filter { $0.message == "stuck: nothing has moved that has to" } }
    }
}
