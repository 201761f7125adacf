import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// A replay that was interrupted goes on where it was when it is run again, to the end that it had.
    @Suite struct ReplayResumeTests {
        private static let traffic = Traffic(
            logStreams: 16, records: 320, eventsPerRecord: 200, padding: String(repeating: " and so on", count: 30))

        /// Killed at any instant and stopped in between: file by file the same bytes as an undisturbed replay.
        @Test func interruptedAndRunAgainItWritesTheSameFiles() async throws {
            let traffic = Self.traffic
            let (undisturbed, disturbed) = (try Workplace(), try Workplace())
            let seed = UInt64.random(in: .min ... .max)
            print("replay test: seed \(seed)")
            var random = SeededRandom(seed)
            try await Account.with { account in
                try await account.fill(traffic, shards: 4, below: undisturbed.directory)
                try undisturbed.write(sinks: [.archive])
                let whole = try await undisturbed.run(undisturbed.replay(), of: account)
                #expect(whole.ending == .exited(0), "\(whole.errors)")
                try undisturbed.expectFiles(traffic.files)

                try disturbed.write(sinks: [.archive])
                for kill in 0..<4 {
                    let replay = try disturbed.program(disturbed.replay(), of: account)
                    let share = (Double(kill) + .random(in: 0..<1, using: &random)) / 5
                    let bytes = Int(share * Double(traffic.fileBytes))
                    try await eventually("\(bytes) bytes are in files", lookingEvery: .milliseconds(1)) {
                        disturbed.deliveredBytes() > bytes
                    }
                    if kill == 2 {
                        #expect(try await replay.stop() == .exited(143))
                    } else {
                        try await replay.kill()
                    }
                    print("replay test: interrupted with \(disturbed.deliveredBytes()) of \(traffic.fileBytes) bytes")
                    #expect(
                        disturbed.deliveredBytes() < traffic.fileBytes, "an interruption after the end proves nothing")
                }
                let last = try await disturbed.run(disturbed.replay(), of: account)
                #expect(last.ending == .exited(0), "\(last.errors)")
                #expect(last.errors.contains("resuming the replay begun at "))
                #expect(
                    last.errors.contains(
                        "records read \(traffic.records), delivered \(traffic.records), control 0, filtered 0, "
                            + "dead-lettered 0, pending 0\n"), "the ledger goes on: \(last.errors)")
            }
            try disturbed.expectFiles(undisturbed.delivered())
            #expect(try disturbed.leftovers() == [], "it is done")
            #expect(!FileManager.default.fileExists(atPath: disturbed.files.path + "/.tailrace.owner"))
            let deadLetters = try FileManager.default.subpathsOfDirectory(
                atPath: disturbed.directory.path + "/dead-letters")
            #expect(deadLetters == ["replay"], "there were none")
        }

        /// What came after the first start is beyond its `now`, however late it is resumed.
        @Test func nowIsThatOfTheFirstStart() async throws {
            let traffic = Traffic(logStreams: 2, records: 8, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                try await account.emulator.createStream(Account.stream, shards: 2)
                try await account.put(traffic, records: 0..<4)
                let first = try place.program(
                    place.replay(), of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the sink waits for an answer", by: first) { deaf.isCalled }
                try await eventually("the files have theirs", by: first) {
                    place.deliveredBytes() >= traffic.fileBytes / 2 - 100
                }
                #expect(try await first.stop() == .exited(143))
                #expect(try place.text(place.log).contains("the same command goes on from here"))
                #expect(try place.leftovers().isEmpty == false)

                try await account.put(traffic, records: 4..<8)
                let second = try await place.run(place.replay(), of: account)
                #expect(second.ending == .exited(0), "\(second.errors)")
                let half = Traffic(logStreams: 2, records: 4, eventsPerRecord: 10)
                #expect(try place.delivered().mapValues(\.count) == half.files.mapValues(\.count))
                let stored = try #require(await account.events(in: Workplace.group()))
                #expect(Arrivals(stored, of: half).isComplete(half))
                #expect(try place.leftovers() == [])

                // It is done, so the next one is another.
                let third = try await place.run(place.replay(to: "central"), of: account)
                #expect(third.ending == .exited(0))
                #expect(!third.errors.contains("resuming"))
                #expect(
                    Arrivals(try #require(await account.events(in: Workplace.group())), of: traffic).isComplete(traffic)
                )
            }
        }

        @Test func restartBeginsAgain() async throws {
            let traffic = Traffic(logStreams: 2, records: 4, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                try await account.fill(traffic, shards: 2, below: place.directory)
                let first = try place.program(
                    place.replay(), of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the files have theirs", by: first) { place.deliveredBytes() == traffic.fileBytes }
                try await Task.sleep(for: .seconds(1))  // for a commit of them
                #expect(try await first.stop() == .exited(143))
                let again = try await place.run(place.replay() + ["--restart"], of: account)
                #expect(again.ending == .exited(0), "\(again.errors)")
                #expect(!again.errors.contains("resuming"))
                #expect(try place.delivered() == traffic.files.mapValues { $0 + $0 })
            }
        }

        /// What is left of the replay is about a stream that is gone.
        @Test func aStreamThatWasMadeAgainIsNotTakenForTheOldOne() async throws {
            let traffic = Traffic(logStreams: 2, records: 4, eventsPerRecord: 10)
            let place = try Workplace()
            try place.write(sinks: [.central])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                try await account.put(traffic, records: 0..<4)
                let first = try place.program(
                    place.replay(), of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the sink waits for an answer", by: first) { deaf.isCalled }
                #expect(try await first.stop() == .exited(143))

                try await account.deleteStream()
                // Two accounts of one creation may differ by a second.
                try await Task.sleep(for: .milliseconds(1500))
                try await account.emulator.createStream(Account.stream, shards: 1)
                try await account.put(traffic, records: 0..<4)
                let resumed = try await place.run(place.replay(), of: account)
                #expect(resumed.ending == .exited(1))
                #expect(resumed.errors.contains("--restart replays the new one"), "\(resumed.errors)")
                let again = try await place.run(place.replay() + ["--restart"], of: account)
                #expect(again.ending == .exited(0), "\(again.errors)")
                let stored = try #require(await account.events(in: Workplace.group()))
                #expect(Arrivals(stored, of: traffic).isComplete(traffic))
            }
        }

        @Test func theSameReplayTwiceAtOnceIsRefused() async throws {
            let place = try Workplace()
            try place.write(sinks: [.central])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let first = try place.program(
                    place.replay(), of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the sink waits for an answer", by: first) { deaf.isCalled }
                let second = try await place.run(place.replay(), of: account)
                #expect(second.ending == .exited(1))
                #expect(
                    second.errors.contains("this very replay is being done by tailrace, process \(first.pid) on "),
                    "\(second.errors)")
                // Another one may go on beside it.
                let other = try await place.run(place.replay(from: "latest"), of: account)
                #expect(other.ending == .exited(0), "\(other.errors)")
                #expect(try await first.stop() == .exited(143))
            }
        }

        @Test func withoutAPlaceForItsStateItSaysWhatToDo() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive])
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let nowhere = try await place.run(
                    place.replay() + ["--state-directory", "/proc/nowhere"], of: account)
                #expect(nowhere.ending == .exited(1))
                #expect(nowhere.errors.contains("with --state-directory DIRECTORY"), "\(nowhere.errors)")
                #expect(place.deliveredBytes() == 0)
                let elsewhere = place.directory.appendingPathComponent("elsewhere").path
                let replay = try await place.run(place.replay() + ["--state-directory", elsewhere], of: account)
                #expect(replay.ending == .exited(0), "\(replay.errors)")
                try place.expectFiles(traffic.files)
            }
        }

        /// At its next start the daemon cuts its files back to where it left them.
        @Test func aStoppedDaemonsFilesAreRefused() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive])
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let daemon = try place.daemon(of: account)
                try await eventually("the daemon delivers") { place.deliveredBytes() == traffic.fileBytes }
                #expect(try await daemon.stop() == .exited(0))

                let replay = try await place.run(place.replay(), of: account)
                #expect(replay.ending == .exited(1))
                let owner = "the directory \(place.files.path) is that of the daemon whose store is \(place.store.path)"
                #expect(replay.errors.contains(owner), "\(replay.errors)")
                #expect(replay.errors.contains("replay into another directory: --stream"))
                #expect(try place.leftovers() == [])
                // By whatever flags it is told.
                let flags = ["--stream", Account.stream.name, "--to-files", place.files.path]
                let places = ["--state", place.store.path, "--dead-letters", place.directory.path + "/dead"]
                let byFlags = try await place.run(["replay", "--from", "trim-horizon"] + flags + places, of: account)
                #expect(byFlags.ending == .exited(1))
                #expect(byFlags.errors.contains(owner))

                let second = try place.daemon(of: account)
                try await eventually("the daemon runs again") {
                    try place.logLines().count { $0.message == "started" } == 2
                }
                #expect(try await second.stop() == .exited(0))
                try place.expectFiles(traffic.files)
            }
        }
    }
}

extension Workplace {
    /// A replay with the settings file.
    fileprivate func replay(from: String = "trim-horizon", to sink: String? = nil) -> [String] {
        ["replay", "--config", settings.path, "--from", from] + (sink.map { ["--to", $0] } ?? [])
    }

    /// What replays keep while they are not done.
    fileprivate func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasPrefix("replay-") }
    }
}
