extension KinesisService {
    func createStream(_ request: CreateStreamRequest, _ caller: Caller) throws(ServiceFault) {
        guard EmulatedStreamName.isAllowed(request.streamName) else {
            throw .validation(
                "streamName", value: request.streamName,
                "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+, and have length 1 to 128")
        }
        let mode = request.streamModeDetails?.streamMode ?? .provisioned
        let maxRecordKiB = request.maxRecordSizeInKiB ?? StreamLimits.recordKiBDefault
        guard (StreamLimits.recordKiBDefault...StreamLimits.recordKiBMax).contains(maxRecordKiB) else {
            throw .validation(
                "maxRecordSizeInKiB", value: "\(maxRecordKiB)",
                "Member must have value between \(StreamLimits.recordKiBDefault) and \(StreamLimits.recordKiBMax)")
        }
        let distribution = request.recordDistributionStrategy ?? .partitionKey
        try EmulatedStream.requireDistribution(distribution, in: mode)
        let tags = request.tags ?? [:]
        try Self.requireRoom(for: tags)
        let name = EmulatedStreamName(account: caller.account, region: caller.region, name: request.streamName)
        try streams.create(
            name, mode: mode, shardCount: try shardCount(request.shardCount, mode: mode), maxRecordKiB: maxRecordKiB,
            distribution: distribution, tags: tags, now: clock.now())
    }

    private func shardCount(_ asked: Int?, mode: EmulatedStream.Mode) throws(ServiceFault) -> Int {
        switch mode {
        case .provisioned:
            guard let asked else {
                throw ServiceFault("ValidationException", "ShardCount is required in PROVISIONED mode.")
            }
            guard asked >= 1 else {
                throw .validation("shardCount", value: "\(asked)", "Member must have value greater than or equal to 1")
            }
            guard asked <= StreamLimits.shardsMax else {
                throw .limitExceeded("This request would exceed the shard limit of \(StreamLimits.shardsMax).")
            }
            return asked
        case .onDemand:
            guard asked == nil else {
                throw ServiceFault("ValidationException", "ShardCount must not be given in ON_DEMAND mode.")
            }
            return StreamLimits.onDemandShards
        }
    }

    func deleteStream(_ request: OneStreamRequest, _ caller: Caller) throws(ServiceFault) {
        try streams.delete(try request.stream(for: caller), now: clock.now())
    }

    func describeStreamSummary(
        _ request: OneStreamRequest, _ caller: Caller
    ) throws(ServiceFault) -> StreamSummaryReply {
        let now = clock.now()
        return try streams.withStream(try request.stream(for: caller), now: now) { StreamSummaryReply($0, now: now) }
    }

    func describeStream(
        _ request: DescribeStreamRequest, _ caller: Caller
    ) throws(ServiceFault) -> DescribeStreamReply {
        let now = clock.now()
        let limit = request.limit ?? 100
        guard (1...10_000).contains(limit) else {
            throw .validation("limit", value: "\(limit)", "Member must have value between 1 and 10000")
        }
        let filter = request.exclusiveStartShardId.map { EmulatedStream.ShardFilter.afterShard($0) } ?? .fromTrimHorizon
        return try streams.withStream(try request.stream(for: caller), now: now) { stream throws(ServiceFault) in
            let shards = try stream.shards(filter, now: now)
            // However many are asked for, AWS gives 100 at a time.
            let shown = Array(shards.prefix(min(limit, 100)))
            return DescribeStreamReply(stream, shards: shown, hasMore: shown.count < shards.count, now: now)
        }
    }

    func listStreams(_ request: ListStreamsRequest, _ caller: Caller) throws(ServiceFault) -> ListStreamsReply {
        let now = clock.now()
        let limit = request.limit ?? 100
        guard (1...10_000).contains(limit) else {
            throw .validation("limit", value: "\(limit)", "Member must have value between 1 and 10000")
        }
        // The token is the last name shown: names are not secret and need no lifetime.
        let after = request.nextToken ?? request.exclusiveStartStreamName ?? ""
        let rest = streams.names(account: caller.account, region: caller.region, now: now).filter { $0.name > after }
        let shown = rest.prefix(limit)
        let hasMore = shown.count < rest.count
        return ListStreamsReply(
            streamNames: shown.map(\.name),
            streamSummaries: shown.compactMap { streams.stream($0, now: now) }.map { stream in
                ListStreamsReply.Summary(
                    streamName: stream.name.name, streamARN: stream.name.arn, streamStatus: stream.status(at: now),
                    streamModeDetails: StreamModeDetails(streamMode: stream.mode),
                    streamCreationTimestamp: Double(stream.made) / 1000)
            },
            hasMoreStreams: hasMore, nextToken: hasMore ? shown.last?.name : nil)
    }
}
