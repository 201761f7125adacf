/// What is measured.
enum Section: String, CaseIterable {
    case decode, writers, scaling, allocations, page, pipeline, write
}

/// The command line: a section, corpora by name, and options.
struct Arguments {
    private(set) var section = Section.decode
    /// Made corpora that were asked for by name.
    private(set) var named: [MadeCorpus] = []
    private(set) var files: [String] = []
    private(set) var json = false
    private(set) var effort = Effort.usual
    /// The program that `pipeline` measures.
    private(set) var tailrace = ".build/release/tailrace"
    /// Where `write` writes.
    private(set) var directory = "."

    init(_ words: some Sequence<String>) throws(UsageFailure) {
        var rest = Array(words)[...]
        if let first = rest.first, let section = Section(rawValue: first) {
            self.section = section
            rest = rest.dropFirst()
        }
        if section == .write { directory = try Self.value("a directory", of: "write", from: &rest) }
        while let word = rest.popFirst() {
            switch word {
            case "--json": json = true
            case "--quick": effort = .quick
            case "--corpus": files.append(try Self.value("a file", of: word, from: &rest))
            case "--tailrace": tailrace = try Self.value("a file", of: word, from: &rest)
            default: named.append(try Self.corpus(word))
            }
        }
    }

    private static func value(
        _ what: String, of word: String, from rest: inout ArraySlice<String>
    ) throws(UsageFailure) -> String {
        guard let value = rest.popFirst(), !value.hasPrefix("-") else { throw UsageFailure("\(word) wants \(what)") }
        return value
    }

    private static func corpus(_ word: String) throws(UsageFailure) -> MadeCorpus {
        guard let corpus = MadeCorpus(rawValue: word) else {
            let names = MadeCorpus.allCases.map(\.rawValue).joined(separator: ", ")
            throw UsageFailure("'\(word)' is no section, corpus or option; corpora: \(names). See --help.")
        }
        return corpus
    }

    /// Files and named corpora; when there are neither, `usual`.
    func corpora(orElse usual: [MadeCorpus], startMilliseconds: Int = LogTime.usualStart) throws -> [Corpus] {
        let made = named.isEmpty && files.isEmpty ? usual : named
        return try made.map { try $0.make(textBytes: effort.textBytes, startMilliseconds: startMilliseconds) }
            + files.map { try CorpusFile.read($0) }
    }
}

/// The command line cannot be understood.
struct UsageFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
