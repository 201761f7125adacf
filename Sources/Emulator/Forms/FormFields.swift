internal import FilterPatterns

/// Reads the members of a form, and says all that they break of their own rules in one fault, as AWS does.
struct FormFields {
    private let form: Form
    private var violations: [String] = []

    init(_ form: Form) { self.form = form }

    /// Throws what the members asked for so far have broken. Call it once, after the last of them.
    func checked() throws(ServiceFault) {
        guard !violations.isEmpty else { return }
        let count = "\(violations.count) validation error\(violations.count == 1 ? "" : "s") detected: "
        throw ServiceFault("ValidationError", count + violations.joined(separator: "; "))
    }

    mutating func text(_ name: String, _ rule: FormRule) -> String {
        guard let text = optionalText(name, rule) else {
            violated(nil, name, "Member must not be null")
            return ""
        }
        return text
    }

    mutating func optionalText(_ name: String, _ rule: FormRule) -> String? {
        guard let text = form[name] else { return nil }
        check(text, name, rule)
        return text
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = form[name] else { return nil }
        guard let number = Int(text) else {
            violated(text, name, "Member must be an integer")
            return nil
        }
        if number < range.lowerBound {
            violated(text, name, "Member must have value greater than or equal to \(range.lowerBound)")
        }
        if number > range.upperBound {
            violated(text, name, "Member must have value less than or equal to \(range.upperBound)")
        }
        return number
    }

    mutating func tags() -> [String: String] {
        let list = form.list("Tags", members: ["Key", "Value"])
        if list.count > IdentityLimits.tagsMax {
            violated("[…]", "Tags", "Member must have length less than or equal to \(IdentityLimits.tagsMax)")
        }
        var tags: [String: String] = [:]
        for (number, tag) in zip(1..., list) {
            check(tag["Key"], "Tags.\(number).member.key", .tagKey)
            check(tag["Value"], "Tags.\(number).member.value", .tagValue)
            if let key = tag["Key"] { tags[key] = tag["Value"] }
        }
        return tags
    }

    private mutating func check(_ text: String?, _ name: String, _ rule: FormRule) {
        guard let text else { return violated(nil, name, "Member must not be null") }
        let length = text.unicodeScalars.count
        if length < rule.least {
            violated(text, name, "Member must have length greater than or equal to \(rule.least)")
        }
        if length > rule.most { violated(text, name, "Member must have length less than or equal to \(rule.most)") }
        if !text.unicodeScalars.allSatisfy(rule.allows) {
            violated(text, name, "Member must satisfy regular expression pattern: \(rule.pattern)")
        }
    }

    /// AWS's texts begin a member's name with a small letter.
    private mutating func violated(_ value: String?, _ name: String, _ constraint: String) {
        let (shown, name) = (value.map { "'\($0)'" } ?? "null", name.prefix(1).lowercased() + name.dropFirst())
        violations.append("Value \(shown) at '\(name)' failed to satisfy constraint: \(constraint)")
    }
}

/// What a text member of a form may be.
///
/// https://docs.aws.amazon.com/IAM/latest/APIReference/API_Types.html and each operation's own page
struct FormRule: Sendable {
    var least = 1
    let most: Int
    var pattern = ""
    var allows: @Sendable (Unicode.Scalar) -> Bool = { _ in true }

    private static let words = #"[\w+=,.@-]+"#
    @Sendable private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
        UInt8(exactly: scalar.value).map { $0.isLetter || $0.isDigit || "_+=,.@-".utf8.contains($0) } ?? false
    }

    /// Letters, separators and numbers of any language, and a few signs.
    @Sendable private static func isInTag(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .spaceSeparator,
            .lineSeparator, .paragraphSeparator, .decimalNumber, .letterNumber, .otherNumber:
            true
        default: "_.:/=+-@".unicodeScalars.contains(scalar)
        }
    }

    static let arn = FormRule(least: 20, most: 2048)
    static let roleName = FormRule(most: 64, pattern: words, allows: isInName)
    static let policyName = FormRule(most: 128, pattern: words, allows: isInName)
    static let sessionName = FormRule(least: 2, most: 64, pattern: words, allows: isInName)
    static let externalID = FormRule(least: 2, most: 1224, pattern: #"[\w+=,.@:\/-]*"#) { scalar in
        isInName(scalar) || scalar == ":" || scalar == "/"
    }
    static let document = FormRule(most: 131_072, pattern: #"[\u0009\u000A\u000D\u0020-\u00FF]+"#) { scalar in
        (0x20...0xff).contains(scalar.value) || [9, 10, 13].contains(scalar.value)
    }
    static let description = FormRule(
        least: 0, most: 1000, pattern: #"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*"#
    ) { scalar in
        (0x20...0x7e).contains(scalar.value) || (0xa1...0xff).contains(scalar.value)
            || [9, 10, 13].contains(scalar.value)
    }
    static let path = FormRule(most: 512)
    static let versionID = FormRule(most: 32)
    static let tagKey = FormRule(most: 128, pattern: #"[\p{L}\p{Z}\p{N}_.:/=+\-@]+"#, allows: isInTag)
    static let tagValue = FormRule(least: 0, most: 256, pattern: #"[\p{L}\p{Z}\p{N}_.:/=+\-@]*"#, allows: isInTag)
}
