import Core

/// What lies in a files directory is for its sink alone: two sinks would cut and append each other's files, and a log
/// group can be called like the store.
///
/// Paths are compared as written. What links and `..` hide is for the lock in each directory to find.
struct DirectoryRules {
    let sinks: SinkList
    let checkpoints: CheckpointSettings
    let deadLetters: DeadLetterSettings

    func check(_ section: Section) {
        let directories = sinks.settings.compactMap { sink -> (name: SinkName, path: String)? in
            guard case .files(let files) = sink.kind else { return nil }
            return (sink.name, files.directory)
        }
        for (position, later) in directories.enumerated() {
            guard let field = sinks.field(later.name, "files", "directory") else { continue }
            for earlier in directories[..<position] where overlap(earlier.path, later.path) {
                field.problem(
                    "'\(later.path)' and \(earlier.name)'s '\(earlier.path)' overlap; allowed: a directory of its own")
            }
            checkOwnFiles(later.path, field)
        }
    }

    private func checkOwnFiles(_ directory: String, _ field: Field) {
        for (title, path) in [("checkpoints", checkpoints.sqlite), ("dead letters", deadLetters.directory)] {
            // No source's name leads to one that begins with a dot.
            guard let inside = path.parts.inside(directory.parts), inside.first?.hasPrefix(".") != true else {
                continue
            }
            field.problem("the \(title) ('\(path)') lie in '\(directory)'; allowed: a directory of its own")
        }
    }

    private func overlap(_ one: String, _ other: String) -> Bool {
        one.parts.inside(other.parts) != nil || other.parts.inside(one.parts) != nil
    }
}

extension String {
    /// `/var//log/./x/` is `["/", "var", "log", "x"]`.
    fileprivate var parts: [Substring] {
        (hasPrefix("/") ? ["/"] : []) + split(separator: "/").filter { $0 != "." }
    }
}

extension [Substring] {
    /// What follows `directory`; empty when it is the directory itself; `nil` when it lies elsewhere.
    fileprivate func inside(_ directory: [Substring]) -> ArraySlice<Substring>? {
        starts(with: directory) ? dropFirst(directory.count) : nil
    }
}
