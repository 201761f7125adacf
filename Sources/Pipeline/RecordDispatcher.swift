internal import Core

/// Takes the records of one shard in order: decodes each, routes its events and gives them to the sinks.
///
/// Records are given to a sink some at a time, as each time may cost a change of threads. They are never kept while this
/// waits for memory, which only sinks can free.
struct RecordDispatcher {
    /// Texts of so many bytes, or so many records, are given at once.
    private static let textBytesAtOnce = 1 << 20
    private static let recordsAtOnce = 256

    let progress: ShardProgress
    let pulse: ShardPulse
    let outlets: Outlets
    let records: MemoryBudget
    let maxRecord: Int
    let ledger: Ledger
    let telemetry: Telemetry
    private let decoder: RecordDecoder
    /// What each sink is to get next.
    private var waiting: [[Delivery]]
    private var waitingRecords = 0
    private var waitingTextBytes = 0

    init(
        progress: ShardProgress, pulse: ShardPulse, outlets: Outlets, records: MemoryBudget, maxRecord: Int,
        pool: TextPool, ledger: Ledger, telemetry: Telemetry
    ) {
        self.progress = progress
        self.pulse = pulse
        self.outlets = outlets
        self.records = records
        self.maxRecord = maxRecord
        self.ledger = ledger
        self.telemetry = telemetry
        decoder = RecordDecoder(pool: pool)
        waiting = Array(repeating: [], count: outlets.sinks.count)
    }

    /// Takes the next record, before which so many gaps end. Its events may wait until `flush`.
    mutating func dispatch(_ record: Record, of page: RecordPage, endingGaps gaps: Int = 0) async throws {
        let ticket = progress.admit(record.sequence)
        var counts = LedgerCounts()
        counts.recordsRead = 1
        counts.payloadBytes = record.payload.count
        counts.expired = gaps
        ledger.update { $0 += counts }
        switch try await decode(record, of: page) {
        case .success((let decoded, let hold)):
            deliver(decoded, hold, of: record, counts, ticket)
            let isEnough = waitingTextBytes >= Self.textBytesAtOnce || waitingRecords >= Self.recordsAtOnce
            if isEnough { try await flush() }
        case .failure(let reason):
            try await flush()
            try await bury(record, of: page, as: reason, counts, ticket)
        }
    }

    /// Gives the sinks what waits for them.
    mutating func flush() async throws {
        guard waitingRecords > 0 else { return }
        (waitingRecords, waitingTextBytes) = (0, 0)
        for (index, sink) in outlets.sinks.enumerated() where !waiting[index].isEmpty {
            let deliveries = waiting[index]
            waiting[index] = []
            try await pulse.waiting(for: .sink(sink.name)) { try await sink.accept(deliveries) }
        }
    }

    /// Decodes within the memory budget: a record that proves larger than reserved is decoded again with more.
    private mutating func decode(
        _ record: Record, of page: RecordPage
    ) async throws -> Result<(DecodedRecord, MemoryHold), Undecodable> {
        var textBytes = page.bytes.withUnsafeBytes {
            RecordDecoder.expectedTextBytes(
                of: UnsafeRawBufferPointer(rebasing: $0[record.payload]), maxRecord: maxRecord)
        }
        var reservation = RecordDecoder.usualMemoryBytes(ofText: textBytes)
        while true {
            let hold = try await reserve(reservation)
            let outcome = decoder.decode(record, of: page, allowance: textBytes, maxRecord: maxRecord)
            switch outcome {
            case .undecodable(let reason): return .failure(reason)
            case .needsMore:
                textBytes = maxRecord
                reservation = RecordDecoder.usualMemoryBytes(ofText: textBytes)
            case .decoded(let decoded):
                let needed = decoded.memoryBytes
                if needed <= hold.bytes || hold.bytes == records.total {
                    hold.shrink(to: needed)
                    return .success((decoded, hold))
                }
                reservation = needed
            }
        }
    }

    private mutating func reserve(_ bytes: Int) async throws -> MemoryHold {
        if let hold = records.reserveAtOnce(bytes) { return hold }
        try await flush()
        return try await pulse.waiting(for: .memory) {
            try await records.reserve(bytes) { [sinks = outlets.sinks] in sinks.forEach { $0.hasten() } }
        }
    }

    private mutating func deliver(
        _ decoded: DecodedRecord, _ hold: MemoryHold, of record: Record, _ read: LedgerCounts,
        _ ticket: SettleWindow.Ticket
    ) {
        let routed = outlets.route(decoded)
        let counts = note(decoded, routed, read)
        guard !routed.shares.isEmpty else { return progress.settle(ticket, counts) }
        let settlement = RecordSettlement(deliveries: routed.shares.count, counts: counts) {
            [progress, ledger] counts in
            ledger.update { $0.recordsDelivered += 1 }
            progress.settle(ticket, counts)
        }
        for share in routed.shares {
            let sink = outlets.sinks[share.sink]
            let place = pulse.gives(record.sequence, to: sink.name)
            let receipt = Receipt(events: share.events) { [ledger, pulse, name = sink.name] deadLettered in
                pulse.settled(place)
                let answer = SinkCounts(delivered: share.events - deadLettered, deadLettered: deadLettered)
                ledger.update { $0.sinks[name, default: .init()] += answer }
                settlement.settleOne(name, answer)
            }
            waiting[share.sink].append(
                Delivery(
                    shard: progress.shard, sequence: record.sequence, arrival: record.arrival, record: decoded,
                    messages: share.messages, receipt: receipt, hold: hold))
        }
        waitingRecords += 1
        waitingTextBytes += decoded.text.bytes.count
    }

    /// Enters a decoded record in the ledger; one that goes to no sink is settled with that. Returns what it adds once all
    /// of it is settled, but for its sinks' answers.
    private func note(_ decoded: DecodedRecord, _ routed: Outlets.Routed, _ read: LedgerCounts) -> LedgerCounts {
        var known = LedgerCounts()
        known.eventsRead = decoded.events.count
        known.eventsFiltered = routed.filteredEvents
        known.textBytes = decoded.text.bytes.count
        for share in routed.shares { known.sinks[outlets.sinks[share.sink].name] = SinkCounts(routed: share.events) }
        if routed.shares.isEmpty {
            if decoded.events.isEmpty { known.recordsControl = 1 } else { known.recordsFiltered = 1 }
        }
        ledger.update { $0 += known }
        known += read
        if !routed.shares.isEmpty { known.recordsDelivered = 1 }
        return known
    }

    private func bury(
        _ record: Record, of page: RecordPage, as reason: Undecodable, _ read: LedgerCounts,
        _ ticket: SettleWindow.Ticket
    ) async throws {
        telemetry.report(.undecodable(progress.shard, record.sequence, reason))
        var counts = read
        counts.recordsDeadLettered = 1
        let place = pulse.gives(record.sequence, to: .deadLetters)
        let receipt = Receipt(events: 1) { [progress, pulse, ledger, counts] _ in
            pulse.settled(place)
            ledger.update { $0.recordsDeadLettered += 1 }
            progress.settle(ticket, counts)
        }
        let letter = DeadLetter(
            shard: progress.shard, sequence: record.sequence, arrival: record.arrival, sink: nil,
            reason: .undecodable(reason.reason), detail: reason.detail,
            content: .record(Array(page.bytes[record.payload])), receipt: receipt)
        try await pulse.waiting(for: .sink(.deadLetters)) { try await outlets.deadLetters.keep([letter]) }
    }
}
