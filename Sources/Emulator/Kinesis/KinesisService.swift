import FoundationEssentials
import Hummingbird
import NIOCore

/// Kinesis Data Streams: reads a call, has the streams act on it, writes the answer.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html
actor KinesisService: EmulatedService {
    static let targetPrefix = "Kinesis_20131202"

    nonisolated let clock: WallClock
    var streams: Streams

    /// `seal` is any number that another emulator is unlikely to have.
    init(rules: KinesisRules, clock: WallClock, seal: UInt64) {
        self.clock = clock
        streams = Streams(rules: rules, seal: seal)
    }

    nonisolated func answer(
        operation: String, body: [UInt8], caller: Caller
    ) async throws(ServiceFault) -> [UInt8] {
        try await reply(operation: operation, body: body, caller: caller).bytes
    }

    nonisolated func reply(
        operation: String, body: [UInt8], caller: Caller
    ) async throws(ServiceFault) -> ReplyBody {
        guard let operation = KinesisOperation(rawValue: operation) else {
            throw ServiceFault("UnknownOperationException", "The emulator has no operation \(operation) of Kinesis.")
        }
        switch operation {
        case .getRecords:
            return try await getRecords(ServiceJSON.decode(GetRecordsRequest.self, from: body), caller).body
        case .createStream:
            try await createStream(ServiceJSON.decode(CreateStreamRequest.self, from: body), caller)
            return .none
        case .deleteStream:
            try await deleteStream(ServiceJSON.decode(OneStreamRequest.self, from: body), caller)
            return .none
        case .describeStream:
            let request = try ServiceJSON.decode(DescribeStreamRequest.self, from: body)
            return .json(try await describeStream(request, caller))
        case .describeStreamSummary:
            let request = try ServiceJSON.decode(OneStreamRequest.self, from: body)
            return .json(try await describeStreamSummary(request, caller))
        case .listStreams:
            let request = try ServiceJSON.decode(ListStreamsRequest.self, from: body)
            return .json(try await listStreams(request, caller))
        case .listShards:
            let request = try ServiceJSON.decode(ListShardsRequest.self, from: body)
            return .json(try await listShards(request, caller))
        case .getShardIterator:
            let request = try ServiceJSON.decode(GetShardIteratorRequest.self, from: body)
            return .json(try await getShardIterator(request, caller))
        case .putRecord:
            let request = try ServiceJSON.decode(PutRecordRequest.self, from: body)
            return .json(try await putRecord(request, caller))
        case .putRecords:
            let request = try ServiceJSON.decode(PutRecordsRequest.self, from: body)
            return .json(try await putRecords(request, caller))
        case .splitShard:
            try await splitShard(ServiceJSON.decode(SplitShardRequest.self, from: body), caller)
            return .none
        case .mergeShards:
            try await mergeShards(ServiceJSON.decode(MergeShardsRequest.self, from: body), caller)
            return .none
        case .updateShardCount:
            let request = try ServiceJSON.decode(UpdateShardCountRequest.self, from: body)
            return .json(try await updateShardCount(request, caller))
        case .increaseStreamRetentionPeriod:
            try await increaseRetention(ServiceJSON.decode(RetentionRequest.self, from: body), caller)
            return .none
        case .addTagsToStream:
            try await addTags(ServiceJSON.decode(AddTagsRequest.self, from: body), caller)
            return .none
        case .listTagsForStream:
            let request = try ServiceJSON.decode(ListTagsRequest.self, from: body)
            return .json(try await listTags(request, caller))
        }
    }
}

extension ReplyBody {
    static let none = ReplyBody(pieces: [])

    static func json(_ reply: some Encodable) -> ReplyBody { ReplyBody(ServiceJSON.encode(reply)) }
}
