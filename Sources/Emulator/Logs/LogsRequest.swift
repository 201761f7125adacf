import FilterPatterns

/// The body of a call that is not on a hot path, and the rules its members must keep.
struct LogsRequest {
    private let body: JSONValue
    private var shape = ShapeCheck()

    init(_ bytes: [UInt8]) throws(ServiceFault) {
        do throws(JSONFault) {
            body = try JSONDocument(bytes).root
        } catch {
            throw LogsFault.serialization("byte \(error.byte): expected \(error.expected)")
        }
        guard body.kind == .object else { throw LogsFault.serialization("the body is no JSON object") }
    }

    /// Throws what the members asked for so far have broken. Call it once, after the last of them.
    func checked() throws(ServiceFault) { try shape.passed() }

    mutating func text(_ name: String, _ rule: TextRule) throws(ServiceFault) -> String {
        guard let text = try optionalText(name, rule) else {
            shape.violated(nil, at: name, ShapeCheck.notNull)
            return ""
        }
        return text
    }

    mutating func optionalText(_ name: String, _ rule: TextRule) throws(ServiceFault) -> String? {
        guard let value = body[name] else { return nil }
        guard let text = value.string else { throw wrongType(value, "String") }
        let length = text.unicodeScalars.count
        if length < rule.least { shape.violated(text, at: name, ShapeCheck.lengthAtLeast(rule.least)) }
        if length > rule.most { shape.violated(text, at: name, ShapeCheck.lengthAtMost(rule.most)) }
        if !text.utf8.allSatisfy(rule.allows) { shape.violated(text, at: name, ShapeCheck.pattern(rule.pattern)) }
        return text
    }

    /// A log group's or log stream's name: AWS has a text of its own for one that is too long.
    mutating func name(_ name: String, _ rule: TextRule) throws(ServiceFault) -> String {
        if let text = body[name]?.string, text.unicodeScalars.count > rule.most { throw LogsFault.nameTooLong }
        return try text(name, rule)
    }

    mutating func choice(_ name: String, _ values: [String], default standard: String) throws(ServiceFault) -> String {
        guard let text = try optionalText(name, TextRule(least: 0)) else { return standard }
        if !values.contains(text) { shape.violatedChoice(at: name, values) }
        return text
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int64>) throws(ServiceFault) -> Int64? {
        guard let value = body[name] else { return nil }
        guard let number = value.integer else { throw wrongType(value, "Long") }
        if number < range.lowerBound {
            shape.violated(String(number), at: name, ShapeCheck.valueAtLeast(range.lowerBound))
        }
        if number > range.upperBound {
            shape.violated(String(number), at: name, ShapeCheck.valueAtMost(range.upperBound))
        }
        return number
    }

    mutating func requiredInteger(_ name: String) throws(ServiceFault) -> Int64 {
        if body[name] == nil { shape.violated(nil, at: name, ShapeCheck.notNull) }
        return try integer(name, in: .min ... .max) ?? 0
    }

    func flag(_ name: String) throws(ServiceFault) -> Bool {
        guard let value = body[name] else { return false }
        guard let flag = value.boolean else { throw wrongType(value, "Boolean") }
        return flag
    }

    /// A list of texts, `nil` when it is missing.
    mutating func texts(_ name: String, count: ClosedRange<Int>) throws(ServiceFault) -> [String]? {
        guard let value = body[name] else { return nil }
        guard let elements = value.elements else { throw wrongType(value, "List") }
        if elements.count < count.lowerBound {
            shape.violated("[]", at: name, ShapeCheck.lengthAtLeast(count.lowerBound))
        }
        if elements.count > count.upperBound {
            shape.violated("[…]", at: name, ShapeCheck.lengthAtMost(count.upperBound))
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw wrongType(element, "String") }
            texts.append(text)
        }
        return texts
    }

    func tags() throws(ServiceFault) -> [String: String] {
        guard let value = body["tags"] else { return [:] }
        guard let members = value.members else { throw wrongType(value, "Map") }
        var tags: [String: String] = [:]
        for (key, value) in members {
            guard let text = value.string else { throw wrongType(value, "String") }
            tags[key] = text
        }
        return tags
    }

    mutating func missing(_ name: String) { shape.violated(nil, at: name, ShapeCheck.notNull) }

    mutating func violatedChoice(at name: String, _ values: [String]) { shape.violatedChoice(at: name, values) }

    /// For the few members whose presence alone decides.
    func has(_ name: String) -> Bool { body[name] != nil }

    private func wrongType(_ value: JSONValue, _ expected: String) -> ServiceFault {
        let found =
            switch value.kind {
            case .null: "NULL_VALUE"
            case .yes: "TRUE_VALUE"
            case .no: "FALSE_VALUE"
            case .number: "NUMBER_VALUE"
            case .string: "STRING_VALUE"
            case .array: "START_ARRAY"
            case .object: "START_OBJECT"
            }
        return LogsFault.serialization("\(found) can not be converted to a \(expected)")
    }
}
