import Core
import Settings
import Testing

@Suite struct ValuesTests {
    @Test(arguments: [
        ("0", 0), ("65536", 65_536), ("64KiB", 65_536), ("256MiB", 268_435_456), ("1GiB", 1_073_741_824),
        ("007KiB", 7168),
    ])
    func isASize(text: String, bytes: Int) { #expect(ByteSize.parse(text) == bytes) }

    @Test(arguments: [
        "", "KiB", "1kb", "1KB", "1 KiB", "-1", "+1", "1.5GiB", "0x10", "١", "9223372036854775808", "8589934592GiB",
    ])
    func isNoSize(text: String) { #expect(ByteSize.parse(text) == nil) }

    @Test(arguments: [(0, "0"), (1000, "1000"), (1024, "1KiB"), (1536, "1536"), (64 << 20, "64MiB"), (2 << 30, "2GiB")])
    func aSizeIsToldInItsLargestUnit(bytes: Int, text: String) { #expect(ByteSize.text(bytes) == text) }

    @Test(arguments: [
        ("0s", Duration.zero), ("500ms", .milliseconds(500)), ("10s", .seconds(10)), ("5m", .seconds(300)),
        ("1h", .seconds(3600)), ("30d", .seconds(2_592_000)),
    ])
    func isADuration(text: String, duration: Duration) { #expect(DurationText.parse(text) == duration) }

    @Test(arguments: ["", "s", "10", "1.5s", "-1s", "1 s", "1w", "10S", "1h30m", "9223372036854775807d"])
    func isNoDuration(text: String) { #expect(DurationText.parse(text) == nil) }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:00:00-01:00", 0), ("2026-11-20T10:00:00Z", 1_795_168_800_000),
        ("2026-11-20T11:30:00+01:30", 1_795_168_800_000), ("2026-11-20T10:00:00.5Z", 1_795_168_800_500),
        ("2026-11-20T10:00:00.123456789Z", 1_795_168_800_123), ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
    ])
    func isATime(text: String, milliseconds: Int) {
        #expect(InstantText.parse(text) == Instant(milliseconds: Int64(milliseconds)))
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T10:00:00", "2026-11-20T10:00Z", "2026-11-20 10:00:00Z", "2026-11-20t10:00:00z",
        "2026-02-29T10:00:00Z", "2026-13-01T10:00:00Z", "2026-00-01T10:00:00Z", "2026-11-31T10:00:00Z",
        "2026-11-20T24:00:00Z", "2026-11-20T10:60:00Z", "2026-11-20T10:00:60Z", "2026-11-20T10:00:00.Z",
        "2026-11-20T10:00:00.1234567890Z", "2026-11-20T10:00:00+0100", "2026-11-20T10:00:00+24:00",
        "2026-11-20T10:00:00Zx",
        "26-11-20T10:00:00Z", "2026-1-20T10:00:00Z", "1969-12-31T23:59:59Z", "2026-11-20T10:00:0",
        "+026-11-20T10:00:00Z",
    ])
    func isNoTime(text: String) { #expect(InstantText.parse(text) == nil) }

    @Test func anARNIsTakenApart() throws {
        let arn = try #require(StreamARN("arn:aws-us-gov:kinesis:us-gov-west-1:123456789012:stream/My_Stream.1-x"))
        #expect(arn.partition == "aws-us-gov")
        #expect(arn.region == "us-gov-west-1")
        #expect(arn.account == "123456789012")
        #expect(arn.name == "My_Stream.1-x")
    }

    @Test(arguments: [
        "", "arn:aws:kinesis:us-east-1:123456789012:stream/", "arn:aws:kinesis:us-east-1:12345678901:stream/S",
        "arn:aws:kinesis::123456789012:stream/S", "arn:gcp:kinesis:us-east-1:123456789012:stream/S",
        "arn:aws:kinesis:us-east-1:123456789012:stream/S/consumer/c:1", "arn:aws:kinesis:us-east-1:123456789012:S",
        "arn:aws:kinesis:US-EAST-1:123456789012:stream/S", "arn:aws:kinesis:us-east-1:123456789012:stream/S:1",
    ])
    func isNoStreamARN(text: String) { #expect(StreamARN(text) == nil) }

    @Test(arguments: ["us-east-1", "eu-isoe-west-1", "ap-southeast-5"])
    func isARegion(text: String) { #expect(AWSNames.isRegion(text)) }

    @Test(arguments: ["", "us", "us-", "-us-1", "us--1", "us-east-1.evil", "us-east-1/", "us-éast-1", "US-EAST-1"])
    func isNoRegion(text: String) { #expect(!AWSNames.isRegion(text)) }
}
