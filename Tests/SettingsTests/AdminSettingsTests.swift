import Settings
import Testing

@Suite struct AdminSettingsTests {
    private static func settings(_ yaml: String) throws -> TailraceSettings {
        try TailraceSettings(yaml: "stream: {name: S}\n" + yaml, file: "t.yaml")
    }

    @Test(arguments: [
        ("127.0.0.1:9600", "127.0.0.1", 9600), ("localhost:0", "localhost", 0), ("[::1]:65535", "::1", 65_535),
        ("10.0.0.7:80", "10.0.0.7", 80), ("admin.example-host.net:1", "admin.example-host.net", 1),
    ])
    func anAddressIsAHostAndAPort(text: String, host: String, port: Int) throws {
        let address = try #require(AdminAddress(text))
        #expect((address.host, address.port) == (host, port))
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", ":9600", "9600", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:-1", "::1:9600", "[]:1",
        "a b:1", "http://127.0.0.1:9600", "h\u{0}st:1", "user@host:1", "host/path:1", "127.0.0.1:9600 ", "größe:1",
    ])
    func nothingElseIs(text: String) { #expect(AdminAddress(text) == nil) }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("localhost", true), ("0.0.0.0", false),
        ("::", false), ("10.0.0.1", false), ("localhost.example.com", false),
    ])
    func onlyThisMachineReachesLoopback(host: String, isLoopback: Bool) {
        #expect(AdminAddress(host: host, port: 1).isLoopback == isLoopback)
    }

    @Test func itCanBeOff() throws {
        let admin = try Self.settings("admin: {listen: off}\nsinks: {a: {stdout: {}}}").admin
        #expect(admin.address == nil)
        #expect(admin.isChosen)
    }

    @Test func anEmptyMappingChoosesNothing() throws {
        let admin = try Self.settings("admin: {}\nsinks: {a: {stdout: {}}}").admin
        #expect(admin.address == .standard)
        #expect(!admin.isChosen)
    }

    /// What rests in a sink by intention is no standstill.
    @Test func stuckAfterIsLongerWhereEventsRestLong() throws {
        let sink = "sinks: {a: {log-group: {group: \"/{owner}{log-group}\", linger: 30s}}}\n"
        #expect(try Self.settings(sink).stuckAfter == .seconds(300))
        #expect(try Self.settings(sink + "stuck-after: 60s").stuckAfter == .seconds(60))
        #expect(try Self.settings(sink + "checkpoints: {interval: 4m}").stuckAfter == .seconds(480))
    }
}
