import Core
import Emulator
import Foundation
import Testing

/// Six records in two shards, in three pairs with moments between them. Record `i` is in the shard of record `i % 2`.
struct Written: Sendable {
    let account: Account
    let traffic: Traffic
    /// Where each record is.
    let places: [(shard: ShardID, sequence: SequenceNumber)]
    /// ISO 8601: later than the first and second pair, earlier than what follows.
    let moments: [String]

    /// Hash to the one and the other half of the keys.
    static let partitionKeys = ["6", "0"]

    /// - Parameters:
    ///   - recordsBeforeHold: After so many records `hold` is called with their places. The stream must be there then;
    ///     without, it is made.
    init(
        to account: Account, recordsBeforeHold: Int = 0,
        _ hold: ([(shard: ShardID, sequence: SequenceNumber)]) async throws -> Void = { _ in }
    ) async throws {
        self.account = account
        traffic = Traffic(logStreams: 2, records: 6, eventsPerRecord: 10)
        if recordsBeforeHold == 0 { try await account.emulator.createStream(Account.stream, shards: 2) }
        var places: [(shard: ShardID, sequence: SequenceNumber)] = []
        var moments: [String] = []
        for record in 0..<traffic.records {
            if record > 0, record.isMultiple(of: 2) { moments.append(try await Self.momentOfItsOwn()) }
            if record > 0, record == recordsBeforeHold { try await hold(places) }
            let key = Self.partitionKeys[record % 2]
            places.append(try await account.put(traffic.payload(record), partitionKey: key))
        }
        try #require(places[0].shard != places[1].shard)
        (self.places, self.moments) = (places, moments)
    }

    /// A millisecond in which nothing is written.
    private static func momentOfItsOwn() async throws -> String {
        try await Task.sleep(for: .milliseconds(20))
        let now = Clock.now
        try await Task.sleep(for: .milliseconds(20))
        return Clock.text(now)
    }

    /// Replays to standard output, expects that all goes well, and answers which records came.
    func replay(_ arguments: [String], in place: Workplace) async throws -> [Int] {
        let deadLetters = place.directory.appendingPathComponent("dead-letters").path
        let flags = ["--stream", Account.stream.name, "--to-stdout", "--dead-letters", deadLetters]
        let (ending, output, errors) = try await place.run(["replay"] + flags + arguments, of: account)
        #expect(ending == .exited(0), "\(errors)")
        let lines = output.split(separator: "\n").map(String.init)
        let records = (0..<traffic.records).filter { lines.contains(traffic.lines(ofRecord: $0)[0]) }
        #expect(lines.sorted() == records.flatMap(traffic.lines(ofRecord:)).sorted())
        expectSummary(errors, records: records.count)
        return records
    }

    private func expectSummary(_ errors: String, records: Int) {
        let events = records * traffic.eventsPerRecord
        #expect(
            errors.contains(
                "records read \(records), delivered \(records), control 0, filtered 0, dead-lettered 0, pending 0\n"))
        #expect(errors.contains("events  read \(events), filtered 0\n"))
        if events > 0 {
            #expect(
                errors.contains("routed \(events), delivered \(events), dead-lettered 0, pending 0\n"), "\(errors)")
        }
    }
}
