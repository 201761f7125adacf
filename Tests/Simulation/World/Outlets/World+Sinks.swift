import Core

/// What sinks do with what they are given.
extension World {
    func accept(_ delivery: Delivery) {
        switch delivery.share.sink {
        case Outlet.logGroup: daemon.logGroup.append(delivery)
        case Outlet.files: write(delivery)
        default:
            reach(delivery)
            settle(delivery, delivery.share.events, deadLettered: false)
        }
    }

    /// The events of a delivery are where they were to go, for good.
    private func reach(_ delivery: Delivery) {
        judgeOrder(of: delivery)
        judge.fates[delivery.settlement.record].reached |= 1 << delivery.share.sink
    }

    func settle(_ delivery: Delivery, _ events: Int, deadLettered: Bool) {
        guard let answer = delivery.settle(events, deadLettered: deadLettered) else { return }
        let name = Outlet.names[delivery.share.sink]
        daemon.ledger.sinks[name, default: .init()] += answer
        if delivery.settlement.settleOne(name, answer) { daemon.ledger.recordsDelivered += 1 }
    }

    // MARK: Log group

    /// One call for one log stream: it fails, or its answer is lost, or it is answered.
    func sendToLogGroup() {
        let key = chance.one(of: daemon.logGroup.keys)
        if isFaulty(conditions.sinkFaults), chance.percent(50) {
            note("the log group fails")
            stalledUntil[Outlet.logGroup] = uptime + 1 + chance.below(5_000)
            return
        }
        let records = min(daemon.logGroup.queues[key].count, chance.within(1...2))
        let isAnswerLost = isFaulty(conditions.sinkFaults)
        for delivery in daemon.logGroup.queues[key].prefix(records) {
            note("\(delivery.settlement.record) reaches the log group\(isAnswerLost ? ", the answer is lost" : "")")
            reach(delivery)
            guard !isAnswerLost else { continue }
            daemon.logGroup.removeFirst(of: key)
            let refused = delivery.share.refused
            if refused > 0 {
                writeLetter(delivery.settlement.record)
                daemon.letters.events.append(delivery)
            }
            if refused < delivery.share.events {
                settle(delivery, delivery.share.events - refused, deadLettered: false)
            }
        }
    }

    // MARK: Files

    /// A record that a cut has told is passed over; one that was appended is not appended again.
    private func write(_ delivery: Delivery) {
        let (shard, sequence) = (delivery.settlement.progress.shard, delivery.settlement.sequence)
        if let told = daemon.files.told[shard], sequence <= told {
            return settle(delivery, delivery.share.events, deadLettered: false)
        }
        if daemon.files.appended[shard].map({ sequence > $0 }) ?? true {
            judgeOrder(of: delivery)
            judgeAppend(delivery.settlement.record)
            disk.file.append(delivery.settlement.record)
            daemon.files.appended[shard] = sequence
            note("\(delivery.settlement.record) is written")
        }
        if sabotage == .settlesFilesAtOnce {
            settle(delivery, delivery.share.events, deadLettered: false)
        } else {
            daemon.files.owed.append(delivery)
        }
    }

    /// Makes the files durable, and settles what they hold.
    func cutFiles() {
        guard uptime >= stalledUntil[Outlet.files] else { return }
        disk.durableFile = disk.file.count
        if disk.file.count != daemon.files.length { daemon.unsaved.fileLength = disk.file.count }
        daemon.files.length = disk.file.count
        for (shard, sequence) in daemon.files.appended where daemon.files.told[shard] != sequence {
            daemon.unsaved.frontier[shard] = sequence
        }
        daemon.files.told = daemon.files.appended
        let owed = daemon.files.owed
        daemon.files.owed = []
        for delivery in owed { settle(delivery, delivery.share.events, deadLettered: false) }
    }

    // MARK: Dead letters

    func bury(_ settlement: Settlement) {
        writeLetter(settlement.record)
        daemon.letters.records.append(settlement)
    }

    private func writeLetter(_ record: Int) {
        note("\(record) becomes a dead letter")
        judgeLetter(record)
        disk.letters.append(record)
    }

    func cutLetters() {
        guard uptime >= stalledUntil[Self.lettersPlace] else { return }
        disk.durableLetters = disk.letters.count
        if disk.letters.count != daemon.letters.length { daemon.unsaved.letterLength = disk.letters.count }
        let letters = daemon.letters
        daemon.letters = LetterOutlet(length: disk.letters.count)
        for settlement in letters.records where settlement.settleOne() { daemon.ledger.recordsDeadLettered += 1 }
        for delivery in letters.events { settle(delivery, delivery.share.refused, deadLettered: true) }
    }
}
