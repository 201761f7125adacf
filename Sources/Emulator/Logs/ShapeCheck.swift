import FilterPatterns

/// Collects what a request's members break of their own rules, and says it all in one fault as AWS does.
struct ShapeCheck {
    /// AWS's text gets no longer than this however bad the request.
    static let reportedMax = 10

    private var violations: [String] = []

    /// `value` as AWS prints it: quoted, or `null`.
    mutating func violated(_ value: String?, at member: String, _ constraint: String) {
        guard violations.count < Self.reportedMax else { return }
        let shown = value.map { "'\($0)'" } ?? "null"
        violations.append("Value \(shown) at '\(member)' failed to satisfy constraint: \(constraint)")
    }

    /// For a member that is one of a few words. AWS does not print the value.
    mutating func violatedChoice(at member: String, _ values: [String]) {
        guard violations.count < Self.reportedMax else { return }
        let set = values.joined(separator: ", ")
        violations.append(
            "Value at '\(member)' failed to satisfy constraint: Member must satisfy enum value set: [\(set)]")
    }

    func passed() throws(ServiceFault) {
        guard !violations.isEmpty else { return }
        let count = "\(violations.count) validation error\(violations.count == 1 ? "" : "s") detected: "
        throw LogsFault.invalidParameter(count + violations.joined(separator: "; "))
    }

    static let notNull = "Member must not be null"

    static func lengthAtLeast(_ least: Int) -> String { "Member must have length greater than or equal to \(least)" }
    static func lengthAtMost(_ most: Int) -> String { "Member must have length less than or equal to \(most)" }
    static func valueAtLeast(_ least: Int64) -> String { "Member must have value greater than or equal to \(least)" }
    static func valueAtMost(_ most: Int64) -> String { "Member must have value less than or equal to \(most)" }
    static func pattern(_ pattern: String) -> String {
        "Member must satisfy regular expression pattern: \(pattern)"
    }
}

/// What a text member may be.
struct TextRule: Sendable {
    var least = 1
    var most = LogsLimits.nameMax
    var pattern = ""
    var allows: @Sendable (UInt8) -> Bool = { _ in true }

    static let groupName = TextRule(pattern: #"[\.\-_/#A-Za-z0-9]+"#) { $0.isWordCharacter || ".-/#".utf8.contains($0) }
    static let streamName = TextRule(pattern: "[^:*]*") { $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "*") }
    /// Of a subscription filter or a destination.
    static let resourceName = streamName
    static let filterPattern = TextRule(least: 0, most: FilterPattern.charactersMax)
    static let arn = TextRule(most: 2048)
    /// AWS's model has no limit for it.
    static let policyName = TextRule(most: .max)
    static let fieldCriteria = TextRule(least: 0, most: LogsLimits.fieldCriteriaMax)
    static let policy = TextRule(most: .max)
    static let token = TextRule(most: .max)
}
