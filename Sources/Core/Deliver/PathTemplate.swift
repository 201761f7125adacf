/// A template for the file a log event goes to, relative to the sink's directory.
///
/// Senders choose names, so what it renders is always a `SafePath`, and each name stays readable and distinct:
///
/// - What is not printable ASCII, `%`, a part's first `.`, `-` or `=`, and outer spaces become `%XX` per UTF-8 byte.
///   A file system that normalises names thus changes nothing. Case counts: `App` and `app` are two files on Linux, but
///   would be one where the file system ignores case.
/// - `{log-group}` makes directories: `/aws/lambda/x` gives `aws/lambda/x`, and `app`, which lacks the leading slash,
///   `=app`. In `{owner}` and `{log-stream}` a slash becomes `%2F`. An empty part becomes `%_`.
/// - A directory whose name ends like the files (`.ndjson`) has that dot encoded: no file is ever needed as a directory.
/// - What is too long is cut and marked `%~` with the hash of the whole.
///
/// `%` is followed by two digits, `_` or `~` and by nothing else, so the text can be read back: two sources share a file
/// only if the template says so (see `distinguishesSources`).
package struct PathTemplate: Hashable, Sendable {
    /// Of the text after the last dot, the dot included: what the files' names end in.
    package static let extensionBytesMax = 16

    package let template: Template
    /// `.ndjson`, as the template ends.
    package let fileExtension: String
    /// Whether any two sources get two files: `{owner}`, `{log-group}` and `{log-stream}` all stand in the template,
    /// each somewhere in a part of its own.
    package let distinguishesSources: Bool

    package init(_ source: String) throws(TemplateError) {
        let template = try Template(source)
        let parts = try PathTemplateRules.parts(of: template)
        self.template = template
        fileExtension = try PathTemplateRules.fileExtension(of: parts)
        distinguishesSources = PathTemplateRules.distinguishesSources(parts)
    }

    package func path(for origin: Origin, at timestamp: Instant) -> SafePath {
        var path = PathEncoder(fileExtension: fileExtension)
        let date = UTCDate(timestamp)
        for token in template.tokens {
            switch token.kind {
            case .character("/"): path.beginPart()
            case .character(let scalar): path.append(literal: scalar)
            case .placeholder(.logGroup): path.append(directories: origin.logGroup)
            case .placeholder(let placeholder): path.append(value: Template.text(for: placeholder, origin, date))
            }
        }
        return path.finished()
    }
}

/// What a template for paths must keep to, besides the grammar of templates.
private enum PathTemplateRules {
    typealias Part = ArraySlice<Template.Token>

    static func parts(of template: Template) throws(TemplateError) -> [Part] {
        for token in template.tokens {
            guard case .character(let scalar) = token.kind else { continue }
            if scalar == "%" {
                throw TemplateError(column: token.column, "a path may not contain '%', which marks encoded characters")
            }
            if scalar.value < 0x20 || scalar.value == 0x7F {
                throw TemplateError(column: token.column, "a path may not contain control characters")
            }
        }
        let parts = template.tokens.split(omittingEmptySubsequences: false) { $0.kind == .character("/") }
        for part in parts { try check(part, in: template) }
        return parts
    }

    private static func check(_ part: Part, in template: Template) throws(TemplateError) {
        guard let first = part.first else {
            let column = part.startIndex < template.tokens.endIndex ? template.tokens[part.startIndex].column : nil
            throw TemplateError(
                column: column ?? template.source.unicodeScalars.count,
                "a path is relative to the directory and has no empty parts: remove this '/'")
        }
        if first.kind == .character(".") {
            throw TemplateError(
                column: first.column,
                "no part of a path may begin with '.': such names are kept for Tailrace's own files")
        }
    }

    static func fileExtension(of parts: [Part]) throws(TemplateError) -> String {
        var letters: [Unicode.Scalar] = []
        for token in parts.last?.reversed() ?? [] {
            guard case .character(let scalar) = token.kind else { break }
            letters.insert(scalar, at: 0)
            guard scalar == "." else { continue }
            let text = String(String.UnicodeScalarView(letters))
            guard (2...PathTemplate.extensionBytesMax).contains(text.utf8.count) else { break }
            return text
        }
        throw TemplateError(
            column: parts.last?.last?.column ?? 1,
            "a path must end in an extension of 1 to \(PathTemplate.extensionBytesMax - 1) bytes, such as .ndjson")
    }

    /// `{owner}-{log-stream}` in one part could be split in two ways; between slashes a name can be read back.
    static func distinguishesSources(_ parts: [Part]) -> Bool {
        var alone: Set<Template.Placeholder> = []
        for part in parts {
            let sources = part.compactMap { token -> Template.Placeholder? in
                guard case .placeholder(let placeholder) = token.kind else { return nil }
                return Template.sources.contains(placeholder) ? placeholder : nil
            }
            if sources.count == 1 { alone.formUnion(sources) }
        }
        return alone == Template.sources
    }
}
