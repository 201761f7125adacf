package import AWS
package import Core
internal import Pipeline

/// A Kinesis stream behind the pipeline's port, read by polling.
package struct KinesisSource: RecordSource {
    private let kinesis: KinesisClient
    private let stream: AWS.StreamReference

    package init(_ kinesis: KinesisClient, stream: AWS.StreamReference) {
        self.kinesis = kinesis
        self.stream = stream
    }

    package func shards() async throws -> [Shard] {
        try await explained { try await kinesis.listShards(of: stream) }
    }

    package func created() async throws -> Instant? {
        try await explained { try await kinesis.summary(of: stream).created }
    }

    package func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator {
        try await explained { try await kinesis.shardIterator(of: stream, shard: shard, at: position) }
    }

    package func poll(_ iterator: ShardIterator, recordsMax: Int, replyBytesMax: Int) async throws -> RecordPage {
        try await explained {
            try await kinesis.records(of: stream, at: iterator, limit: recordsMax, replyBytesMax: replyBytesMax)
        }
    }

    private func explained<Answer>(_ call: () async throws -> Answer) async throws -> Answer {
        do { return try await call() } catch let error as AWSError { throw ReadTrouble(error.readFault, "\(error)") }
    }
}

extension AWSError {
    /// What it means to a reader.
    var readFault: ReadFault {
        switch kind {
        case .refused: ReadFault(code: code, status: status ?? 0)
        case .unreachable: isReplyTooLarge ? .replyTooLarge : .network
        case .unreadable: .garbage
        case .noCredentials: .credentials
        }
    }
}
