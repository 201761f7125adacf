import Testing

@testable import FilterPatterns

@Suite struct ObstacleTests {
    private static let trail = [
        #"{"eventName":"ConsoleLogin","userIdentity":{"type":"IAMUser"},"mfa":true,"tags":["a"],"count":"3"}"#,
        #"{"eventName":"DeleteTrail","userIdentity":{"type":"Root"},"mfa":false,"tags":["b"],"count":"4"}"#,
        "plain text between them",
    ]

    @Test(arguments: [
        (#"{ $.errorCode = "x" }"#, [absent("$.errorCode", #"$.errorCode = "x""#)]),
        ("{ $.errorCode IS NULL }", [absent("$.errorCode", "$.errorCode IS NULL")]),
        ("{ $.latency > 100 }", [absent("$.latency", "$.latency > 100")]),
        (#"{ $.eventname = "DeleteTrail" }"#, [absent("$.eventname", #"$.eventname = "DeleteTrail""#)]),
        ("{ $.userIdentity.arn = *root }", [absent("$.userIdentity.arn", #"$.userIdentity.arn = "*root""#)]),
        ("{ $.errorCode = %^Access% }", [absent("$.errorCode", "$.errorCode = %^Access%")]),
        (
            "{ $.a = 1 && $.eventName = DeleteTrail && $['b c'] = 2 && $.a = 1 }",
            [absent("$.a", "$.a = 1"), absent("$['b c']", "$['b c'] = 2")]
        ),
        ("{ $.a = 1 || $.b[*] = 2 }", [absent("$.a", "$.a = 1"), absent("$.b[*]", "$.b[*] = 2")]),
    ])
    func membersThatAreNowhere(pattern: String, obstacles: [Obstacle]) throws {
        #expect(try FilterPattern(pattern).obstacles(in: Self.trail) == obstacles)
    }

    /// What differs between messages may be different tomorrow.
    @Test(arguments: [
        (#"{ $.eventName = "CreateTrail" }"#), (#"{ $.a = 1 || $.eventName = "CreateTrail" }"#), "{ $.mfa NOT EXISTS }",
        (#"{ ($.a = 1 || $.eventName = "x") && $.userIdentity.type = "Root" }"#), "{ $.mfa IS NULL }", "absent",
        "-a -e",
        "[a = 1, b]",
    ])
    func valuesAreNoObstacles(pattern: String) throws {
        #expect(try FilterPattern(pattern).obstacles(in: Self.trail) == [])
    }

    @Test(arguments: [
        (
            #"{ $.errorCode != "x" }"#, #"$.errorCode != "x""#,
            #"{ ($.errorCode NOT EXISTS) || ($.errorCode != "x") }"#
        ),
        (
            #"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy != "aws" }"#,
            #"$.userIdentity.invokedBy != "aws""#,
            #"{ ($.userIdentity.type = "Root") && (($.userIdentity.invokedBy NOT EXISTS) || "#
                + #"($.userIdentity.invokedBy != "aws")) }"#
        ),
        (#"{ $.v != "a\"b\\" }"#, #"$.v != "a\"b\\""#, #"{ ($.v NOT EXISTS) || ($.v != "a\"b\\") }"#),
        ("{ $.v != %a\\.b% }", "$.v != %a\\.b%", "{ ($.v NOT EXISTS) || ($.v != %a\\.b%) }"),
    ])
    func unequalToWhatIsNotThere(pattern: String, test: String, instead: String) throws {
        let obstacles = try FilterPattern(pattern).obstacles(in: Self.trail)
        let selector = String(test.prefix { $0 != " " })
        #expect(obstacles == [.unequalToAbsentMember(selector: selector, test: test, instead: instead)])
        #expect(try FilterPattern(instead).obstacles(in: Self.trail) == [])
        #expect(Self.trail.contains(where: try FilterPattern(instead).matches))
    }

    /// What AWS would refuse is not proposed: then the part is, and how to write the whole is left to people.
    @Test func whatIsProposedCanBeWritten() throws {
        let obstacles = try FilterPattern("{ $.a[*] != 1 && $.b[*] != 2 }").obstacles(in: ["{}"])
        #expect(
            obstacles == [
                .unequalToAbsentMember(
                    selector: "$.a[*]", test: "$.a[*] != 1", instead: "($.a[*] NOT EXISTS) || ($.a[*] != 1)"),
                .unequalToAbsentMember(
                    selector: "$.b[*]", test: "$.b[*] != 2", instead: "($.b[*] NOT EXISTS) || ($.b[*] != 2)"),
            ])
    }

    @Test func whatIsProposedIsNotTooLong() throws {
        let test = "$.a != \"\(String(repeating: "x", count: 1000))\""
        #expect(
            try FilterPattern("{ \(test) }").obstacles(in: ["{}"]) == [
                .unequalToAbsentMember(selector: "$.a", test: test, instead: "($.a NOT EXISTS) || (\(test))")
            ])
    }

    /// One value that compares is enough, wherever it is among those that a wildcard selects.
    @Test func allThatAWildcardSelectsIsLookedAt() throws {
        let pattern = try FilterPattern("{ $.v[*] = 2 }")
        #expect(pattern.obstacles(in: [#"{"v":[true,1]}"#]) == [])
        #expect(
            pattern.obstacles(in: [#"{"v":[[2]]}"#]) == [
                .incomparable(selector: "$.v[*]", test: "$.v[*] = 2", found: [.array], instead: nil)
            ])
    }

    @Test(arguments: [
        ("{ $.mfa = true }", [Obstacle.Found.boolean], "$.mfa IS TRUE, or $.mfa IS FALSE"),
        ("{ $.tags = b }", [.array], #"$.tags[*] = "b""#), ("{ $.userIdentity = Root }", [.object], nil),
        ("{ $.count > 2 }", [.string], nil),
    ])
    func valuesThatDoNotCompare(pattern: String, found: [Obstacle.Found], instead: String?) throws {
        let obstacles = try FilterPattern(pattern).obstacles(in: Self.trail)
        guard case .incomparable(_, _, Set(found), instead)? = obstacles.first, obstacles.count == 1 else {
            Issue.record("\(obstacles)")
            return
        }
    }

    @Test func noMessageIsJSON() throws {
        let pattern = try FilterPattern("{ $.v = 1 }")
        #expect(pattern.obstacles(in: ["plain", "[{\"v\":1}]", "{broken"]) == [.noObjects])
        #expect(pattern.obstacles(in: ["plain", #"{"v":2}"#]) == [])
    }

    @Test(arguments: [
        ("[a, b, c]", ["x", "x y"], Obstacle.tooFewFields(named: 3, most: 2)),
        ("[a, ..., b, c]", ["x", #""x y" [z z]"#], .tooFewFields(named: 3, most: 2)),
        ("[a, b > 1000]", ["x 1534 extra"], .restInLastField(named: 2, instead: "[a, b > 1000, ...]")),
    ])
    func fields(pattern: String, lines: [String], obstacle: Obstacle) throws {
        #expect(try FilterPattern(pattern).obstacles(in: lines) == [obstacle])
        if case .restInLastField(_, let instead) = obstacle {
            #expect(lines.contains(where: try FilterPattern(instead).matches))
        }
    }

    @Test(arguments: [
        ("[a, b > 1000]", ["x 12 extra", "x 13"]), ("[a, ..., b = 1]", ["x y 2"]), ("[a, b = 1]", ["x 2"]),
        ("[a, b, c]", ["x", "x y z"]),
        ("{ $.v != 1 }", [#"{"v":2}"#, "{}"]), ("{ $.v = 1 }", []), ("[a, b]", []),
    ])
    func noObstacle(pattern: String, messages: [String]) throws {
        #expect(try FilterPattern(pattern).obstacles(in: messages) == [])
    }

    @Test func whatPeopleRead() throws {
        let unequal = try FilterPattern(#"{ $.errorCode != "x" }"#).obstacles(in: Self.trail)
        #expect(
            unequal.map(\.description) == [
                #"$.errorCode != "x" never holds: no message has $.errorCode, and what is not there is neither equal "#
                    + "nor unequal to anything; to match such messages too write "
                    + #"{ ($.errorCode NOT EXISTS) || ($.errorCode != "x") }"#
            ])
        let boolean = try FilterPattern("{ $.mfa = true }").obstacles(in: Self.trail)
        #expect(
            boolean.map(\.description) == [
                #"$.mfa = "true" never holds: in the messages $.mfa is true or false, and only numbers and strings "#
                    + "are equal or unequal to others; write $.mfa IS TRUE, or $.mfa IS FALSE"
            ])
        #expect(
            Obstacle.tooFewFields(named: 1, most: 0).description.hasPrefix("the pattern names 1 field, and no message"))
    }

    private static func absent(_ selector: String, _ test: String) -> Obstacle {
        .absentMember(selector: selector, test: test)
    }
}
