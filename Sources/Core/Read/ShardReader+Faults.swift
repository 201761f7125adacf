// What goes wrong, and the way back.

extension ShardReader {
    /// The last call failed. `now` is after it.
    ///
    /// Answers a wait, or, where no wait helps, the next call. It is a failure to tell of when `failuresInARow` rose.
    package mutating func failed(_ fault: ReadFault, at now: Moment) -> Action {
        // Whatever came of it, it was a call.
        pollDue = max(pollDue, now.uptime + pace.allowance.spacing)
        switch state {
        case .locating(let place):
            if position == .latest { latestFailed() }
            openingFailed(fault, place, at: now)
        case .reading: pollFailed(fault, at: now)
        case .doubting: backOff(fault, at: now)
        case .handing, .ended, .vanished: preconditionFailure("failed while \(state)")
        }
        return action(at: now)
    }

    private mutating func pollFailed(_ fault: ReadFault, at now: Moment) {
        if fault == .replyTooLarge, makesRoom(at: now) { return }
        asksForLess(after: fault)
        switch fault.remedy.next {
        case .sameIterator:
            backOff(fault, at: now)
        case .sameIteratorAtFirst:
            backOff(fault, at: now)
            if failuresInARow % ReadLimits.failuresPerIterator == 0 { locate() }
        case .freshIterator:
            if !forgives(fault) { backOff(fault, at: now) }
            locate()
        case .listOfShards:
            doubt(.existence, because: fault, at: now)
        }
    }

    private mutating func openingFailed(_ fault: ReadFault, _ place: Place, at now: Moment) {
        switch fault.remedy.next {
        case .sameIterator, .sameIteratorAtFirst: backOff(fault, at: now)
        case .listOfShards: doubt(.existence, because: fault, at: now)
        case .freshIterator where fault == .positionRefused: refused(place, at: now)
        case .freshIterator: backOff(fault, at: now)
        }
    }

    /// An iterator for the position was refused as an invalid argument.
    private mutating func refused(_ place: Place, at now: Moment) {
        switch (place, position) {
        case (.position, .at), (.position, .after):
            // Aged out or wrong, or at the end of a shard that was closed meanwhile. A shard known as closed is past that
            // question: `locate` has asked it.
            if shard.isClosed {
                note(.positionRefused, at: now)
                state = .locating(.horizon)
            } else {
                doubt(.position, because: .positionRefused, at: now)
            }
        case (.position, .atTime(let instant)) where instant > now.time:
            // It was to be expected. Kinesis's clock decides when the moment has come: ours may jump.
            callDue = now.uptime + min(instant.elapsed(since: now.time), ReadLimits.wallClockWaitMax)
        case (.position, .atTime):
            // Still to come by Kinesis's clock: that is soon over.
            note(.positionRefused, at: now)
            callDue = now.uptime + pace.delay(.short, attempt: failuresInARow - 1, jitter: now.jitter)
        case (.position, .trimHorizon), (.position, .latest):
            backOff(.positionRefused, at: now)
        case (.horizon, _):
            // Then it is not the position.
            backOff(.positionRefused, at: now)
            state = .locating(.position)
        }
    }

    /// The list of shards came: this shard as it is listed, `nil` when it is not.
    package mutating func listed(_ shard: Shard?, at now: Moment) -> Action {
        guard case .doubting(let doubt) = state else { preconditionFailure("listed while \(state)") }
        if let shard { self.shard = shard }
        switch (doubt, shard) {
        case (.existence, nil), (.position, nil):
            trouble = nil
            state = .vanished(gaps.vanished(self.shard.id, at: position))
        case (.existence, _):
            callDue = now.uptime + pace.delay(.long, attempt: failuresInARow - 1, jitter: now.jitter)
            locate()
        case (.position, _):
            locate()
            if case .locating = state { state = .locating(.horizon) }
        case (.end, let shard):
            // One that is closed may have been open when the page came, and have taken records since: its last page comes
            // again. One that is not listed may be too new for lists as well as gone: a call for it tells them apart.
            if shard?.isClosed ?? false { locate() } else { goOn(at: now) }
        }
        return action(at: now)
    }

    /// That page was garbage but for its records.
    mutating func goOn(at now: Moment) {
        locate()
        if case .locating = state { backOff(.garbage, at: now) }
    }
}

// MARK: - Steps

extension ShardReader {
    /// To where the position is, or to the end when nothing can follow it: Kinesis refuses an iterator there.
    mutating func locate() {
        if isPositionAtTheEnd { end() } else { state = .locating(.position) }
    }

    mutating func end() {
        trouble = nil
        state = .ended(gaps.ended(shard.id))
    }

    private var isPositionAtTheEnd: Bool {
        guard let ending = shard.endingSequence else { return false }
        return switch position {
        case .after(let sequence): sequence >= ending
        case .at(let sequence): sequence > ending
        case .trimHorizon, .latest, .atTime: false
        }
    }

    private mutating func doubt(_ doubt: Doubt, because fault: ReadFault, at now: Moment) {
        note(fault, at: now)
        state = .doubting(doubt)
    }

    private mutating func backOff(_ fault: ReadFault, at now: Moment) {
        note(fault, at: now)
        callDue = now.uptime + pace.delay(fault.remedy.pause, attempt: failuresInARow - 1, jitter: now.jitter)
    }

    private mutating func note(_ fault: ReadFault, at now: Moment) {
        var trouble = trouble ?? Trouble(fault: fault, since: now.uptime, failures: 0)
        trouble.fault = fault
        trouble.failures += 1
        self.trouble = trouble
    }

    private mutating func forgives(_ fault: ReadFault) -> Bool {
        fault.remedy.isFirstForgiven && forgiven.insert(fault).inserted
    }

    /// A link that does not carry the reply in the time for a call carries a smaller one.
    private mutating func asksForLess(after fault: ReadFault) {
        guard fault == .replyTooLarge || fault == .network && failuresInARow > 0 else { return }
        recordsMax = max(1, recordsMax / 2)
    }

    /// The same iterator gives the reply again. Kinesis counts what it had to give, not what we took of it, and that may
    /// have been a full page.
    private mutating func makesRoom(at now: Moment) -> Bool {
        guard replyBytes < ReadLimits.replyBytesMax else { return false }
        pollDue = max(pollDue, now.uptime + pace.allowance.pause(after: ReadLimits.pageBytesMax))
        replyBytes = ReadLimits.replyBytesMax
        return true
    }
}
