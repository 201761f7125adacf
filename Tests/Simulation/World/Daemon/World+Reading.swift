import Core

/// Reads one shard: the first task of `Pipeline.ShardConsumer`.
extension World {
    func read(_ shard: ShardID, from planned: ShardPosition, together: Int) {
        let listed = daemon.tree.shard(shard) ?? Shard(id: shard, parents: [])
        var position = planned
        if sabotage == .startsChildrenAtLatest, !listed.parents.isEmpty, planned == .trimHorizon { position = .latest }
        note("reading \(judge.readings) of \(shard) begins \(text(position))")
        judgeStart(.read(shard, from: position))
        let currentAt = knownCurrent(listed)
        let reader = ShardReader(
            listed, from: position, latest: savedMoment(shard),
            currentAt: sabotage == .forgetsWhenItWasCurrent ? nil : currentAt,
            retention: conditions.retention.map { .milliseconds($0) },
            pace: conditions.pace, startingTogether: together, at: moment())
        let reading = Reading(
            number: judge.newReading(), shard: shard, from: position, currentAt: currentAt, reader: reader,
            sinks: conditions.sinkCount)
        reading.nextPlace = firstPlace(of: position, in: shard)
        daemon.follow(reading.progress)
        daemon.readings.append(reading)
    }

    private func savedMoment(_ shard: ShardID) -> Instant? {
        if case .atTime(let instant) = daemon.saved[shard] { instant } else { nil }
    }

    /// By when everything that had arrived was read, as far as checkpoints tell. A child has only what arrived after the
    /// last record of each parent.
    func knownCurrent(_ shard: Shard) -> Instant? {
        switch daemon.saved[shard.id] {
        case .atTime(let instant): instant
        case .after: daemon.current[shard.id]
        case .shardEnd: nil
        case nil: shard.parents.compactMap { daemon.current[$0] }.max()
        }
    }

    func stepRead(_ reading: Reading) {
        switch reading.read {
        case .begin, .wait: perform(reading.reader.action(at: moment()), reading)
        case .opened(.success(let iterator), let asked): perform(reading.reader.opened(iterator, asked: asked), reading)
        case .polled(.success(let page), let asked): perform(reading.reader.polled(page, asked: asked), reading)
        case .listed(.success(let shard)): perform(reading.reader.listed(shard, at: moment()), reading)
        case .opened(.failure(let fault), _), .polled(.failure(let fault), _), .listed(.failure(let fault)):
            fail(fault, reading)
        case .handedOver: perform(reading.reader.handedOver(at: moment()), reading)
        case .over(.ofShard):
            reading.progress.isReadToEnd = true
            reading.read = .awaitEnd(until: 0)
        case .over(.vanished): finish(reading, .vanished(reading.shard))
        case .awaitEnd: lookForTheEnd(reading)
        case .handing, .stopped: break
        }
    }

    private func fail(_ fault: ReadFault, _ reading: Reading) {
        note("\(reading.shard): \(fault.rawValue)")
        let action = reading.reader.failed(fault, at: moment())
        guard sabotage != .stopsAtTheFirstError else {
            reading.read = .stopped
            return
        }
        perform(action, reading)
    }

    private func perform(_ action: ShardReader.Action, _ reading: Reading) {
        switch action {
        case .wait(let duration): reading.read = .wait(until: after(duration))
        case .openIterator(let position): open(position, reading)
        case .poll(let iterator, _, _): poll(iterator, reading)
        case .handOver(let page, let gap):
            if let gap { tell(gap) }
            handOver(page, reading)
        case .relist:
            let id = reading.shard
            reading.read = .listed(listShards().map { $0.first { $0.id == id } })
        case .end(let gap):
            if let gap { tell(gap) }
            note("\(reading.shard) is read to its end")
            reading.read = .over(.ofShard)
        case .vanished(let gap):
            tell(gap)
            note("\(reading.shard) has vanished")
            reading.read = .over(.vanished)
        }
    }

    private func handOver(_ page: RecordPage, _ reading: Reading) {
        note(
            "\(reading.shard): page of \(page.records.map { stream.recordNumbers[$0.sequence] ?? -1 })"
                + (page.next == nil ? ", the last" : ""))
        if !page.children.isEmpty { reading.children = page.children }
        let isDropped = sabotage == .dropsLastPage && page.next == nil
        guard !page.records.isEmpty, !isDropped else {
            return perform(reading.reader.handedOver(at: moment()), reading)
        }
        judgePage(page, reading)
        reading.read = .handing(page)
    }

    private func lookForTheEnd(_ reading: Reading) {
        guard daemon.saved[reading.shard] == .shardEnd else {
            reading.read = .awaitEnd(until: uptime + conditions.commitInterval)
            return
        }
        finish(reading, .ended(reading.shard, children: reading.children))
    }

    private func finish(_ reading: Reading, _ occasion: Daemon.Occasion) {
        daemon.readings.removeAll { $0 === reading }
        daemon.occasions.append(occasion)
    }
}
