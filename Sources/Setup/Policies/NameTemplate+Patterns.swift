package import Core

extension NameTemplate {
    /// Patterns, with `*` and `?` as in policies, that between them match every name this template can give.
    ///
    /// One with `*` for each placeholder. A second where a name that was repaired would not match that: such a name
    /// ends in a hash, and of what follows the first placeholder nothing need be left, because it may have been cut.
    package var patterns: [String] {
        // A brace is part of no group's name, and of a stream's only where it was doubled, where * stands for it too.
        let parts = template.source.split(separator: /\{+[^{}]*\}+/, omittingEmptySubsequences: false)
        guard parts.count > 1 else { return [template.source] }
        let usual = parts.joined(separator: "*").replacing(/\*+/, with: "*")
        // What would begin like AWS's own names gets another character in front of it.
        let prefix = "aws/".hasPrefix(parts[0]) ? "" : parts[0]
        return usual == "\(prefix)*" ? [usual] : [usual, "\(prefix)*-\(Self.anyHash)"]
    }

    private static let anyHash = String(repeating: "?", count: StableHash.hexDigits)

    /// What every name begins with.
    var fixedPrefix: String {
        patterns.map { pattern in String(pattern.prefix { $0 != "*" }) }.min { $0.count < $1.count } ?? ""
    }

    /// Whether there are several names.
    var dependsOnEvent: Bool { patterns[0].contains("*") }
}
