import Core
import Testing

@Suite struct SequenceNumberTests {
    @Test(arguments: [
        "0", "1", "49590338271490256608559692538361571095921575989136588898", String(repeating: "9", count: 129),
    ])
    func isDigits(text: String) {
        #expect(SequenceNumber(text)?.digits == text)
    }

    @Test(arguments: ["", "00", "01", "-1", "1.0", "1e5", "٣", " 1", "SHARD_END", String(repeating: "9", count: 130)])
    func isNothingElse(text: String) {
        #expect(SequenceNumber(text) == nil)
    }

    @Test(arguments: [("9", "10"), ("0", "1"), ("99", "100"), ("123", "124")])
    func comparesAsNumbers(smaller: String, larger: String) throws {
        let (smaller, larger) = (try #require(SequenceNumber(smaller)), try #require(SequenceNumber(larger)))
        #expect(smaller < larger)
        #expect(!(larger < smaller))
    }
}
