import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// A stop is orderly, a start goes on where the last one ended, and two daemons never share a place.
    @Suite struct ResumeTests {
        @Test func stoppedInMidRunAndStartedAgainNothingIsTwiceInFiles() async throws {
            let traffic = Traffic(logStreams: 4, records: 160, eventsPerRecord: 300)
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            try await Account.with { account in
                try await account.emulator.createStream(Account.stream, shards: 4)
                let first = try place.daemon(of: account)
                async let writing: Void = account.put(traffic, records: 0..<120)
                try await eventually("something is in the files", by: first) { place.deliveredBytes() > 0 }
                #expect(try await first.stop() == .exited(0))
                print("resume test: stopped with \(place.deliveredBytes()) of \(traffic.fileBytes) bytes in files")
                try await writing
                try await account.put(traffic, records: 120..<160)

                let second = try place.daemon(of: account)
                try await eventually("all is delivered", by: second) {
                    guard let stored = await account.events(in: Workplace.group()), stored.count >= traffic.events,
                        place.deliveredBytes() >= traffic.fileBytes
                    else { return false }
                    return Arrivals(stored, of: traffic).events == traffic.events
                }
                #expect(try await second.stop() == .exited(0))
                let arrivals = Arrivals(try #require(await account.events(in: Workplace.group())), of: traffic)
                #expect(arrivals.isComplete(traffic))
            }
            try place.expectFiles(traffic.files)
        }

        /// A sink that cannot deliver holds the checkpoint back while files go on. What it could not get is then routed to the
        /// files: they must get all of it, although they had records beyond the checkpoint already.
        @Test func eventsThatAreRoutedAnewReachTheFiles() async throws {
            let traffic = Traffic(logStreams: 2, records: 40, eventsPerRecord: 20)
            let place = try Workplace()
            let away = "{match: {log-stream: \(traffic.name(0))}, to: [central]}"
            try place.write(sinks: [.central, .archive], routes: "[\(away), {match: {}, to: [archive]}]")
            try await Account.with { account in
                try await account.emulator.createStream(Account.stream, shards: 1)
                await account.emulator.inject(
                    FaultRule(
                        operation: "PutLogEvents", on: .always,
                        effect: .refuse(code: "AccessDeniedException", message: "no", status: 400)))
                let first = try place.daemon(of: account)
                try await account.put(traffic, records: 0..<40)
                let bytes = try #require(traffic.files.first { $0.key.contains(traffic.name(1)) }).value.count
                try await eventually("one log stream is in its file", by: first) { place.deliveredBytes() == bytes }
                #expect(try await first.stop() == .exited(0))

                try place.write(sinks: [.central, .archive], routes: "[{match: {}, to: [archive]}]")
                let second = try place.daemon(of: account)
                try await eventually("both are", by: second) { place.deliveredBytes() >= traffic.fileBytes }
                #expect(try await second.stop() == .exited(0))
                let rerouted = try #require(traffic.files.first { $0.key.contains(traffic.name(0)) })
                #expect(try place.delivered()[rerouted.key] == rerouted.value)
                #expect(try place.logLines().contains { $0.message.hasPrefix("what reaches the sink has changed") })
            }
        }

        @Test func aSecondDaemonIsRefusedByStoreAndFiles() async throws {
            let place = try Workplace()
            try place.write(sinks: [.archive])
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let daemon = try place.daemon(of: account)
                try await eventually("the daemon delivers", by: daemon) { place.deliveredBytes() == traffic.fileBytes }
                let holder = "in use by tailrace, process \(daemon.pid) on "

                let sameStore = try await place.run(["run", "--config", place.settings.path], of: account)
                #expect(sameStore.ending == .exited(1))
                #expect(sameStore.errors.contains("the store \(place.store.path) is \(holder)"))

                let other = place.directory.appendingPathComponent("other").path
                let flags = ["--stream", Account.stream.name, "--dead-letters", other, "--state", other + "/state.db"]
                let sameFiles = try await place.run(["run", "--to-files", place.files.path] + flags, of: account)
                #expect(sameFiles.ending == .exited(1))
                #expect(sameFiles.errors.contains(place.files.path) && sameFiles.errors.contains(holder))

                #expect(await daemon.isRunning)
                #expect(try await daemon.stop() == .exited(0))
            }
        }

        @Test func aSecondSIGTERMEndsAtOnce() async throws {
            let place = try Workplace()
            try place.write(sinks: [.central])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let daemon = try place.daemon(
                    of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the sink waits for an answer", by: daemon) { deaf.isCalled }

                await daemon.signal(SIGTERM)
                // Two signals within a moment of each other count as one wish.
                try await Task.sleep(for: .milliseconds(500))
                #expect(await daemon.isRunning, "the orderly stop gives the sink a few seconds")
                await daemon.signal(SIGTERM)
                #expect(try await daemon.ended() == .exited(143))
            }
        }

        @Test func anOrderlyStopIsBoundedWithADeafSink() async throws {
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            let deaf = try DeafServer()
            defer { deaf.close() }
            try await Account.with { account in
                let traffic = Traffic(logStreams: 1, records: 1, eventsPerRecord: 1)
                try await account.fill(traffic, shards: 1, below: place.directory)
                let daemon = try place.daemon(
                    of: account, adding: ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": deaf.endpoint])
                try await eventually("the sink waits for an answer", by: daemon) { deaf.isCalled }
                #expect(try await daemon.stop() == .exited(0))
                #expect(try place.lastWord()["central-pending"] == 1)
                #expect(try place.lastWord()["records-pending"] == 1)

                // What was pending is read again; the files hold it already, and hold it once.
                let second = try place.daemon(of: account)
                try await eventually("the pending event is delivered", by: second) {
                    await account.events(in: Workplace.group())?.count == 1
                }
                #expect(try await second.stop() == .exited(0))
                try place.expectFiles(traffic.files)
            }
        }
    }
}
