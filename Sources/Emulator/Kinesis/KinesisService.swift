import FoundationEssentials
import Hummingbird
import NIOCore

/// Kinesis Data Streams: reads a call, has the streams act on it, writes the answer.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/Welcome.html
actor KinesisService: EmulatedService {
    static let targetPrefix = "Kinesis_20131202"
    static let encodings: Set<BodyEncoding> = [.json, .cbor]

    nonisolated let clock: WallClock
    nonisolated let faults: FaultPlan
    nonisolated let keys: any StreamKeys
    var streams: Streams

    /// `seal` is any number that another emulator is unlikely to have, `seed` what resharding on schedule and the records of
    /// streams without partition keys go by.
    init(
        rules: KinesisRules, clock: WallClock, seal: UInt64, seed: UInt64 = 0, keys: any StreamKeys,
        faults: FaultPlan = FaultPlan()
    ) {
        self.clock = clock
        self.keys = keys
        self.faults = faults
        streams = Streams(rules: rules, seal: seal, seed: seed)
    }

    nonisolated func answer(
        operation: String, body: [UInt8], caller: Caller
    ) async throws(ServiceFault) -> [UInt8] {
        try await reply(operation: operation, body: body, encoding: .json, caller: caller).bytes
    }

    nonisolated func reply(
        operation: String, body: [UInt8], encoding: BodyEncoding, caller: Caller
    ) async throws(ServiceFault) -> ReplyBody {
        guard let operation = KinesisOperation(rawValue: operation) else {
            throw ServiceFault("UnknownOperationException", "The emulator has no operation \(operation) of Kinesis.")
        }
        let body = try encoding.json(of: body)
        switch operation {
        case .getRecords:
            let request = try ServiceJSON.decode(GetRecordsRequest.self, from: body)
            var reply = try await getRecords(request, in: encoding, caller)
            if reply.isLast, let flaw = await faults.flaw(ofNextLastPage: operation) { reply.spoil(by: flaw) }
            return reply.body(in: encoding)
        case .createStream:
            try await createStream(ServiceJSON.decode(CreateStreamRequest.self, from: body), caller)
            return .none
        case .deleteStream:
            try await deleteStream(ServiceJSON.decode(OneStreamRequest.self, from: body), caller)
            return .none
        case .describeStream:
            let request = try ServiceJSON.decode(DescribeStreamRequest.self, from: body)
            return encoding.body(try await describeStream(request, caller))
        case .describeStreamSummary:
            let request = try ServiceJSON.decode(OneStreamRequest.self, from: body)
            return encoding.body(try await describeStreamSummary(request, caller))
        case .listStreams:
            let request = try ServiceJSON.decode(ListStreamsRequest.self, from: body)
            return encoding.body(try await listStreams(request, caller))
        case .listShards:
            let request = try ServiceJSON.decode(ListShardsRequest.self, from: body)
            return encoding.body(try await listShards(request, caller))
        case .getShardIterator:
            let request = try ServiceJSON.decode(GetShardIteratorRequest.self, from: body)
            return encoding.body(try await getShardIterator(request, caller))
        case .putRecord:
            let request = try ServiceJSON.decode(PutRecordRequest.self, from: body)
            return encoding.body(try await putRecord(request, caller))
        case .putRecords:
            let request = try ServiceJSON.decode(PutRecordsRequest.self, from: body)
            return encoding.body(try await putRecords(request, caller))
        case .splitShard:
            try await splitShard(ServiceJSON.decode(SplitShardRequest.self, from: body), caller)
            return .none
        case .mergeShards:
            try await mergeShards(ServiceJSON.decode(MergeShardsRequest.self, from: body), caller)
            return .none
        case .updateShardCount:
            let request = try ServiceJSON.decode(UpdateShardCountRequest.self, from: body)
            return encoding.body(try await updateShardCount(request, caller))
        case .increaseStreamRetentionPeriod:
            try await increaseRetention(ServiceJSON.decode(RetentionRequest.self, from: body), caller)
            return .none
        case .decreaseStreamRetentionPeriod:
            try await decreaseRetention(ServiceJSON.decode(RetentionRequest.self, from: body), caller)
            return .none
        case .startStreamEncryption:
            try await startEncryption(ServiceJSON.decode(EncryptionRequest.self, from: body), caller)
            return .none
        case .stopStreamEncryption:
            try await stopEncryption(ServiceJSON.decode(EncryptionRequest.self, from: body), caller)
            return .none
        case .updateStreamMode:
            try await updateMode(ServiceJSON.decode(UpdateModeRequest.self, from: body), caller)
            return .none
        case .updateStreamRecordDistributionStrategy:
            try await updateDistribution(ServiceJSON.decode(UpdateDistributionRequest.self, from: body), caller)
            return .none
        case .addTagsToStream:
            try await addTags(ServiceJSON.decode(AddTagsRequest.self, from: body), caller)
            return .none
        case .listTagsForStream:
            let request = try ServiceJSON.decode(ListTagsRequest.self, from: body)
            return encoding.body(try await listTags(request, caller))
        case .removeTagsFromStream:
            try await removeTags(ServiceJSON.decode(RemoveTagsRequest.self, from: body), caller)
            return .none
        case .tagResource:
            try await tagResource(ServiceJSON.decode(TagResourceRequest.self, from: body), caller)
            return .none
        case .untagResource:
            try await untagResource(ServiceJSON.decode(UntagResourceRequest.self, from: body), caller)
            return .none
        case .listTagsForResource:
            let request = try ServiceJSON.decode(ListTagsForResourceRequest.self, from: body)
            return encoding.body(try await listTagsForResource(request, caller))
        }
    }
}

extension ReplyBody {
    static let none = ReplyBody(pieces: [])
}

extension BodyEncoding {
    fileprivate func json(of request: [UInt8]) throws(ServiceFault) -> [UInt8] {
        switch self {
        case .json: request
        case .cbor: try ServiceCBOR.json(request)
        }
    }

    fileprivate func body(_ reply: some Encodable) -> ReplyBody {
        switch self {
        case .json: ReplyBody(ServiceJSON.encode(reply))
        case .cbor: ReplyBody(ServiceCBOR.encode(reply))
        }
    }
}
