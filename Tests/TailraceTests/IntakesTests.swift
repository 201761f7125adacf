import Core
import Testing

@testable import tailrace

/// A sink's rule changes exactly when a record may have other events for it.
@Suite struct IntakesTests {
    private func rule(_ routes: (logGroup: String, to: [String])...) throws -> String {
        let archive = try #require(SinkName("archive"))
        return Intakes.rule(
            for: archive,
            try routes.map { route in
                Route(
                    match: OriginPattern(logGroup: Glob(route.logGroup)),
                    sinks: try route.to.map { try #require(SinkName($0)) })
            })
    }

    @Test func aRouteThatTakesMoreOrLessChangesIt() throws {
        let now = try rule(("/aws/*", ["central"]), ("*", ["archive"]))
        #expect(try rule(("/aws/*", ["central"]), ("*", ["archive"])) == now)
        #expect(try rule(("/aws/*", ["central", "archive"]), ("*", ["archive"])) != now)
        #expect(try rule(("*", ["archive"])) != now)
        #expect(try rule(("/aws/x*", ["central"]), ("*", ["archive"])) != now)
        #expect(try rule(("*", ["archive"]), ("/aws/*", ["central"])) != now)
        #expect(try rule() != now)
    }

    @Test func whatIsNoneOfItsBusinessDoesNot() throws {
        let now = try rule(("/aws/*", ["central"]), ("*", ["archive"]))
        #expect(try rule(("/aws/*", ["console"]), ("*", ["archive"])) == now)
        #expect(try rule(("/aws/*", ["central"]), ("*", ["archive", "console"]), ("/late", ["console"])) == now)
    }
}
