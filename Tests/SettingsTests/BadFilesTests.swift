import Settings
import Testing

/// Every way to write a wrong file has its line, its key, what is wrong and what is allowed.
@Suite struct BadFilesTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let yaml: String
        let problems: [String]

        init(_ yaml: String, _ problems: String...) {
            self.yaml = yaml
            self.problems = problems
        }

        var testDescription: String { yaml }
    }

    @Test(arguments: shapes + streams + others + sinks + routes + rules)
    func isRefused(_ file: Case) {
        do throws(SettingsError) {
            _ = try TailraceSettings(yaml: file.yaml, file: "t.yaml")
            Issue.record("taken:\n\(file.yaml)")
        } catch {
            #expect(error.problems.map(\.description) == file.problems, Comment(rawValue: error.description))
        }
    }

    static let stream = "stream: {name: S}\n"
    static let sink = "\nsinks: {out: {stdout: {}}}"
}
