import Core

/// How runs of the daemon begin and end, and how a world ends.
extension World {
    func begin() {
        note("a run begins with \(text(store.checkpoints))")
        downUntil = nil
        if sabotage != .keepsWhatWasNotCommitted { cutBack() }
        let created = conditions.knowsCreation ? Instant(milliseconds: Int64(stream.created)) : nil
        let tree = ShardTree(
            saved: store.checkpoints, start: start, created: store.created, acceptsRecreated: acceptsRecreated)
        judge.creation = stream.created
        daemon = Daemon(store, tree: tree, created: created, sabotage: sabotage, now: uptime)
    }

    private func cutBack() {
        disk.file.removeSubrange(store.fileLength...)
        disk.letters.removeSubrange(store.letterLength...)
        disk.durableFile = disk.file.count
        disk.durableLetters = disk.letters.count
        judgeDisk()
    }

    /// What was written and not made durable may be there or not.
    func crash() {
        guard downUntil == nil else { return }
        disk.file.removeSubrange(chance.within(disk.durableFile...disk.file.count)...)
        disk.letters.removeSubrange(chance.within(disk.durableLetters...disk.letters.count)...)
        judgeDisk()
        end("crashes")
    }

    func end(_ how: String) {
        note("the run \(how)")
        defer { if isTroubled, chance.percent(10) { recreate() } }
        downUntil = uptime + (isTroubled ? chance.one(of: [0, 1_000, 60_000, 1_200_000]) : 0)
    }

    /// Nothing is read any more; sinks go on for a while, and what is settled then is committed.
    func stop(_ why: String) {
        guard !daemon.isOver else { return }
        note("the run \(why)")
        daemon.main = .over
        daemon.readings = []
        daemon.rereadings = []
        daemon.endings = []
        daemon.occasions = []
    }

    /// No faults and no news any more. Everything has to settle.
    func calmDown() {
        note("faults stop")
        isTroubled = false
        stalledUntil = stalledUntil.map { _ in 0 }
        let limit = steps + Self.calmSteps
        var nextLook = steps
        while judge.violation == nil {
            if steps >= nextLook {
                guard !isSettled else { break }
                nextLook = steps + 50
            }
            steps += 1
            guard steps < limit, act() else {
                report(lost.isEmpty ? .everythingSettlesInTheEnd : .nothingIsLostInSilence, "\(unsettled)")
                break
            }
            checkStep()
        }
        note(summary)
    }
}
