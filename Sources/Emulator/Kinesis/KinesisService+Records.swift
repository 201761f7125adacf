extension KinesisService {
    func getRecords(
        _ request: GetRecordsRequest, in encoding: BodyEncoding, _ caller: Caller
    ) async throws(ServiceFault) -> RecordsReply {
        let (now, rules) = (clock.now(), streams.rules)
        let limit = request.limit ?? StreamLimits.pageRecordsMax
        guard limit >= 1 else {
            throw .validation("limit", value: "\(limit)", "Member must have value greater than or equal to 1")
        }
        guard limit <= StreamLimits.pageRecordsMax else {
            throw .invalidArgument("Limit \(limit) is more than \(StreamLimits.pageRecordsMax).")
        }
        guard let token = IteratorToken(request.shardIterator, seal: streams.seal) else {
            throw .invalidArgument("Invalid ShardIterator.")
        }
        guard now - token.issued <= rules.iteratorLifetime.milliseconds else {
            throw .expiredIterator(issued: token.issued, now: now, lifetime: rules.iteratorLifetime.milliseconds)
        }
        let name = try streams.withStream(serial: token.stream, now: now) { $0.name }
        guard name.account == caller.account, name.region == caller.region,
            request.streamARN == nil || request.streamARN == name.arn
        else { throw .invalidArgument("ShardIterator does not belong to this stream, account or Region.") }
        try await requireUsableKey(of: name)
        let page = try streams.withStream(serial: token.stream, now: now) { stream throws(ServiceFault) in
            try stream.page(token, limit: limit, in: encoding, now: now, rules: rules)
        }
        return RecordsReply(page: page, seal: streams.seal)
    }

    func putRecord(_ request: PutRecordRequest, _ caller: Caller) async throws(ServiceFault) -> PutRecordReply {
        let entry = try EmulatedStream.Entry(
            request.data, partitionKey: request.partitionKey, explicitHashKey: request.explicitHashKey)
        let written = try await write([entry], to: try request.stream(for: caller))[0]
        return PutRecordReply(
            shardId: written.shard, sequenceNumber: written.sequence, encryptionType: written.encryption)
    }

    func putRecords(_ request: PutRecordsRequest, _ caller: Caller) async throws(ServiceFault) -> PutRecordsReply {
        guard (1...StreamLimits.putRecordsCountMax).contains(request.records.count) else {
            throw .validation(
                "records", value: "\(request.records.count) entries",
                "Member must have length between 1 and \(StreamLimits.putRecordsCountMax)")
        }
        var entries: [EmulatedStream.Entry] = []
        for record in request.records {
            entries.append(
                try EmulatedStream.Entry(
                    record.data, partitionKey: record.partitionKey, explicitHashKey: record.explicitHashKey))
        }
        guard entries.reduce(0, { $0 + $1.size }) <= StreamLimits.putRecordsBytesMax else {
            throw .invalidArgument("Records size exceeds \(StreamLimits.putRecordsBytesMax) bytes.")
        }
        let written = try await write(entries, to: try request.stream(for: caller))
        return PutRecordsReply(
            records: written.map { PutRecordsReply.Entry(shardId: $0.shard, sequenceNumber: $0.sequence) },
            encryptionType: written[0].encryption)
    }

    /// All of them or, when one is too large for the stream, none.
    func write(
        _ entries: [EmulatedStream.Entry], to name: EmulatedStreamName
    ) async throws(ServiceFault) -> [EmulatedStream.Written] {
        try await requireUsableKey(of: name)
        let now = clock.now()
        return try streams.withStream(name, now: now) { stream throws(ServiceFault) in
            try stream.requireUsable(at: now)
            let sizeMax = stream.maxRecordKiB * 1024
            guard entries.allSatisfy({ $0.size <= sizeMax }) else {
                throw .validation(
                    "data", value: "a blob",
                    "Member must have length less than or equal to \(sizeMax), with the "
                        + "partition key")
            }
            return entries.map { stream.write($0, at: now) }
        }
    }
}
