internal import AWS
internal import Core

/// Reads what comes into a stream from now on, to see whether something arrives. Checkpoints nothing.
struct StreamWatch {
    /// Five calls a second and shard are shared with everybody who reads.
    private static let pause = Duration.milliseconds(250)
    /// How many empty rounds mean that all has been read that was there: a shard may answer without records now and then.
    private static let quietRounds = 3

    private let kinesis: KinesisClient
    private let stream: StreamReference
    private let surroundings: Surroundings
    private let decoder = RecordDecoder(pool: TextPool())
    private var iterators: [ShardIterator]

    /// One record that was read, as far as it could be.
    struct Sight {
        /// When Kinesis took it.
        let arrival: Instant?
        let record: DecodedRecord?
    }

    /// Begins with what comes after this.
    init(_ stream: String, _ kinesis: KinesisClient, _ surroundings: Surroundings) async throws {
        (self.kinesis, self.stream, self.surroundings) = (kinesis, .name(stream), surroundings)
        iterators = []
        for shard in try await kinesis.listShards(of: self.stream) where shard.endingSequence == nil {
            iterators.append(try await kinesis.shardIterator(of: self.stream, shard: shard.id, at: .latest))
        }
        // An iterator stands where it is first read from.
        try await settle()
    }

    /// Reads until nothing comes any more that was there before.
    private mutating func settle() async throws {
        var quiet = 0
        for _ in 0..<Self.settlingRoundsMax where quiet < Self.quietRounds {
            quiet = try await round().isEmpty ? quiet + 1 : 0
        }
    }

    /// A busy stream never becomes quiet, and need not.
    private static let settlingRoundsMax = 12

    /// One poll of every shard, and a pause.
    mutating func round() async throws -> [Sight] {
        var sights: [Sight] = []
        var next: [ShardIterator] = []
        for iterator in iterators {
            let page = try await kinesis.records(of: stream, at: iterator)
            for record in page.records { sights.append(Sight(arrival: record.arrival, record: decode(record, page))) }
            if let iterator = page.next { next.append(iterator) }
            for child in page.children {
                next.append(try await kinesis.shardIterator(of: stream, shard: child.id, at: .trimHorizon))
            }
        }
        iterators = next
        try await surroundings.sleep(Self.pause)
        return sights
    }

    private func decode(_ record: Record, _ page: RecordPage) -> DecodedRecord? {
        let whole = Self.recordBytesMax
        switch decoder.decode(record, of: page, allowance: whole, maxRecord: whole) {
        case .decoded(let decoded): return decoded
        case .undecodable, .needsMore: return nil
        }
    }

    /// A test event's record is small, and others do not matter here.
    private static let recordBytesMax = 64 << 20
}

extension StreamWatch.Sight {
    /// Whether an event of that time and origin is in it.
    func holds(_ timestamp: Instant, from origin: Origin) -> Bool {
        guard let record else { return false }
        return record.messages.contains { message in
            message.origin == origin && record.events[message.events].contains { $0.timestamp == timestamp }
        }
    }

    var isControl: Bool { (record?.controlMessages ?? 0) > 0 }
}
