import Core

/// Decodes, routes and gives to the sinks what one reading hands over: the second task of `Pipeline.ShardConsumer`, and
/// its `RecordDispatcher`.
extension World {
    func stepDispatch(_ reading: Reading) {
        switch reading.dispatch {
        case .idle:
            guard case .handing(let page) = reading.read else { return }
            reading.dispatch = .record(0, of: page)
            reading.read = .handedOver
        case .record(let index, let page):
            if index == page.records.count { flush(reading, then: .idle) } else { dispatch(index, of: page, reading) }
        case .flush(let sink, let from, let then): give(reading, sink, from, then)
        case .bury(let settlement, let next, let page):
            bury(settlement)
            reading.dispatch = .record(next, of: page)
        }
    }

    private func dispatch(_ index: Int, of page: RecordPage, _ reading: Reading) {
        guard let number = stream.recordNumbers[page.records[index].sequence] else {
            preconditionFailure("a record that was never put")
        }
        judge.dispatched(number, by: reading.number)
        switch stream.records[number].kind {
        case .control, .filtered:
            _ = admit(number, reading, deliveries: 0).settleOne()
            reading.dispatch = .record(index + 1, of: page)
        case .undecodable:
            flush(reading, then: .bury(admit(number, reading, deliveries: 1), next: index + 1, of: page))
        case .data(let shares):
            let settlement = admit(number, reading, deliveries: shares.count)
            for share in shares {
                reading.waiting[share.sink].append(Delivery(settlement, key: stream.records[number].key, share))
            }
            // Sooner than need be as when memory is short.
            if chance.percent(20) {
                flush(reading, then: .record(index + 1, of: page))
            } else {
                reading.dispatch = .record(index + 1, of: page)
            }
        }
    }

    /// Enters a record in the running ledger.
    private func admit(_ number: Int, _ reading: Reading, deliveries: Int) -> Settlement {
        let record = stream.records[number]
        var counts = Self.read(number)
        counts += Self.known(record)
        daemon.recordsRead += 1
        daemon.ledger += counts
        switch record.kind {
        case .control, .filtered: break
        case .undecodable: counts.recordsDeadLettered = 1
        case .data: counts.recordsDelivered = 1
        }
        return Settlement(
            record: number, sequence: record.sequence, progress: reading.progress, deliveries: deliveries,
            counts: counts)
    }

    /// Gives the sinks one delivery more.
    private func give(_ reading: Reading, _ sink: Int, _ from: Int, _ then: Reading.AfterFlush) {
        accept(reading.waiting[sink][from])
        flush(reading, sink: sink, from: from + 1, then: then)
    }

    /// Goes on at the next sink that has something to be given.
    private func flush(_ reading: Reading, sink: Int = 0, from: Int = 0, then: Reading.AfterFlush) {
        var (sink, from) = (sink, from)
        while sink < conditions.sinkCount, from == reading.waiting[sink].count {
            reading.waiting[sink].removeAll(keepingCapacity: true)
            (sink, from) = (sink + 1, 0)
        }
        reading.dispatch = sink < conditions.sinkCount ? .flush(sink: sink, from: from, then: then) : after(then)
    }

    private func after(_ then: Reading.AfterFlush) -> Reading.DispatchStep {
        switch then {
        case .idle: .idle
        case .record(let index, let page): .record(index, of: page)
        case .bury(let settlement, let next, let page): .bury(settlement, next: next, of: page)
        }
    }

    // MARK: Counts

    static func read(_ record: Int) -> LedgerCounts {
        var counts = LedgerCounts()
        counts.recordsRead = 1
        counts.payloadBytes = KinesisStream.payloadBytes(of: record)
        return counts
    }

    /// What is known once a record is decoded and routed.
    static func known(_ record: StreamRecord) -> LedgerCounts {
        var counts = LedgerCounts()
        switch record.kind {
        case .control: counts.recordsControl = 1
        case .undecodable: break
        case .filtered(let events):
            counts.recordsFiltered = 1
            counts.eventsRead = events
            counts.eventsFiltered = events
        case .data(let shares):
            counts.eventsRead = shares[0].events
            for share in shares { counts.sinks[Outlet.names[share.sink]] = SinkCounts(routed: share.events) }
        }
        return counts
    }
}
