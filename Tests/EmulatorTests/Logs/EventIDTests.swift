import Testing

@testable import Emulator

@Suite struct EventIDTests {
    /// Computed with arbitrary-precision integers elsewhere.
    @Test(
        arguments: [
            (0, 0, 0, 0, "00000000000000000000000000000000000000000000000000000000"),
            (
                1_789_808_292_299, 1_789_808_293_000, 0x1234_5678_9abc_def0, 7,
                "39914058680777218331172119955449305316206359586777595911"
            ),
            (
                1_789_333_384_580, 1_789_333_388_032, .max, 65535,
                "39903467884742983950783750488450859761275252241845977087"
            ),
            (1_789_808_292_299, .max, 5, 3, "39914058680788368701607639809450692920455925788276228099"),
        ] as [(Int64, Int64, UInt64, Int, String)])
    func digits(timestamp: Int64, ingestion: Int64, request: UInt64, index: Int, digits: String) {
        let id = EventID(timestamp: timestamp, ingestion: ingestion, request: request, index: index)
        #expect(id.digits == digits)
        #expect(EventID(digits: digits.utf8) == id)
    }

    @Test func growsWithTimeThenIngestionThenCallThenIndex() {
        let ids = [(1, 9, 9, 9), (2, 1, 9, 9), (2, 2, 1, 9), (2, 2, 2, 1), (2, 2, 2, 2)].map {
            timestamp, ingestion, request, index in
            EventID(timestamp: Int64(timestamp), ingestion: Int64(ingestion), request: UInt64(request), index: index)
        }
        #expect(ids == ids.sorted())
        #expect(ids.map(\.digits) == ids.map(\.digits).sorted())
    }

    @Test(arguments: ["", "1", String(repeating: "x", count: 56), String(repeating: "1", count: 57)])
    func otherTextIsNoID(text: String) { #expect(EventID(digits: text.utf8) == nil) }
}
