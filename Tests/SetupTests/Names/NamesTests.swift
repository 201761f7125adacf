import Setup
import Testing

@Suite struct DestinationARNTests {
    @Test(arguments: [
        ("arn:aws:logs:us-east-1:999999999999:destination:testDestination", "aws", "us-east-1", "testDestination"),
        ("arn:aws-cn:logs:cn-north-1:999999999999:destination:d", "aws-cn", "cn-north-1", "d"),
        ("arn:aws-us-gov:logs:us-gov-west-1:999999999999:destination:a/b c", "aws-us-gov", "us-gov-west-1", "a/b c"),
    ]) func takenApart(text: String, partition: String, region: String, name: String) throws {
        let arn = try #require(DestinationARN(text))
        #expect(arn.place == AccountPlace(partition: partition, account: "999999999999", region: region))
        #expect(arn.name == name)
        #expect(arn.description == text)
        #expect(DestinationARN(name, in: arn.place) == arn)
    }

    @Test(arguments: [
        "", "testDestination", "arn:aws:logs:us-east-1:999999999999:destination",
        "arn:aws:logs:us-east-1:999999999999:destination:", "arn:aws:logs:us-east-1:999999999999:destination:a:b",
        "arn:aws:logs:us-east-1:999999999999:destination:a*", "arn:aws:logs:us-east-1:99999999999:destination:a",
        "arn:aws:logs:us-east-1::destination:a", "arn:aws:logs::999999999999:destination:a",
        "arn:aws:logs:US-EAST-1:999999999999:destination:a", "arn:aws:logs:us-east-1:999999999999:log-group:a",
        "arn:aws:kinesis:us-east-1:999999999999:stream/a", "arn:aws:firehose:us-east-1:999999999999:destination:a",
        "arn:azure:logs:us-east-1:999999999999:destination:a", "ARN:aws:logs:us-east-1:999999999999:destination:a",
        " arn:aws:logs:us-east-1:999999999999:destination:a",
        "arn:aws:logs:us-east-1:999999999999:destination:" + String(repeating: "a", count: 513),
    ]) func none(text: String) {
        #expect(DestinationARN(text) == nil)
    }

    /// The example that messages show is an ARN itself.
    @Test func example() { #expect(DestinationARN(DestinationARN.example) != nil) }

    @Test func whatBelongsToAnAccount() {
        let place = AccountPlace(partition: "aws-cn", account: "111111111111", region: "cn-north-1")
        #expect(
            place.stream("S", region: "cn-northwest-1") == "arn:aws-cn:kinesis:cn-northwest-1:111111111111:stream/S")
        #expect(place.role("R") == "arn:aws-cn:iam::111111111111:role/R")
        #expect(place.destination("D") == "arn:aws-cn:logs:cn-north-1:111111111111:destination:D")
        #expect(place.logGroup("/a/b") == "arn:aws-cn:logs:cn-north-1:111111111111:log-group:/a/b:*")
        #expect(place.logs(of: "222222222222") == "arn:aws-cn:logs:cn-north-1:222222222222:*")
    }
}

/// What AWS takes as names, each rule at its edges.
@Suite struct ResourceNamesTests {
    private static func long(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test(arguments: [
        ("testDestination", true), ("a b/ü#", true), (long(512), true), (String(repeating: "é", count: 512), true),
        ("", false), (long(513), false), ("a:b", false), ("a*", false), (":\u{301}", false), ("*\u{301}", false),
    ]) func destination(name: String, isOne: Bool) { #expect(ResourceNames.isDestination(name) == isOne) }

    @Test(arguments: [
        ("CWLtoKinesisRole", true), ("a+=,.@-_9", true), (long(64), true),
        ("", false), (long(65), false), ("a/b", false), ("a b", false), ("é", false), ("a:b", false),
    ]) func role(name: String, isOne: Bool) { #expect(ResourceNames.isRole(name) == isOne) }

    @Test(arguments: [
        ("CloudTrail", true), ("/aws/lambda/a-b_c.d#1", true), (long(512), true),
        ("", false), (long(513), false), ("a b", false), ("a:*", false), ("é", false),
    ]) func logGroup(name: String, isOne: Bool) { #expect(ResourceNames.isLogGroup(name) == isOne) }

    @Test(arguments: [
        ("o-1234567890", true), ("o-abcdefghij", true), ("o-" + long(32), true),
        ("o-123456789", false), ("o-" + long(33), false), ("o-ABCDEFGHIJ", false), ("o-12345_7890", false),
        ("1234567890ab", false), ("r-1234567890", false), ("o-123456789é", false), ("", false), ("o-", false),
    ]) func organization(id: String, isOne: Bool) { #expect(ResourceNames.isOrganization(id) == isOne) }

    @Test(arguments: [
        ("o-1234567890/r-ab12/ou-ab12-11111111/*", true), ("o-1234567890/*", true), ("o-1234567890/r-ab12/", true),
        ("o-1234567890", false), ("r-ab12/ou-ab12-11111111/*", false), ("/o-1234567890/*", false),
        ("o-1234567890/r ab", false), ("o-1234567890/ü", false), ("", false),
    ]) func organizationPath(path: String, isOne: Bool) { #expect(ResourceNames.isOrganizationPath(path) == isOne) }

    @Test(arguments: [
        ("tailrace", true), (long(256), true), ("a/b", true),
        ("", false), (long(257), false), ("aws/a", false), ("a:b", false), ("a*b", false), (":\u{301}", false),
    ]) func accountPolicy(name: String, isOne: Bool) { #expect(ResourceNames.isAccountPolicy(name) == isOne) }
}
