/// Why a filter pattern is refused. The texts are AWS's, as far as they were seen.
enum FilterPatternFault: Error, Hashable, Sendable {
    /// A term that no rule begins: its text up to the character that fits nowhere.
    case invalidCharacters(String)
    /// Good words in an order that makes no sense.
    case malformed
    case unclosed(opening: String, closing: String)
    case badRegularExpression
    case tooManyRegularExpressions
    case tooManyWildcardsInSelector
    case tooManyWildcardSelectors
    case duplicateField(String)

    /// `subject` is what AWS calls the pattern where it came from: `filter pattern` or `metric filter pattern`.
    func message(subject: String) -> String {
        switch self {
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
