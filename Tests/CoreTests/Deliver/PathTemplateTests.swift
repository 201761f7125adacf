import Core
import Testing

@Suite struct PathTemplateTests {
    private static let usual = "{owner}/{log-group}/{log-stream}/{date}.ndjson"
    private let at = Instant(milliseconds: 1_763_632_800_000)

    @Test(arguments: [
        ("/aws/lambda/x", "s1", "aws/lambda/x/s1"),
        ("app", "s1", "=app/s1"),
        ("/=app", "s1", "%3Dapp/s1"),
        ("=app", "s1", "=%3Dapp/s1"),
        ("/app", "2025/11/20/[$LATEST]0af", "app/2025%2F11%2F20%2F[$LATEST]0af"),
        ("../../etc", "..", "=%2E./%2E./etc/%2E."),
        ("//etc/", ".", "%_/etc/%_/%2E"),
        ("/", "/", "%_/%2F"),
        ("", "", "=%_/%_"),
        ("/a\u{0}b\n", " s ", "a%00b%0A/%20s%20"),
        ("/100%", "%2F", "100%25/%252F"),
        ("/-rf", "a-b=c.d e", "%2Drf/a-b=c.d e"),
        ("/é", "e\u{301}", "%C3%A9/e%CC%81"),
        ("/x.ndjson", "2025-11-20.ndjson", "x%2Endjson/2025-11-20%2Endjson"),
        ("/.ndjson", "ndjson", "%2Endjson/ndjson"),
    ])
    func namesStayReadableAndInside(logGroup: String, logStream: String, path: String) throws {
        let origin = Origin(owner: "111", logGroup: logGroup, logStream: logStream)
        #expect(try PathTemplate(Self.usual).path(for: origin, at: at).text == "111/\(path)/2025-11-20.ndjson")
    }

    @Test(arguments: [
        ("{log-group}.log", "/a/b", "a/b.log"),
        ("{log-group}.log", "/a.log/b", "a%2Elog/b.log"),
        ("all/{year}/{month}/{day}/{hour}.log", "/a", "all/2025/11/20/10.log"),
        ("größe-{owner}/{{x}}.log", "/a", "größe-111/{x}.log"),
    ])
    func anyTemplateMayBeUsed(source: String, logGroup: String, path: String) throws {
        let origin = Origin(owner: "111", logGroup: logGroup, logStream: "s")
        #expect(try PathTemplate(source).path(for: origin, at: at).text == path)
    }

    @Test func aLongPartIsCutAndMarked() throws {
        let template = try PathTemplate("{log-stream}.ndjson")
        func path(_ logStream: String) -> String {
            template.path(for: Origin(owner: "1", logGroup: "/g", logStream: logStream), at: at).text
        }
        let longest = String(repeating: "s", count: 223 - 7)
        #expect(path(longest) == longest + ".ndjson")
        let cut = path(longest + "s")
        #expect(
            cut == String(repeating: "s", count: 182) + "%~" + StableHash("\(longest)s.ndjson".utf8).hex + ".ndjson")
        #expect(cut.utf8.count == 223)
        #expect(path(longest + "t") != cut)
        // 182 bytes hold 60 escapes; the two bytes of a 61st are left out.
        #expect(path(String(repeating: "\u{1}", count: 300)).utf8.count == 221)
    }

    @Test func aPathThatIsTooLongEndsInAHashWhereRoomEnds() throws {
        let template = try PathTemplate(Self.usual)
        let groups = ["x", "y"].map { String(repeating: "/0123456789", count: 1000) + $0 }
        let paths = groups.map { template.path(for: Origin(owner: "1", logGroup: $0, logStream: "s"), at: at) }
        #expect(paths.allSatisfy { $0.text.utf8.count <= 2048 && SafePath($0.text) != nil })
        #expect(paths[0] != paths[1])
        #expect(paths[0].text.hasPrefix("1/0123456789/"))
        #expect(paths[0].text.hasSuffix(".ndjson"))
    }

    @Test(arguments: [
        (usual, true), ("{log-stream}/{owner}/x{log-group}y/{hour}.log", true),
        ("{log-group}/{owner}/{log-stream}.log", true),
        ("{owner}/{log-group}/{date}.ndjson", false), ("all.ndjson", false),
        ("{owner}-{log-group}/{log-stream}.log", false), ("{owner}/{log-group}-{log-stream}.log", false),
        ("{owner}-{log-group}/{owner}/{log-group}/{log-stream}.log", true),
    ])
    func tellsWhetherSourcesStayApart(source: String, distinguishes: Bool) throws {
        #expect(try PathTemplate(source).distinguishesSources == distinguishes)
    }

    private static let noEmptyParts = "a path is relative to the directory and has no empty parts: remove this '/'"
    private static let noExtension = "a path must end in an extension of 1 to 15 bytes, such as .ndjson"

    @Test(arguments: [
        ("/var/{owner}.log", "character 1: \(noEmptyParts)"),
        ("{owner}//x.log", "character 9: \(noEmptyParts)"),
        ("{owner}.log/", "character 12: \(noEmptyParts)"),
        ("../{owner}.log", dot(1)), ("a/./{owner}.log", dot(3)), ("{owner}/.log", dot(9)),
        ("%Y/{owner}.log", "character 1: a path may not contain '%', which marks encoded characters"),
        ("a\u{0}/{owner}.log", "character 2: a path may not contain control characters"),
        ("{owner}/{date}", "character 9: \(noExtension)"),
        ("{owner}/a", "character 9: \(noExtension)"),
        ("{owner}/a.", "character 10: \(noExtension)"),
        ("{owner}/a.ndjson{date}", "character 17: \(noExtension)"),
        ("a.0123456789abcdef", "character 18: \(noExtension)"),
        ("{grp}.log", "character 1: no placeholder {grp}; allowed: \(everyPlaceholder)"),
    ])
    func aWrongTemplateSaysWhere(source: String, text: String) {
        do throws(TemplateError) {
            _ = try PathTemplate(source)
            Issue.record("taken: \(source)")
        } catch {
            #expect(error.description == text)
        }
    }

    private static let everyPlaceholder = "{owner} {log-group} {log-stream} {date} {year} {month} {day} {hour}"

    private static func dot(_ column: Int) -> String {
        "character \(column): no part of a path may begin with '.': such names are kept for Tailrace's own files"
    }
}

@Suite struct SafePathTests {
    @Test(arguments: ["a", "a/b.ndjson", "a b/%2E./=c", "größe/x.log"])
    func isSafe(_ text: String) { #expect(SafePath(text)?.text == text) }

    @Test(arguments: [
        "", "/a", "a/", "a//b", ".", "..", "a/../b", "a/.lock", "a\u{0}", "a\nb", "a\u{7f}",
        String(repeating: "a", count: 224), String(repeating: "a/", count: 1024) + "b",
    ])
    func isNotSafe(_ text: String) { #expect(SafePath(text) == nil) }

    @Test func whatLooksAlikeIsNotTheSameFile() {
        #expect(SafePath("\u{e9}") != SafePath("e\u{301}"))
    }
}
