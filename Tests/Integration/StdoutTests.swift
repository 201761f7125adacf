import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Standard output is a sink like the others: what its reader did not take is delivered again.
    @Suite struct StdoutTests {
        private static let traffic = Traffic(logStreams: 1, records: 300, eventsPerRecord: 10)

        @Test func aReaderThatHasEnoughEndsTheDaemonInOrder() async throws {
            let place = try Workplace()
            try place.write(sinks: [.console])
            try await Account.with { account in
                try await account.fill(Self.traffic, shards: 1, below: place.directory)
                let code = place.directory.appendingPathComponent("code")
                let script = #"{ "$0" run --config "$1"; echo $? > "$2"; } | head -n 5"#
                let shell = try place.program(
                    ["-c", script, Program.tailrace, place.settings.path, code.path], as: "/bin/sh", of: account)
                #expect(try await shell.ended() == .exited(0))
                #expect(try place.text(code) == "0\n")
                #expect(try place.text(place.output).split(separator: "\n") == Array(Self.lines.prefix(5)))
                #expect(try place.lastWord()["records-pending"] ?? 0 > 0)
            }
        }

        /// Its number must not go to a socket or a file of ours, which would then get the lines.
        @Test func aClosedStandardOutputIsAnEndAtOnceAndNothingIsTaken() async throws {
            let place = try Workplace()
            try place.write(sinks: [.console])
            try await Account.with { account in
                try await account.fill(Self.traffic, shards: 1, below: place.directory)
                let shell = try place.program(
                    ["-c", #"exec "$0" run --config "$1" >&-"#, Program.tailrace, place.settings.path], as: "/bin/sh",
                    of: account)
                #expect(try await shell.ended() == .exited(0))
                let ledger = try place.lastWord()
                #expect(ledger["records-delivered"] == 0)
                #expect(ledger["records-pending"] ?? 0 > 0)
            }
        }

        @Test func aRestartGivesWhatTheReaderDidNotTake() async throws {
            let place = try Workplace()
            try place.write(sinks: [.console])
            try await Account.with { account in
                try await account.fill(Self.traffic, shards: 1, below: place.directory)
                let pipe = try Pipe()
                let first = try place.daemon(of: account, output: pipe.writer)
                pipe.started()
                let taken = try await Self.read(pipe, lines: 700).utf8.count
                // Long enough for a checkpoint of what is written so far.
                try await eventually("something waits to be read") { pipe.waiting > 0 }
                try await Task.sleep(for: .seconds(1))
                pipe.close()
                #expect(try await first.ended() == .exited(0))

                let second = try place.daemon(of: account)
                try await eventually("the rest comes", by: second) {
                    return try place.text(place.output).hasSuffix(Self.lines.joined(separator: "\n").suffix(200) + "\n")
                }
                #expect(try await second.stop() == .exited(0))
                let rest = try place.text(place.output).split(separator: "\n")
                // Whole records from somewhere on, and nothing between what the pipe can have held and them.
                #expect(Self.lines.suffix(rest.count) == rest[...])
                #expect(rest.count.isMultiple(of: Self.traffic.eventsPerRecord))
                let skipped = Self.lines.dropLast(rest.count).reduce(0) { $0 + $1.utf8.count + 1 }
                print("stdout test: \(taken) bytes taken, restarted at byte \(skipped)")
                #expect(skipped <= taken + Pipe.capacity)
                #expect(skipped > 0, "a checkpoint was saved of what was taken")
            }
        }

        @Test func aReaderThatPausesLosesNothing() async throws {
            let place = try Workplace()
            try place.write(sinks: [.console])
            try await Account.with { account in
                try await account.fill(Self.traffic, shards: 1, below: place.directory)
                let pipe = try Pipe()
                let daemon = try place.daemon(of: account, output: pipe.writer)
                pipe.started()
                defer { pipe.close() }
                try await eventually("something waits to be read") { pipe.waiting > 0 }
                try await Task.sleep(for: .seconds(1))
                let all = try await Self.read(pipe, lines: Self.lines.count)
                #expect(all == Self.lines.map { $0 + "\n" }.joined())
                #expect(try await daemon.stop() == .exited(0))
                #expect(pipe.read() == nil)
                #expect(try place.lastWord()["console-delivered"] == Self.traffic.events)
            }
        }

        @Test func aReaderThatHasEnoughOfAReplayLeavesEventsPending() async throws {
            let place = try Workplace()
            try await Account.with { account in
                try await account.fill(Self.traffic, shards: 1, below: place.directory)
                let pipe = try Pipe()
                let arguments = ["--from", "trim-horizon", "--stream", Account.stream.name, "--to-stdout"]
                let deadLetters = place.directory.appendingPathComponent("dead-letters").path
                let replay = try place.program(
                    ["replay"] + arguments + ["--dead-letters", deadLetters], of: account, output: pipe.writer)
                pipe.started()
                _ = try await Self.read(pipe, lines: 5)
                pipe.close()
                #expect(try await replay.ended() == .exited(4))
                #expect(try place.text(place.log).contains("events are still pending"))
            }
        }

        private static let lines = traffic.lines(0).split(separator: "\n")

        /// Reads until there are so many lines; a little more may come with the last of them.
        private static func read(_ pipe: Pipe, lines: Int) async throws -> String {
            var bytes: [UInt8] = []
            var count = 0
            try await eventually("\(lines) lines come") {
                while count < lines {
                    let piece = try #require(pipe.read(atMost: 1024), "the program closed its output")
                    if piece.isEmpty { return false }
                    bytes += piece
                    count += piece.count { $0 == UInt8(ascii: "\n") }
                }
                return true
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }
}
