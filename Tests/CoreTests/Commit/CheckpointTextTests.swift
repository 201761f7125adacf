import Core
import Testing

@Suite struct CheckpointTextTests {
    private static let order: [Checkpoint] = [
        .atTime(Instant(milliseconds: -5)), .atTime(Instant(milliseconds: 1_763_632_800_000)), after("0"), after("9"),
        after("10"), after("49590338271490256608559692538361571095921575989136588898"), .shardEnd,
    ]

    private static func after(_ digits: String) -> Checkpoint {
        guard let sequence = SequenceNumber(digits) else { preconditionFailure("a legal number") }
        return .after(sequence)
    }

    @Test(arguments: zip(order.dropFirst(), ["AT_TIMESTAMP:1763632800000", "0", "9", "10"]))
    func isWrittenInKinesissWords(checkpoint: Checkpoint, text: String) { #expect(checkpoint.text == text) }

    @Test(arguments: order) func readsWhatItWrote(checkpoint: Checkpoint) {
        #expect(Checkpoint(text: checkpoint.text) == checkpoint)
    }

    @Test(arguments: [
        "", "SHARD_END ", "shard_end", "TRIM_HORIZON", "LATEST", "007", "1.0", "-1", "+1", "AT_TIMESTAMP:",
        "AT_TIMESTAMP:007",
        "AT_TIMESTAMP:+1", "AT_TIMESTAMP:99999999999999999999", "AT_TIMESTAMP: 1",
    ]) func takesNothingElse(text: String) { #expect(Checkpoint(text: text) == nil) }

    @Test func goesFromAMomentToRecordsToTheEnd() {
        for (index, earlier) in Self.order.enumerated() {
            #expect(!earlier.isBehind(earlier))
            for later in Self.order[(index + 1)...] {
                #expect(earlier.isBehind(later))
                #expect(!later.isBehind(earlier))
            }
        }
    }
}
