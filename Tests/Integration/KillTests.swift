import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// Nothing is lost and no file differs, whenever the power goes.
    @Suite struct KillTests {
        private static let kills = 5

        @Test func fiveKillsChangeNoFileAndLoseNoEvent() async throws {
            let traffic = Traffic(
                logStreams: 40, records: 400, eventsPerRecord: 500,
                padding: String(repeating: #" \"and so on\""#, count: 15))
            let undisturbed = try Workplace()
            let time = try await Account.with { account in
                try await account.fill(traffic, shards: 4, below: undisturbed.directory)
                return try await run(traffic, in: undisturbed, of: account) { _ in }
            }
            try undisturbed.expectFiles(traffic.files)

            let seed = UInt64.random(in: .min ... .max)
            print("kill test: undisturbed in \(time), seed \(seed)")
            let disturbed = try Workplace()
            try await Account.with { account in
                try await account.fill(traffic, shards: 4, below: disturbed.directory)
                var random = SeededRandom(seed)
                let whole = try await run(traffic, in: disturbed, of: account) { daemon in
                    for moment in Self.moments(within: time, &random) {
                        try await wait(for: moment, traffic, in: disturbed, of: account)
                        try await daemon.kill()
                        print("killed with \(disturbed.deliveredBytes()) of \(traffic.fileBytes) bytes in files")
                        daemon = try disturbed.daemon(of: account)
                    }
                }
                let stored = try #require(await account.events(in: Workplace.group()))
                let arrivals = Arrivals(stored, of: traffic)
                let cutBacks = try disturbed.logLines().count { $0.message == "file cut back to its committed length" }
                print("kill test: \(cutBacks) times a file was cut back")
                print("kill test: \(whole), \(arrivals.repeats) repeats among \(stored.count) events in the log group")
                #expect(arrivals.isComplete(traffic))
            }
            try disturbed.expectFiles(undisturbed.delivered())
        }

        /// When to kill: so much later than the first look that finds this share of the way gone. Within a commit, it
        /// is at the next sight of a file that grows: its bytes are written then, and mostly not committed.
        private struct Moment {
            let share: Double
            let later: Duration
            let isWithinCommit: Bool
        }

        /// In the first three quarters of the way, every other one within a commit. `time` is what the whole takes.
        private static func moments(within time: Duration, _ random: inout SeededRandom) -> [Moment] {
            (0..<kills).map { kill in
                Moment(
                    share: (Double(kill) + .random(in: 0..<1, using: &random)) / Double(kills) * 0.75,
                    later: time / 16 * .random(in: 0..<1, using: &random), isWithinCommit: kill.isMultiple(of: 2))
            }
        }

        private func wait(
            for moment: Moment, _ traffic: Traffic, in place: Workplace, of account: Account
        ) async throws {
            let bytes = Int(moment.share * Double(traffic.fileBytes))
            try await eventually("\(bytes) bytes are in files") { place.deliveredBytes() >= bytes }
            try await Task.sleep(for: moment.later)
            if moment.isWithinCommit {
                let before = place.deliveredBytes()
                try await eventually("a file grows", lookingEvery: .milliseconds(1)) {
                    let now = place.deliveredBytes()
                    return now > before || now == traffic.fileBytes
                }
                return
            }
            let isDone = try await isComplete(traffic, in: place, of: account)
            #expect(!isDone, "a kill after the end proves nothing")
        }

        /// Starts a daemon, does `disturb`, waits until all is delivered and stops it. Returns how long that took.
        private func run(
            _ traffic: Traffic, in place: Workplace, of account: Account,
            _ disturb: (inout Program) async throws -> Void
        ) async throws -> Duration {
            try place.write(sinks: [.central, .archive])
            let start = ContinuousClock.now
            var daemon = try place.daemon(of: account)
            try await disturb(&daemon)
            try await eventually("all events are delivered", by: daemon) {
                try await isComplete(traffic, in: place, of: account)
            }
            let time = start.duration(to: .now)
            #expect(try await daemon.stop() == .exited(0))
            return time
        }

        private func isComplete(_ traffic: Traffic, in place: Workplace, of account: Account) async throws -> Bool {
            guard let stored = await account.events(in: Workplace.group()), stored.count >= traffic.events,
                place.deliveredBytes() >= traffic.fileBytes
            else { return false }
            return Arrivals(stored, of: traffic).events == traffic.events
        }
    }
}
