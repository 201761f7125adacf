import Hummingbird

extension EmulatedStream {
    /// Where a reader wants to begin in a shard.
    enum Start: Hashable, Sendable {
        case trimHorizon
        case latest
        case at(String)
        case after(String)
        /// Milliseconds since 1970.
        case time(Int64)
    }

    /// What GetRecords answers with.
    struct Page: Sendable {
        /// The records in the encoding that was asked for, in JSON with commas between them.
        var records: [ByteBuffer] = []
        /// Where a reader goes on, were there more.
        let end: IteratorToken
        /// `nil` when the shard is closed and this is its end.
        var next: IteratorToken?
        var millisecondsBehind: Int64 = 0
        /// Only at a shard's end.
        var children: [ChildShard] = []
    }

    struct ChildShard: Hashable, Sendable {
        let id: String
        var parents: [String]
        let range: HashKeyRange
    }

    /// A token for reading `id` from `start` on.
    mutating func iterator(
        _ id: String, from start: Start, now: Int64, rules: KinesisRules
    ) throws(ServiceFault) -> IteratorToken {
        try requireUsable(at: now)
        let index = try shard(id, at: now)
        if rules.limitsReads, !shards[index].iterators.admit(at: now) { throw .rateExceeded(id, in: name) }
        let record = try record(of: start, in: shards[index], now: now, old: rules.oldPositions)
        return IteratorToken(stream: serial, shard: index, record: record, issued: now)
    }

    private func record(
        of start: Start, in shard: EmulatedShard, now: Int64, old: KinesisRules.OldPositions
    ) throws(ServiceFault) -> Int {
        let horizon = shard.trimHorizon(horizon(at: now))
        switch start {
        case .trimHorizon: return horizon
        case .latest: return shard.log.count
        case .at(let digits), .after(let digits):
            let named = try record(numbered: digits, after: false, in: shard)
            guard named >= horizon || old == .servedFromHorizon else {
                throw position(digits, in: shard, "it is older than the oldest record of the shard")
            }
            guard case .after = start else { return max(horizon, named) }
            return max(horizon, try record(numbered: digits, after: true, in: shard))
        case .time(let time):
            guard time <= now else { throw .futureTimestamp }
            return max(horizon, shard.log.firstRecord(arrivedAt: time))
        }
    }

    private func record(numbered digits: String, after: Bool, in shard: EmulatedShard) throws(ServiceFault) -> Int {
        // 0 is before every record.
        if digits == "0" { return 0 }
        guard let index = shard.sequences.index(of: digits, after: after) else {
            if let other = SequenceNumbers.shardNumber(in: digits), other != shard.number {
                throw .invalidArgument(
                    "Invalid StartingSequenceNumber. It encodes \(EmulatedShard.id(other)), while it was used in a call to "
                        + "a shard with \(shard.id)")
            }
            throw position(digits, in: shard, "it did not come from this stream")
        }
        // Of one shard's numbers, which are equally long, the larger is also the later text.
        if let ending = shard.ending, digits >= ending {
            throw position(
                digits, in: shard,
                "it is not less than the maximum possible value \(ending) of a sequence number of the shard")
        }
        guard index <= shard.log.count else { throw position(digits, in: shard, "it did not come from this stream") }
        return index
    }

    private func position(_ digits: String, in shard: EmulatedShard, _ reason: String) -> ServiceFault {
        .invalidArgument(
            "StartingSequenceNumber \(digits) used in GetShardIterator on shard \(shard.id) in stream \(name.name) "
                + "under account \(name.account) is invalid because \(reason).")
    }

    /// The records that `token` leads to, `limit` at most.
    mutating func page(
        _ token: IteratorToken, limit: Int, in encoding: BodyEncoding, now: Int64, rules: KinesisRules
    ) throws(ServiceFault) -> Page {
        try requireUsable(at: now)
        let index = token.shard
        guard shards.indices.contains(index), !shards[index].wasClosed(by: horizon(at: now)) else {
            throw .invalidArgument("Invalid ShardIterator.")
        }
        if rules.limitsReads, !shards[index].reads.admit(at: now) {
            throw .rateExceeded(shards[index].id, in: name)
        }
        shards[index].log.forget(before: horizon(at: now))

        let start = min(max(token.record, shards[index].trimHorizon(horizon(at: now))), shards[index].log.count)
        guard start < shards[index].log.count else { return emptyPage(at: start, of: index, now: now) }
        shards[index].pagesAsked += 1
        if let every = rules.emptyPageEvery, shards[index].pagesAsked.isMultiple(of: every) {
            return emptyPage(at: start, of: index, now: now)
        }
        let page = shards[index].log.page(
            from: start, limit: limit, payloadBytesMax: StreamLimits.pageBytesMax, in: encoding)
        shards[index].reads.spent(shards[index].log.payloadBytes(from: start, to: page.end), at: now)
        var answer = emptyPage(at: page.end, of: index, now: now)
        answer.records = page.pieces
        return answer
    }

    /// A page without records whose reader goes on at `record`.
    private func emptyPage(at record: Int, of index: Int, now: Int64) -> Page {
        let shard = shards[index]
        let isAtTip = record >= shard.log.count
        var page = Page(end: IteratorToken(stream: serial, shard: index, record: record, issued: now))
        page.millisecondsBehind = isAtTip ? 0 : max(1, now - shard.log.arrival(ofRecord: record))
        if isAtTip, !shard.isOpen {
            page.children = shard.children.map { number in
                ChildShard(id: shards[number].id, parents: shards[number].parents, range: shards[number].range)
            }
        } else {
            page.next = page.end
        }
        return page
    }
}

extension ServiceFault {
    static let futureTimestamp = invalidArgument(
        "The timestampInMillis parameter cannot be greater than the currentTimestampInMillis")
}
