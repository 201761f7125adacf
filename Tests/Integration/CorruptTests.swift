import Core
import Emulator
import Foundation
import Testing

extension ProgramTests {
    /// A record that cannot be decoded is kept whole, and holds up nothing.
    @Suite struct CorruptTests {
        private static let memory = 256 << 20

        @Test func damagedRecordsAreKeptAndTheOthersDelivered() async throws {
            let traffic = Traffic(logStreams: 2, records: 40, eventsPerRecord: 50)
            let damages = Damage.all(of: traffic.payload(0), document: traffic.document(0))
            let place = try Workplace()
            try place.write(sinks: [.central, .archive])
            try await Account.with { account in
                try await account.fill(Self.mixed(traffic, damages), shards: 2, below: place.directory)
                let daemon = try place.daemon(of: account)
                try await eventually("all is delivered or kept", by: daemon) {
                    let inGroup = await account.events(in: Workplace.group())?.count ?? 0
                    return try inGroup >= traffic.events && place.deliveredBytes() >= traffic.fileBytes
                        && place.deadLetters().count >= damages.count
                }
                let memory = try daemon.peakMemory()
                print("corrupt test: the daemon's memory was at most \(memory >> 20) MiB")
                // What it holds of the stream is bounded by the setting; the program itself comes on top.
                #expect(memory < 2 * Self.memory)
                #expect(try await daemon.stop() == .exited(0))
                let stored = try #require(await account.events(in: Workplace.group()))
                #expect(stored.count == traffic.events)
                #expect(Arrivals(stored, of: traffic).isComplete(traffic))
            }
            try place.expectFiles(traffic.files)
            try expectAllKept(damages, in: place)
            try expectLedgerAddsUp(traffic, damages, in: place)
        }

        /// Every damaged record between good ones, in turn on both shards, which keeps each log stream on its shard.
        private static func mixed(_ traffic: Traffic, _ damages: [Damage]) -> [[UInt8]] {
            var payloads: [[UInt8]] = []
            let damages = damages.map(\.payload) + (damages.count.isMultiple(of: 2) ? [] : [traffic.controlMessage])
            for record in stride(from: 0, to: traffic.records, by: 2) {
                payloads += [traffic.payload(record), traffic.payload(record + 1)]
                payloads += damages.dropFirst(record).prefix(2)
            }
            return payloads
        }

        private func expectAllKept(_ damages: [Damage], in place: Workplace) throws {
            let letters = try place.deadLetters()
            #expect(letters.count == damages.count)
            for damage in damages {
                let letter = letters.first { $0.data.map(Array.init) == damage.payload }
                #expect(letter?.reason == damage.reason.rawValue, "\(damage.name): \(letter?.detail ?? "not kept")")
                #expect(letter?.detail.isEmpty == false && letter?.sink == nil, "\(damage.name)")
            }
        }

        private func expectLedgerAddsUp(_ traffic: Traffic, _ damages: [Damage], in place: Workplace) throws {
            let word = try place.lastWord()
            let control = damages.count % 2
            #expect(word["records-read"] == traffic.records + damages.count + control)
            #expect(word["records-delivered"] == traffic.records)
            #expect(word["records-control"] == control)
            #expect(word["records-dead-lettered"] == damages.count)
            #expect(word["records-filtered"] == 0 && word["records-pending"] == 0)
            #expect(word["events-read"] == traffic.events && word["events-filtered"] == 0)
            for sink in ["central", "archive"] {
                #expect(word["\(sink)-delivered"] == traffic.events)
                #expect(word["\(sink)-dead-lettered"] == 0 && word["\(sink)-pending"] == 0)
            }
        }
    }
}
