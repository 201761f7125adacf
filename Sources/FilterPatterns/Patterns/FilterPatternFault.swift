/// Why a filter pattern is refused. The texts are AWS's, as far as they were seen.
///
/// As a text it is what PutSubscriptionFilter says, or probably says.
package enum FilterPatternFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// More characters than a pattern may have.
    case tooLong
    /// A term that no rule begins: its text up to the character that fits nowhere.
    case invalidCharacters(String)
    /// Good words in an order that makes no sense.
    case malformed
    /// A pattern that begins with `opening` and does not end with `closing`.
    case unclosed(opening: String, closing: String)
    /// An expression outside AWS's small language, or one that unfolds to too much.
    case badRegularExpression
    /// More than `FilterPattern.regularExpressionsMax`.
    case tooManyRegularExpressions
    /// More than one `*` in one selector.
    case tooManyWildcardsInSelector
    /// More selectors with a `*` than one pattern may have.
    case tooManyWildcardSelectors
    /// Two fields of one name, or a second `...`.
    case duplicateField(String)

    package var description: String { message(subject: "filter pattern") }

    /// `subject` is what AWS calls the pattern where it came from: `filter pattern` or `metric filter pattern`.
    package func message(subject: String) -> String {
        switch self {
        case .tooLong: "Member must have length less than or equal to \(FilterPattern.charactersMax)"
        case .invalidCharacters(let term): "Invalid character(s) in term '\(term)'"
        case .malformed: "Invalid \(subject)"
        case .unclosed(let opening, let closing):
            "If a filter pattern starts with '\(opening)' it must end with '\(closing)'"
        case .badRegularExpression: "Failed to compile regular expression."
        case .tooManyRegularExpressions:
            "Your input has exceeded the maximum of \(FilterPattern.regularExpressionsMax) regular expressions per "
                + "filter pattern."
        case .tooManyWildcardsInSelector:
            "Your filter pattern has a JSON path selector that exceeds the maximum of \(JSONSelector.wildcardsMax) "
                + "wildcard allowed per json selector."
        case .tooManyWildcardSelectors:
            "Your input has exceeded the maximum of \(JSONPatternParser.wildcardSelectorsMax) JSON wildcard selectors "
                + "allowed per filter pattern."
        case .duplicateField(let name): "Duplicate field '\(name)'"
        }
    }
}
