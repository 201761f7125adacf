import Testing

@testable import HTTPClient

@Suite struct ConnectionTrustTests {
    private let continuous = ContinuousClock.now
    private let suspending = SuspendingClock.now
    private let longest = Duration.seconds(180)

    @Test func withoutAReasonOnlyAgeCounts() throws {
        var trust = ConnectionTrust(continuous: continuous, suspending: suspending)
        trust.notice(continuous: continuous + .seconds(1000), suspending: suspending + .seconds(999))
        let endpoint = try Endpoint(url: "https://a")
        #expect(trust.lifetime(for: endpoint, atMost: longest, now: suspending) == .seconds(180))
    }

    /// A connection's age is libcurl's, in seconds without their fraction.
    @Test(arguments: [0, 0.5, 1, 1.9, 2, 2.5, 3, 10.2, 100, 180, 500])
    func afterATimeoutNoOlderConnectionServes(seconds: Double) throws {
        var trust = ConnectionTrust(continuous: continuous, suspending: suspending)
        let endpoint = try Endpoint(url: "https://a")
        trust.distrust(endpoint, now: suspending)
        let now = suspending + .seconds(seconds)
        switch trust.lifetime(for: endpoint, atMost: longest, now: now) {
        case .fresh: #expect(seconds < 2)
        case .seconds(let limit):
            #expect((1...180).contains(limit))
            #expect(seconds > 180 || Int(seconds + 0.001) > limit)
        }
        let other = try Endpoint(url: "https://b")
        #expect(trust.lifetime(for: other, atMost: longest, now: now) == .seconds(180))
    }

    @Test func afterASleepNoOlderConnectionServes() throws {
        var trust = ConnectionTrust(continuous: continuous, suspending: suspending)
        trust.notice(continuous: continuous + .seconds(10), suspending: suspending + .seconds(10))
        trust.notice(continuous: continuous + .seconds(3600), suspending: suspending + .seconds(11))
        let endpoint = try Endpoint(url: "https://a")
        #expect(trust.lifetime(for: endpoint, atMost: longest, now: suspending + .seconds(11)) == .fresh)
        trust.notice(continuous: continuous + .seconds(3620), suspending: suspending + .seconds(31))
        #expect(trust.lifetime(for: endpoint, atMost: longest, now: suspending + .seconds(31)) == .seconds(19))
    }

    /// The clock that `validFor` counts by runs on while the machine sleeps; the other does not.
    @Test func theTwoClocksRunAlikeWhileAwake() async throws {
        try await Task.sleep(for: .milliseconds(20))
        let difference = (ContinuousClock.now - continuous) - (SuspendingClock.now - suspending)
        #expect(abs(difference / .seconds(1)) < 1)
    }
}
