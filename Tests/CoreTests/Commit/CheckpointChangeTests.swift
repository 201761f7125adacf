import Core
import Testing

@Suite struct CheckpointChangeTests {
    @Test func onlyWhatIsWantedOtherwiseChanges() {
        let saved: [ShardID: Checkpoint] = [
            .test(0): .after(.test(5)), .test(1): .after(.test(5)), .test(2): .shardEnd, .test(3): .shardEnd,
        ]
        let wanted: [ShardID: Checkpoint?] = [
            .test(0): .after(.test(5)), .test(1): .after(.test(4)), .test(3): nil, .test(4): .shardEnd, .test(5): nil,
        ]
        #expect(
            CheckpointChange.changes(of: saved, to: wanted) == [
                CheckpointChange(shard: .test(1), from: .after(.test(5)), to: .after(.test(4))),
                CheckpointChange(shard: .test(3), from: .shardEnd, to: nil),
                CheckpointChange(shard: .test(4), from: nil, to: .shardEnd),
            ])
    }

    @Test(
        arguments: [
            (nil, .after(.test(1)), false), (nil, .atTime(Instant(milliseconds: 1)), false), (nil, .shardEnd, false),
            (.after(.test(5)), .after(.test(4)), true), (.after(.test(5)), .after(.test(6)), false),
            (.after(.test(5)), .atTime(Instant(milliseconds: 9)), true), (.after(.test(5)), .shardEnd, false),
            (.after(.test(5)), nil, true), (.shardEnd, nil, true), (.shardEnd, .after(.test(9)), true),
            (.atTime(Instant(milliseconds: 9)), .after(.test(1)), true),
            (.atTime(Instant(milliseconds: 9)), .atTime(Instant(milliseconds: 10)), false),
            (.atTime(Instant(milliseconds: 9)), .atTime(Instant(milliseconds: 8)), true),
        ] as [(Checkpoint?, Checkpoint?, Bool)])
    func whatMayBeReadAgainIsBack(from: Checkpoint?, to: Checkpoint?, isBack: Bool) {
        #expect(CheckpointChange(shard: .test(0), from: from, to: to).isBack == isBack)
    }
}

extension ShardID {
    fileprivate static func test(_ number: Int) -> ShardID {
        guard let shard = ShardID("shardId-\(number)") else { preconditionFailure("a legal name") }
        return shard
    }
}

extension SequenceNumber {
    fileprivate static func test(_ number: Int) -> SequenceNumber {
        guard let sequence = SequenceNumber(String(number)) else { preconditionFailure("a legal number") }
        return sequence
    }
}
