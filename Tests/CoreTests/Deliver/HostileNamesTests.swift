import Core
import Testing

/// Two sources never share a file, and no file stands where another needs a directory, whatever senders call things.
@Suite struct HostileNamesTests {
    private static let templates = [
        "{owner}/{log-group}/{log-stream}/{date}.ndjson",
        "{log-group}/{owner}/{log-stream}.ndjson",
        "{log-stream}/x{log-group}y/{owner}.ndjson",
        "{owner}/{log-stream}/{log-group}.ndjson",
    ]

    @Test(arguments: templates)
    func everyShortNameBesideEveryShorterOne(source: String) throws {
        let letters = ["/", ".", "%", "=", "a", " "]
        let like = ["a.ndjson", ".ndjson", "2025-11-20.ndjson", "%2F"]
        let (long, short) = (words(of: letters, upTo: 3) + like, words(of: letters, upTo: 1) + like)
        var files = Files(template: try PathTemplate(source))
        for one in long {
            for other in short {
                files.add(Origin(owner: "1", logGroup: one, logStream: other))
                files.add(Origin(owner: "1", logGroup: other, logStream: one))
            }
        }
        #expect(files.faults == [])
    }

    @Test(arguments: templates, UInt64(1)...4)
    func randomNames(source: String, seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        var files = Files(template: try PathTemplate(source))
        for _ in 0..<500 {
            files.add(Origin(owner: name(&random), logGroup: name(&random), logStream: name(&random)))
        }
        #expect(files.faults == [], "seed \(seed)")
    }

    private static let pieces = [
        "/", "//", "a", "b", ".", "..", "../", "%", "%2F", "%2E", "%_", "%~", "=", "-", " ", "\u{0}", "\n", "\u{7f}",
        "\\", "~",
        "é", "e\u{301}", "日本", "\u{202e}", ".ndjson", "2025-11-20", "2025-11-20.ndjson", "1970-01-01.ndjson", "A",
        String(repeating: "x", count: 200), String(repeating: "y/", count: 700),
    ]

    private func name(_ random: inout SplitMix) -> String {
        (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
            .joined()
    }

    private func words(of letters: [String], upTo count: Int) -> [String] {
        var (all, longest) = ([""], [""])
        for _ in 0..<count {
            longest = longest.flatMap { word in letters.map { word + $0 } }
            all += longest
        }
        return all
    }
}

/// The files that some origins lead to, and what is wrong with them.
private struct Files {
    let template: PathTemplate
    private var owners: [SafePath: [[UInt8]]] = [:]
    private var directories: Set<String> = []
    private(set) var faults: [String] = []

    init(template: PathTemplate) { self.template = template }

    mutating func add(_ origin: Origin) {
        let path = template.path(for: origin, at: Instant(milliseconds: 1_763_632_800_000))
        let source = [origin.owner, origin.logGroup, origin.logStream].map { Array($0.utf8) }
        if let other = owners.updateValue(source, forKey: path), other != source { note("shared: \(path)") }
        if SafePath(path.text) == nil { note("unsafe: \(path)") }
        if !path.text.hasSuffix(template.fileExtension) { note("no extension: \(path)") }
        var directory = path.text[...]
        while let slash = directory.lastIndex(of: "/") {
            directory = directory[..<slash]
            guard directories.insert(String(directory)).inserted else { break }
            if directory.hasSuffix(template.fileExtension) { note("a directory like a file: \(directory)") }
        }
    }

    private mutating func note(_ fault: String) { if faults.count < 5 { faults.append(fault) } }
}
