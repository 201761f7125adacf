extension KinesisService {
    func listShards(_ request: ListShardsRequest, _ caller: Caller) throws(ServiceFault) -> ListShardsReply {
        let now = clock.now()
        let maxResults = request.maxResults ?? StreamLimits.shardsPageMax
        guard (1...10_000).contains(maxResults) else {
            throw .validation("maxResults", value: "\(maxResults)", "Member must have value between 1 and 10000")
        }
        let place = try ShardListPlace(request, caller, now: now)
        return try streams.withStream(place.stream, now: now) { stream throws(ServiceFault) in
            try stream.requireUsable(at: now)
            guard place.serial == nil || place.serial == stream.serial else { throw .expiredNextToken }
            if let made = request.streamCreationTimestamp, !stream.wasMade(at: try milliseconds(made)) {
                throw .streamNotFound(stream.name)
            }
            let rest = try stream.shards(place.filter, now: now).filter { $0.id > place.after }
            let shown = rest.prefix(min(maxResults, StreamLimits.shardsPageMax))
            let next = shown.count < rest.count ? shown.last?.id : nil
            return ListShardsReply(
                shards: shown.map { ShardReply($0) },
                nextToken: next.map { place.token(after: $0, in: stream.serial, now: now) })
        }
    }

    func getShardIterator(
        _ request: GetShardIteratorRequest, _ caller: Caller
    ) throws(ServiceFault) -> ShardIteratorReply {
        let now = clock.now()
        let start = try request.start()
        let rules = streams.rules
        let token = try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            try stream.iterator(request.shardId, from: start, now: now, rules: rules)
        }
        return ShardIteratorReply(shardIterator: token.text(seal: streams.seal))
    }

    func splitShard(_ request: SplitShardRequest, _ caller: Caller) throws(ServiceFault) {
        let now = clock.now()
        let ready = streams.ready(after: now)
        guard let newStart = HashKey.parse(request.newStartingHashKey) else {
            throw .validation(
                "newStartingHashKey", value: request.newStartingHashKey,
                "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})")
        }
        try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            try stream.split(request.shardToSplit, at: newStart, now: now, ready: ready)
        }
    }

    func mergeShards(_ request: MergeShardsRequest, _ caller: Caller) throws(ServiceFault) {
        let now = clock.now()
        let ready = streams.ready(after: now)
        try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            try stream.merge(request.shardToMerge, with: request.adjacentShardToMerge, now: now, ready: ready)
        }
    }

    func updateShardCount(
        _ request: UpdateShardCountRequest, _ caller: Caller
    ) throws(ServiceFault) -> UpdateShardCountReply {
        let (now, target) = (clock.now(), request.targetShardCount)
        let (ready, rules) = (streams.ready(after: now), streams.rules)
        guard request.scalingType == "UNIFORM_SCALING" else {
            throw .validation(
                "scalingType", value: request.scalingType, "Member must satisfy enum value set: [UNIFORM_SCALING]")
        }
        guard (1...StreamLimits.shardsMax).contains(target) else {
            throw .validation(
                "targetShardCount", value: "\(target)", "Member must have value between 1 and \(StreamLimits.shardsMax)"
            )
        }
        return try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            let current = stream.open.count
            try stream.scale(to: target, now: now, ready: ready, timesPerDayMax: rules.scalingsPerDayMax)
            return UpdateShardCountReply(
                streamName: stream.name.name, streamARN: stream.name.arn, currentShardCount: current,
                targetShardCount: target)
        }
    }
}

extension GetShardIteratorRequest {
    /// The start position, with what it needs and nothing else.
    func start() throws(ServiceFault) -> EmulatedStream.Start {
        switch shardIteratorType {
        case "TRIM_HORIZON":
            try requireNothingElse()
            return .trimHorizon
        case "LATEST":
            try requireNothingElse()
            return .latest
        case "AT_SEQUENCE_NUMBER": return .at(try sequenceNumber())
        case "AFTER_SEQUENCE_NUMBER": return .after(try sequenceNumber())
        case "AT_TIMESTAMP":
            guard let timestamp, startingSequenceNumber == nil else {
                throw .invalidArgument(
                    "Must specify timestamp and no StartingSequenceNumber for an iterator of type AT_TIMESTAMP.")
            }
            return .time(try milliseconds(timestamp))
        default:
            throw .validation(
                "shardIteratorType", value: shardIteratorType,
                "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, "
                    + "TRIM_HORIZON]")
        }
    }

    private func requireNothingElse() throws(ServiceFault) {
        guard startingSequenceNumber == nil, timestamp == nil else {
            throw .invalidArgument(
                "An iterator of type \(shardIteratorType) takes neither StartingSequenceNumber nor Timestamp.")
        }
    }

    private func sequenceNumber() throws(ServiceFault) -> String {
        guard let digits = startingSequenceNumber, timestamp == nil else {
            throw .invalidArgument(
                "Must specify StartingSequenceNumber and no Timestamp for an iterator of type \(shardIteratorType).")
        }
        let isNumber = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, (1...129).contains(digits.utf8.count), digits == "0" || !digits.hasPrefix("0") else {
            throw .validation(
                "startingSequenceNumber", value: digits,
                "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})")
        }
        return digits
    }
}
