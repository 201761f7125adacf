import Core

/// Which shards are read, and when their children may follow: `Pipeline.StreamConsumer.readAll`.
extension World {
    func stepMain() {
        switch daemon.main {
        case .list, .pause: list()
        case .take(let shards, let created, let asked): take(shards, created, asked: asked)
        case .save(let call, let then): stepSave(call, then)
        case .start: startReady()
        case .wait: takeOccasion()
        case .over: break
        }
    }

    // MARK: Listing

    private func list() {
        // Ends are told one by one, after the children they have.
        daemon.tree.saved(daemon.saved.filter { $0.value != .shardEnd })
        let (asked, created) = (moment(), creation)
        switch listShards() {
        case .success(let shards):
            if isTroubled, chance.percent(conditions.slowLists) { pass(chance.within(10_000...400_000)) }
            daemon.listFailures = 0
            daemon.main = .take(shards, created: created, asked: asked)
        case .failure(let fault):
            note("listing fails: \(fault.rawValue)")
            let delay = conditions.pace.backoff.delay(attempt: daemon.listFailures, jitter: chance.fraction())
            daemon.listFailures += 1
            daemon.main = .pause(until: after(delay))
        }
    }

    /// When the stream was created, if the daemon can know it.
    var creation: Instant? {
        guard conditions.knowsCreation else { return nil }
        return sabotage == .asksForTheCreationOnce ? daemon.created : Instant(milliseconds: Int64(stream.created))
    }

    func listShards() -> Result<[Shard], ReadFault> {
        if isFaulty(conditions.callFaults) { return .failure(chance.one(of: ReadFault.allCases)) }
        let lag =
            isTroubled && conditions.listLagMax > 0 && chance.percent(conditions.lateLists)
            ? chance.below(conditions.listLagMax) : 0
        return .success(stream.list(asOf: now - lag).map(sabotaged))
    }

    func isFaulty(_ share: Int) -> Bool { isTroubled && share > 0 && chance.percent(share) }

    func sabotaged(_ shard: Shard) -> Shard {
        guard sabotage == .ignoresSecondParent, shard.parents.count > 1 else { return shard }
        return Shard(
            id: shard.id, parents: Array(shard.parents.prefix(1)), startingSequence: shard.startingSequence,
            endingSequence: shard.endingSequence)
    }

    private func take(_ shards: [Shard], _ created: Instant?, asked: Moment) {
        daemon.created = created
        note("list: \(shards.map { "\($0.id)\($0.isClosed ? " closed" : "")" })")
        do throws(RecreatedStream) {
            let listing = try daemon.tree.listed(
                shards, created: daemon.created, now: sabotage == .datesListsByTheirAnswer ? moment() : asked)
            guard listing.abandoned.isEmpty else { return stop("ends: the stream was replaced") }
            judgeListed()
            for lost in listing.agedOut { tell(lost) }
            forgetObsolete(listing)
        } catch {
            judgeRefusal("\(error)")
            acceptsRecreated = true
            stop("ends: \(error)")
        }
    }

    private func forgetObsolete(_ listing: ShardTree.Listing) {
        guard !listing.obsolete.isEmpty else { return saveBeginning(listing) }
        var save = Save(forgotten: listing.obsolete.sorted())
        save.isOfAnotherStream = true
        // At once: a crash between would have the next run take what this one saves for the old stream's.
        if sabotage != .savesTheCreationLater { save.created = daemon.created }
        daemon.main = .save(.sent(save), then: .begin(listing))
    }

    private func saveBeginning(_ listing: ShardTree.Listing) {
        guard !listing.beginning.isEmpty else { return forgetOld() }
        guard sabotage != .forgetsWhereItBegan else { return began(listing) }
        let save = Save(checkpoints: listing.beginning, isBeginning: true)
        daemon.main = .save(.sent(save), then: .began(listing))
    }

    private func began(_ listing: ShardTree.Listing) {
        daemon.tree.saved(listing.beginning)
        forgetOld()
    }

    private func forgetOld() {
        var forgettable = daemon.tree.forgettable
        if sabotage == .forgetsBeforeChildrenBegan {
            forgettable = daemon.tree.statuses.filter { !$0.isListed && daemon.saved[$0.shard] == .shardEnd }.map(
                \.shard)
        }
        guard !forgettable.isEmpty else { return saveCreation() }
        daemon.main = .save(.sent(Save(forgotten: forgettable)), then: .forgot(forgettable))
    }

    private func saveCreation() {
        guard daemon.created != daemon.savedCreation else {
            daemon.main = .start
            return
        }
        daemon.main = .save(.sent(Save(created: daemon.created)), then: .listed)
    }

    private func stepSave(_ call: SaveCall, _ then: Daemon.AfterSave) {
        switch call {
        case .sent(let save): daemon.main = .save(send(save), then: then)
        case .answered(_, isSaved: false): stop("ends: the store fails")
        case .answered(let save, isSaved: true):
            noteSaved(save)
            if save.created != nil { daemon.savedCreation = save.created }
            switch then {
            case .begin(let listing): saveBeginning(listing)
            case .began(let listing): began(listing)
            case .forgot(let shards):
                daemon.tree.forgot(shards)
                saveCreation()
            case .listed: daemon.main = .start
            }
        }
    }

    // MARK: Reading

    private func startReady() {
        let starts = daemon.tree.takeReady()
        for start in starts { self.start(start, together: starts.count) }
        daemon.main = .wait
    }

    private func start(_ start: ShardTree.Start, together: Int) {
        let isFollowed = daemon.followed.contains { $0.shard == start.shard }
        guard isFollowed, sabotage != .readsAgainBeforeCommits else { return begin(start, together: together) }
        note("\(start.shard) comes again\(daemon.isCommitting ? ", when the commit under way is over" : "")")
        daemon.unfollow(start.shard)
        daemon.rereadings.append(Rereading(start: start, together: together))
    }

    func startAgain(_ again: Rereading) {
        switch again.start {
        case .end: begin(again.start, together: again.together)
        case .read(let shard, let position):
            let saved = daemon.saved[shard]?.resumption ?? position
            begin(.read(shard, from: saved), together: again.together)
        }
    }

    private func begin(_ start: ShardTree.Start, together: Int) {
        switch start {
        case .end(let shard):
            note("\(shard) has nothing left")
            judgeStart(start)
            daemon.endings.append(Ending(shard: shard))
        case .read(let shard, let position): read(shard, from: position, together: together)
        }
    }

    private func takeOccasion() {
        guard !daemon.occasions.isEmpty else {
            daemon.relisting = uptime + Daemon.relistInterval
            daemon.main = .list
            return
        }
        switch daemon.occasions.removeFirst() {
        case .ended(let shard, let children):
            daemon.tree.discovered(children, now: moment())
            daemon.tree.ended(shard)
            daemon.main = daemon.tree.awaitsChildren ? .list : .start
        case .vanished(let shard):
            daemon.tree.saved(daemon.saved.filter { $0.key == shard })
            daemon.tree.notFound(shard)
            daemon.main = .list
        }
    }

    // MARK: Ends without a reading

    func stepEnding(_ index: Int) {
        let ending = daemon.endings[index]
        switch ending.call {
        case nil: daemon.endings[index].call = .sent(Save(checkpoints: [ending.shard: .shardEnd]))
        case .sent(let save): daemon.endings[index].call = send(save)
        case .answered(_, isSaved: false):
            let delay = conditions.pace.backoff.delay(attempt: ending.failures, jitter: chance.fraction())
            daemon.endings[index].failures += 1
            daemon.endings[index].call = nil
            daemon.endings[index].retry = after(delay)
        case .answered(let save, isSaved: true):
            noteSaved(save)
            daemon.endings.remove(at: index)
            daemon.occasions.append(.ended(ending.shard, children: []))
        }
    }
}
