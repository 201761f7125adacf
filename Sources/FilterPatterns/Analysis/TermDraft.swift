/// Lines made of a pattern's own terms.
enum TermDraft {
    private static let regexTextsMax = 8
    /// Of the optional terms one is enough; no more than this many are tried.
    private static let optionalTermsMax = 16
    /// The terms may exclude what stands between them.
    private static let separators = [" ", "_", ".", "\n", ""].map { Array($0.utf8) }
    static let plainLines = ["test event", "TEST", "event", "0", "."].map { Array($0.utf8) }

    static func drafts(_ pattern: TermPattern) -> [[UInt8]] {
        guard pattern.required.isEmpty, pattern.excluded.isEmpty else { return lines(pattern.required) + plainLines }
        return pattern.optional.prefix(optionalTermsMax).flatMap { lines([$0]) } + plainLines
    }

    /// Lines with all of `terms`. Expressions may be bound to a line's beginning or end, so they stand there.
    private static func lines(_ terms: [TermPattern.Term]) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        var expressions: [[[UInt8]]] = []
        for term in terms {
            switch term {
            case .text(let text): texts.append(text)
            case .regex(let regex): expressions.append(regex.texts(max: regexTextsMax))
            }
        }
        let choices = expressions.reduce([[]]) { choices, texts in
            choices.flatMap { choice in texts.map { choice + [$0] } }
        }
        return choices.flatMap { found in
            orders(of: found, around: texts).flatMap { parts in
                separators.map { Array(parts.joined(separator: $0)) }
            }
        }
    }

    /// `found` are texts of expressions: at most two, as a pattern may have no more.
    private static func orders(of found: [[UInt8]], around texts: [[UInt8]]) -> [[[UInt8]]] {
        // What one expression's text holds already need not come again: there may be no room for it.
        let missing = texts.filter { text in
            !found.contains { whole in whole.withUnsafeBufferPointer { $0.contains(text) } }
        }
        switch found.count {
        case 0: return [missing]
        case 1: return [found + missing, missing + found]
        default:
            let (first, last) = (found[0], found[1])
            return [[first], [last], [first] + missing + [last], [last] + missing + [first]]
        }
    }
}
