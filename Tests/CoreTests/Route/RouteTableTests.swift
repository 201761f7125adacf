import Core
import Testing

@Suite struct RouteTableTests {
    private let central: SinkName
    private let archive: SinkName
    private let trail = Origin(owner: "111111111111", logGroup: "/aws/cloudtrail/main", logStream: "s1")
    private let app = Origin(owner: "222222222222", logGroup: "/app", logStream: "s1")

    init() throws {
        central = try #require(SinkName("central"))
        archive = try #require(SinkName("archive"))
    }

    @Test func withoutRoutesEverySinkGetsEverything() throws {
        let table = try RouteTable(sinks: [central, archive], routes: [])
        #expect(table.sinks(for: app) == [SinkIndex(0), SinkIndex(1)])
    }

    @Test func theFirstMatchDecides() throws {
        let table = try RouteTable(
            sinks: [central, archive],
            routes: [
                Route(match: OriginPattern(logGroup: Glob("/aws/cloudtrail/*")), sinks: [archive, central, archive]),
                Route(match: OriginPattern(), sinks: [archive]),
            ])
        #expect(table.sinks(for: trail) == [SinkIndex(0), SinkIndex(1)])
        #expect(table.sinks(for: app) == [SinkIndex(1)])
    }

    @Test func whatNoRouteMatchesIsFiltered() throws {
        let table = try RouteTable(
            sinks: [central], routes: [Route(match: OriginPattern(owner: Glob("1*")), sinks: [central])])
        #expect(table.sinks(for: app) == [])
    }

    @Test(arguments: [
        (OriginPattern(), true),
        (OriginPattern(owner: Glob("111111111111")), true),
        (OriginPattern(owner: Glob("111111111111"), logGroup: Glob("/app")), false),
        (OriginPattern(owner: Glob("?11111111111"), logGroup: Glob("/aws/*"), logStream: Glob("s*")), true),
        (OriginPattern(logStream: Glob("s2")), false),
    ])
    func everyPatternOfAMatchMustHold(match: OriginPattern, holds: Bool) {
        #expect(match.matches(trail) == holds)
    }

    @Test func aSinkIsKnownAndNamedOnce() {
        #expect(throws: RouteTable.Invalid.repeatedSink(central)) {
            try RouteTable(sinks: [central, central], routes: [])
        }
        #expect(throws: RouteTable.Invalid.unknownSink(archive, route: 0)) {
            try RouteTable(sinks: [central], routes: [Route(match: OriginPattern(), sinks: [archive])])
        }
    }

    @Test(arguments: ["a", "A-b_9", String(repeating: "x", count: 64)])
    func aSinkMayBeCalled(_ text: String) { #expect(SinkName(text)?.text == text) }

    @Test(arguments: ["", "a b", "a.b", "é", "a/b", String(repeating: "x", count: 65)])
    func aSinkMayNotBeCalled(_ text: String) { #expect(SinkName(text) == nil) }
}
