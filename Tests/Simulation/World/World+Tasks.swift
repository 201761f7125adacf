import Core

/// Whose turn may be next.
enum DaemonTask {
    case begin, main, commit, sendToLogGroup
    case read(Int), dispatch(Int), startAgain(Int), saveEnd(Int)
}

extension World {
    /// One step of a task that can take one. Time passes when all of them wait for it. False when none ever can.
    @discardableResult
    func act() -> Bool {
        runnable.removeAll(keepingCapacity: true)
        guard let due = collectRunnable() else { return false }
        guard runnable.isEmpty else {
            take(chance.one(of: runnable))
            return true
        }
        pass(due - uptime)
        return true
    }

    private func take(_ task: DaemonTask) {
        switch task {
        case .begin: begin()
        case .main: stepMain()
        case .commit: stepCommit()
        case .sendToLogGroup: sendToLogGroup()
        case .read(let index): stepRead(daemon.readings[index])
        case .dispatch(let index): stepDispatch(daemon.readings[index])
        case .startAgain(let index): startAgain(daemon.rereadings.remove(at: index))
        case .saveEnd(let index): stepEnding(index)
        }
    }

    /// Returns when the first of them can take a step; `nil` when all wait for each other.
    private func collectRunnable() -> Int? {
        var first: Int?
        if let downUntil {
            consider(downUntil, .begin, &first)
            return first
        }
        consider(mainDue, .main, &first)
        consider(commitDue, .commit, &first)
        if daemon.logGroup.count > 0 { consider(stalledUntil[Outlet.logGroup], .sendToLogGroup, &first) }
        for index in daemon.readings.indices {
            consider(readDue(daemon.readings[index]), .read(index), &first)
            consider(dispatchDue(daemon.readings[index]), .dispatch(index), &first)
        }
        if !daemon.rereadings.isEmpty, !daemon.isCommitting {
            for index in daemon.rereadings.indices { consider(0, .startAgain(index), &first) }
        }
        for index in daemon.endings.indices { consider(daemon.endings[index].retry, .saveEnd(index), &first) }
        return first
    }

    private func consider(_ due: Int?, _ task: DaemonTask, _ first: inout Int?) {
        guard let due else { return }
        if due <= uptime { runnable.append(task) }
        first = min(first ?? due, due)
    }

    private var mainDue: Int? {
        switch daemon.main {
        case .list, .take, .save, .start: 0
        case .pause(let until): until
        case .wait: daemon.occasions.isEmpty ? daemon.relisting : 0
        case .over: nil
        }
    }

    private var commitDue: Int {
        switch daemon.commit {
        case .sleep(let until): daemon.isOver ? 0 : until
        case .cutFiles, .cutLetters, .take: 0
        case .save: daemon.commitDue
        }
    }

    private func readDue(_ reading: Reading) -> Int? {
        switch reading.read {
        case .begin, .opened, .polled, .listed, .handedOver: 0
        case .wait(let until), .awaitEnd(let until): until
        case .handing, .stopped: nil
        case .over: reading.isDispatched ? 0 : nil
        }
    }

    private func dispatchDue(_ reading: Reading) -> Int? {
        switch reading.dispatch {
        case .idle: if case .handing = reading.read { 0 } else { nil }
        case .record: 0
        case .flush(Outlet.logGroup, _, _): daemon.logGroup.count < LogGroupQueue.recordsMax ? 0 : nil
        case .flush(let sink, _, _): stalledUntil[sink]
        case .bury: stalledUntil[Self.lettersPlace]
        }
    }

    /// In `stalledUntil`.
    static let lettersPlace = 3
}
