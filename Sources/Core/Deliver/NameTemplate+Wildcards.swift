extension NameTemplate {
    /// The template with `*` for what depends on the event, as policies and searches want it.
    package var wildcards: String {
        var pattern = ""
        for token in template.tokens {
            switch token.kind {
            case .character(let scalar): pattern.unicodeScalars.append(scalar)
            case .placeholder: if !pattern.hasSuffix("*") { pattern += "*" }
            }
        }
        return pattern
    }

    /// What every name begins with.
    package var fixedPrefix: String { String(wildcards.prefix { $0 != "*" }) }

    /// Whether all events go to one name.
    package var isFixed: Bool { !wildcards.contains("*") }
}
