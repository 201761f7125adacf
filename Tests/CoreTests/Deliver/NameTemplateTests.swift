import Core
import Testing

@Suite struct NameTemplateTests {
    private let at = Instant(milliseconds: 1_763_632_800_000)

    @Test(arguments: [
        ("/central/{owner}{log-group}", "/app", "/central/111111111111/app"),
        ("/central/{owner}{log-group}", "app", "/central/111111111111app"),
        ("/c/{date}/{year}/{month}/{day}/{hour}", "/app", "/c/2025-11-20/2025/11/20/10"),
        ("{log-group}", "/aws/lambda/x#1", "/aws/lambda/x#1"),
    ])
    func aGroupIsNamedAsWritten(source: String, logGroup: String, name: String) throws {
        let template = try NameTemplate(source, for: .logGroup)
        #expect(template.name(for: origin(logGroup, "s"), at: at) == name)
    }

    @Test(arguments: [
        ("{log-stream}", "2025/11/20/[$LATEST]0af", "2025/11/20/[$LATEST]0af"),
        ("{{{log-stream}}}", "日本", "{日本}"),
        ("{log-group}/{log-stream}", "s", "/app/s"),
    ])
    func aStreamIsNamedAsWritten(source: String, logStream: String, name: String) throws {
        let template = try NameTemplate(source, for: .logStream)
        #expect(template.name(for: origin("/app", logStream), at: at) == name)
    }

    @Test(arguments: [
        (NameTemplate.Kind.logGroup, "a:b", "a_b-" + StableHash("a:b".utf8).hex),
        (.logGroup, "aws/x", "_aws/x-" + StableHash("aws/x".utf8).hex),
        (.logGroup, "aws/\u{301}x", "_aws/_x-" + StableHash("aws/\u{301}x".utf8).hex),
        (.logGroup, "é", "_-" + StableHash("é".utf8).hex),
        (.logGroup, "", "-" + StableHash("".utf8).hex),
        (.logStream, "a:*b", "a__b-" + StableHash("a:*b".utf8).hex),
        (.logStream, "", "-" + StableHash("".utf8).hex),
    ])
    func whatAWSForbidsIsReplacedAndMarked(kind: NameTemplate.Kind, name: String, repaired: String) throws {
        let template = try NameTemplate(kind == .logGroup ? "{log-group}" : "{log-stream}", for: kind)
        #expect(template.name(for: origin(name, name), at: at) == repaired)
    }

    @Test func aLongNameIsCutToWhatAWSTakes() throws {
        let template = try NameTemplate("/central{log-group}", for: .logGroup)
        let longest = "/" + String(repeating: "g", count: 503)
        #expect(template.name(for: origin(longest, "s"), at: at) == "/central" + longest)

        let (one, two) = (longest + "1", longest + "2")
        let names = [one, two].map { template.name(for: origin($0, "s"), at: at) }
        #expect(Set(names).count == 2)
        #expect(names.allSatisfy { $0.utf16.count == 512 })
    }

    @Test func aLongNameIsCutBetweenCharacters() throws {
        let template = try NameTemplate("{log-stream}", for: .logStream)
        #expect(template.name(for: origin("g", String(repeating: "😀", count: 256)), at: at).utf16.count == 512)
        let cut = template.name(for: origin("g", String(repeating: "😀", count: 257)), at: at)
        #expect(cut.utf16.count == 511)  // 479 units of room hold 239 pairs
        #expect(cut.hasPrefix("😀😀"))
    }

    /// `a:b` becomes `a_b` with a hash, and a group that really is called `a_b` keeps its name.
    @Test func repairNeverMergesTwoSources() throws {
        let template = try NameTemplate("{log-group}", for: .logGroup)
        let names = ["a:b", "a*b", "a_b", "a b", "a\u{0}b", "aws/b", "_aws/b", ""].map {
            template.name(for: origin($0, "s"), at: at)
        }
        #expect(Set(names).count == names.count)
    }

    @Test(arguments: [
        (
            NameTemplate.Kind.logGroup, "/a b/{owner}",
            "character 3: the name of a log group may not contain ' '; allowed: letters, digits and . - _ / #"
        ),
        (.logGroup, "aws/{owner}", "character 1: AWS keeps names that begin with aws/ for itself; allowed: /aws/"),
        (
            .logStream, "{owner}:{log-stream}",
            "character 8: the name of a log stream may not contain ':'; allowed: anything but : and *"
        ),
    ])
    func whatCouldNeverBeANameIsRefused(kind: NameTemplate.Kind, source: String, text: String) {
        do throws(TemplateError) {
            _ = try NameTemplate(source, for: kind)
            Issue.record("taken: \(source)")
        } catch {
            #expect(error.description == text)
        }
    }

    private func origin(_ logGroup: String, _ logStream: String) -> Origin {
        Origin(owner: "111111111111", logGroup: logGroup, logStream: logStream)
    }
}
