import FoundationEssentials

extension EmulatedStream {
    /// One record on its way in.
    struct Entry: Sendable {
        let payload: [UInt8]
        let base64: [UInt8]
        let partitionKey: String
        let explicitHashKey: UInt128?
    }

    struct Written: Hashable, Sendable {
        let shard: String
        let sequence: String
        let encryption: EncryptionType
    }

    /// The shard that takes `key`, as an index into `shards`.
    func shard(taking key: UInt128) -> Int {
        open[open.partitioningIndex { shards[$0].range.last >= key }]
    }

    mutating func write(_ entry: Entry, at now: Int64) -> Written {
        let shard =
            switch distribution {
            case .partitionKey: shard(taking: entry.explicitHashKey ?? HashKey.of(partitionKey: entry.partitionKey))
            case .auto: open[Int.random(in: open.indices, using: &chance)]
            }
        return write(entry, to: shard, at: now)
    }

    /// Writes to a shard of one's choice, as an explicit hash key could.
    @discardableResult
    mutating func write(_ entry: Entry, to shard: Int, at now: Int64) -> Written {
        let sequence = shards[shard].sequences.number(ofRecord: shards[shard].log.count)
        let text = RecordText(
            sequence: sequence, arrival: now, partitionKey: entry.partitionKey, payload: entry.payload,
            base64: entry.base64, encryption: EncryptionType(encryption))
        shards[shard].log.append(text, payloadBytes: entry.size, arrival: now)
        return Written(shard: shards[shard].id, sequence: sequence, encryption: EncryptionType(encryption))
    }
}

extension EmulatedStream.Entry {
    /// What counts against the limits of records, calls and pages.
    var size: Int { payload.count + partitionKey.utf8.count }

    init(_ data: Payload, partitionKey: String, explicitHashKey: String?) throws(ServiceFault) {
        guard (1...StreamLimits.partitionKeyMax).contains(partitionKey.unicodeScalars.count) else {
            throw .validation(
                "partitionKey", value: partitionKey,
                "Member must have length between 1 and \(StreamLimits.partitionKeyMax)")
        }
        var hashKey: UInt128?
        if let explicitHashKey {
            hashKey = HashKey.parse(explicitHashKey)
            guard hashKey != nil else {
                throw .invalidArgument(
                    "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was "
                        + explicitHashKey)
            }
        }
        self.init(
            payload: data.bytes, base64: data.base64, partitionKey: partitionKey, explicitHashKey: hashKey)
    }

    init(_ data: [UInt8], partitionKey: String) {
        self.init(
            payload: data, base64: [UInt8](Data(data).base64EncodedData()), partitionKey: partitionKey,
            explicitHashKey: nil)
    }
}
