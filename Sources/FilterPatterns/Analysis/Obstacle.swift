/// Why a filter pattern, though AWS takes it, matches none of some messages and none like them.
///
/// As a text it says what stands in the way, and what to write instead.
package enum Obstacle: Hashable, Sendable {
    /// A `{…}` pattern, and no message is one JSON object.
    case noObjects
    /// `test` looks at `selector`, which no message has, and the pattern needs the test.
    case absentMember(selector: String, test: String)
    /// The same with `!=`, which people expect to be true then. `instead` is the pattern with it made so.
    case unequalToAbsentMember(selector: String, test: String, instead: String)
    /// `test` compares, and what `selector` selects never can be compared so: booleans, objects and the like.
    /// `instead` is a test that looks at such values, where there is one.
    case incomparable(selector: String, test: String, found: Set<Found>, instead: String?)
    /// A `[…]` pattern that names more fields than any message has.
    case tooFewFields(named: Int, most: Int)
    /// A `[…]` pattern whose last field gets all that follows, and so fails. `instead` leaves the rest alone.
    case restInLastField(named: Int, instead: String)

    /// What a value of a message was found to be.
    package enum Found: String, Hashable, Sendable, CaseIterable {
        case null = "null"
        case boolean = "true or false"
        case number = "a number"
        case string = "a string"
        case array = "an array"
        case object = "an object"
    }
}

extension Obstacle: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noObjects:
            """
            no message is a JSON object, and nothing else matches a pattern in braces; write the words that must \
            be there, as in ERROR "out of memory", or fields in brackets, as in [level = ERROR, ...]
            """
        case .absentMember(let selector, let test):
            """
            \(test) never holds: no message has \(selector); name a member that the messages have, \
            upper and lower case as they write it
            """
        case .unequalToAbsentMember(let selector, let test, let instead):
            """
            \(test) never holds: no message has \(selector), and what is not there is neither equal nor unequal \
            to anything; to match such messages too write \(instead)
            """
        case .incomparable(let selector, let test, let found, let instead):
            """
            \(test) never holds: in the messages \(selector) is \(Self.list(found)), \
            and \(Self.rule(found))\(instead.map { "; write \($0)" } ?? "")
            """
        case .tooFewFields(let named, let most):
            """
            the pattern names \(Self.count(named)), and no message has more than \(most) ("…" and […] are one \
            field each); name no more than the messages have, and ... for those that may be there
            """
        case .restInLastField(let named, let instead):
            """
            the messages have more than the \(Self.count(named)) that the pattern names, and the last one gets \
            all the rest, which does not pass; write \(instead)
            """
        }
    }

    /// Strings are incomparable only for `<` and its like.
    private static func rule(_ found: Set<Found>) -> String {
        found.contains(.string)
            ? "only numbers are less or greater than others" : "only numbers and strings are equal or unequal to others"
    }

    private static func count(_ fields: Int) -> String { fields == 1 ? "1 field" : "\(fields) fields" }

    private static func list(_ found: Set<Found>) -> String {
        Found.allCases.filter(found.contains).map(\.rawValue).joined(separator: " or ")
    }
}
