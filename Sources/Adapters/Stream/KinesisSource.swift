package import AWS
package import Core
package import Pipeline

/// A Kinesis stream behind the pipeline's port, read by polling.
package struct KinesisSource: RecordSource {
    private let kinesis: KinesisClient
    private let stream: AWS.StreamReference

    package init(_ kinesis: KinesisClient, stream: AWS.StreamReference) {
        self.kinesis = kinesis
        self.stream = stream
    }

    package func shards() async throws -> [Shard] {
        try await kinesis.listShards(of: stream)
    }

    package func openIterator(_ shard: ShardID, at position: ShardPosition) async throws -> ShardIterator {
        try await kinesis.shardIterator(of: stream, shard: shard, at: position)
    }

    package func poll(_ iterator: ShardIterator, replyBytesMax: Int) async throws -> PollOutcome {
        do {
            return .page(try await kinesis.records(of: stream, at: iterator, replyBytesMax: replyBytesMax))
        } catch let error as AWSError {
            if error.code == "ExpiredIteratorException" { return .iteratorExpired }
            if error.isReplyTooLarge { return .replyTooLarge }
            if error.isThrottle { return .throttled }
            throw error
        }
    }
}
