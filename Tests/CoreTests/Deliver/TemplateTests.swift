import Core
import Testing

@Suite struct TemplateTests {
    private static let allowed =
        "allowed: {owner} {log-group} {log-stream} {date} {year} {month} {day} {hour}"

    @Test(arguments: [
        ("", "character 1: a template may not be empty"),
        ("{group}", "character 1: no placeholder {group}; \(allowed)"),
        ("ä/{Owner}", "character 3: no placeholder {Owner}; \(allowed)"),
        ("{}", "character 1: no placeholder {}; \(allowed)"),
        ("a{owner", "character 2: '{' is never closed; the character is written '{{'"),
        ("a}b", "character 2: '}' opens nothing; the character is written '}}'"),
        ("{owner}}", "character 8: '}' opens nothing; the character is written '}}'"),
        (String(repeating: "a", count: 1025), "character 1: a template may have 1024 bytes at most"),
    ])
    func aWrongTemplateSaysWhere(source: String, text: String) {
        do throws(TemplateError) {
            _ = try Template(source)
            Issue.record("taken: \(source)")
        } catch {
            #expect(error.description == text)
        }
    }

    @Test(arguments: [
        ("{owner}{log-group}", 0, 0),
        ("{owner}/{year}", 20_412, 20_413),
        ("{date}", 20_412, 20_413),
        ("{date}T{hour}", 489_909, 489_912),
    ])
    func aPeriodIsAsLongAsTheTextStays(source: String, before: Int64, after: Int64) throws {
        let template = try Template(source)
        #expect(template.period(of: Instant(milliseconds: 1_763_675_999_999)) == before)
        #expect(template.period(of: Instant(milliseconds: 1_763_683_200_000)) == after)
    }
}
