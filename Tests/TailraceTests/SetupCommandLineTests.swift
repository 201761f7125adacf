import Testing

@testable import tailrace

/// What the set-up commands refuse before they ask anybody, and what they print without asking.
@Suite struct SetupCommandLineTests {
    private static let recipient = ["--stream", "S", "--destination", "d"]
    private static let sender = ["--destination", "arn:aws:logs:us-east-1:999999999999:destination:d"]

    @Test(arguments: [
        (["setup", "recipient", "--destination", "d"], "--stream"),
        (["setup", "recipient", "--stream", "S"], "--destination"),
        (["setup", "recipient", "--stream", "a b", "--destination", "d"], "1 to 128 letters"),
        (["setup", "recipient", "--stream", "S", "--destination", "a:b"], "without : and *"),
        (["setup", "recipient"] + recipient + ["--sender", "1234"], "twelve digits"),
        (["setup", "recipient"] + recipient + ["--organization", "x-1234567890"], "o- and 10 to 32"),
        (["setup", "recipient"] + recipient + ["--organization-path", "o-1234567890"], "a path such as"),
        (["setup", "recipient"] + recipient + ["--shards", "0"], "1 to 10000"),
        (["setup", "recipient"] + recipient + ["--shards", "2", "--on-demand"], "exclude each other"),
        (["setup", "recipient"] + recipient + ["--retention-hours", "23"], "24 to 8760"),
        (["setup", "recipient"] + recipient + ["--region", "nowhere"], "a Region such as"),
        (["setup", "recipient"] + recipient + ["--role", "a/b"], "1 to 64"),
        (["setup", "recipient"] + recipient + ["--as", "yaml"], "aws-cli"),
        (["setup", "sender"] + sender, "--log-group"),
        (["setup", "sender", "--destination", "testDestination", "--log-group", "g"], "--destination"),
        (["setup", "sender"] + sender + ["--log-group", "a b"], "1 to 512"),
        (["setup", "sender"] + sender + ["--log-group", "g", "--account-policy", "p"], "exclude each other"),
        (["setup", "sender"] + sender + ["--log-group", "g", "--except-log-group", "h"], "--account-policy"),
        (["setup", "sender"] + sender + ["--account-policy", "aws/p"], "not beginning with aws/"),
        (["setup", "sender"] + sender + ["--log-group", "g", "--distribution", "fair"], "by-log-stream"),
        (["verify", "sender"] + sender, "--log-group"),
        (["verify", "all"] + recipient, "--log-group"),
        (["verify", "path"] + recipient + ["--wait", "0"], "1 to 3600"),
        (["teardown", "sender"] + sender, "--log-group"),
        (["policies"], "name"),
        (["policies", "everything"], "recipient-trust"),
        (["policies", "consumer"], "--config, or --stream"),
        (["policies", "recipient-permissions"], "--stream"),
        (["policies", "destination-access", "--destination", "d"], "--sender"),
        (["policies", "recipient-trust"], "--sender"),
        (["policies", "sender-trust", "--account", "12"], "twelve digits"),
    ])
    func isRefusedAsUsage(arguments: [String], saying what: String) async {
        let ending = await Tailrace.ending(of: arguments)
        #expect(ending.exitCode == .usage, "\(arguments)")
        #expect(ending.complaints.joined(separator: "\n").contains(what), "\(ending.complaints)")
    }
}
