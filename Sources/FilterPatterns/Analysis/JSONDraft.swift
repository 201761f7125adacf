/// Writes the JSON object that a pattern's demands describe, with nothing in it that they do not ask for.
///
/// Each selector with a wildcard gets an element or a member of its own, so that no two of them contend for one.
struct JSONDraft {
    typealias Demand = (path: ArraySlice<JSONSelector.Step>, test: PatternTest)

    /// A selector may name element 100,000; an example does not get that long.
    static let elementsMax = 1000

    private(set) var bytes: [UInt8] = []

    /// `nil` when no object can be all that is demanded.
    init?(_ demands: [PatternCondition<JSONSelector>.Demand]) {
        let present = demands.compactMap { demand -> Demand? in
            switch demand.test {
            case .compare, .isLiteral: (demand.subject.steps[...], demand.test)
            case .notExists: nil  // what is not written does not exist
            }
        }
        guard writeObject(present) else { return nil }
    }

    /// Puts one more member at the end of the object.
    func adding(_ name: String, _ value: String) -> [UInt8] {
        var draft = self
        draft.bytes.removeLast()
        if draft.bytes.count > 1 { draft.bytes.append(UInt8(ascii: ",")) }
        draft.writeString(Array(name.utf8))
        draft.bytes.append(UInt8(ascii: ":"))
        draft.writeString(Array(value.utf8))
        draft.bytes.append(UInt8(ascii: "}"))
        return draft.bytes
    }

    private mutating func writeValue(_ demands: [Demand]) -> Bool {
        let steps = demands.compactMap(\.path.first)
        guard !steps.isEmpty else { return writeScalar(demands.map(\.test)) }
        let hasMembers = steps.contains { step in
            switch step {
            case .member: true
            case .element, .each: false
            }
        }
        return hasMembers ? writeObject(demands) : writeArray(demands)
    }
}

// MARK: - Objects and arrays

extension JSONDraft {
    private mutating func writeObject(_ demands: [Demand]) -> Bool {
        var members: [(name: [UInt8], demands: [Demand])] = []
        for demand in demands {
            let rest: Demand = (demand.path.dropFirst(), demand.test)
            switch demand.path.first {
            case nil, .element?: return false  // an object is no scalar and no array
            case .each?: members.append((Self.freeName(beside: demands, members.count), [rest]))
            case .member(let name)?:
                if let index = members.firstIndex(where: { $0.name == name }) {
                    members[index].demands.append(rest)
                } else {
                    members.append((name, [rest]))
                }
            }
        }
        return write(members, between: "{", "}") { draft, member in
            draft.writeString(member.name)
            draft.bytes.append(UInt8(ascii: ":"))
            return draft.writeValue(member.demands)
        }
    }

    private mutating func writeArray(_ demands: [Demand]) -> Bool {
        var elements: [[Demand]] = []
        var others: [Demand] = []  // which no selector gives a place
        for demand in demands {
            let rest: Demand = (demand.path.dropFirst(), demand.test)
            switch demand.path.first {
            case .element(let index)?:
                guard index < Self.elementsMax else { return false }
                elements += Array(repeating: [], count: max(0, index + 1 - elements.count))
                elements[index].append(rest)
            case nil:
                guard case .isLiteral = demand.test else { return false }  // an array is no scalar
                others.append(demand)
            case .each?: others.append(rest)
            case .member?: return false
            }
        }
        return write(elements + others.map { [$0] }, between: "[", "]") { draft, demands in
            if !demands.isEmpty { return draft.writeValue(demands) }
            draft.bytes += "null".utf8
            return true
        }
    }

    private mutating func write<Part>(
        _ parts: [Part], between opening: String, _ closing: String, part: (inout JSONDraft, Part) -> Bool
    ) -> Bool {
        bytes += opening.utf8
        for (index, one) in parts.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            guard part(&self, one) else { return false }
        }
        bytes += closing.utf8
        return true
    }

    /// A member's name that no selector asks for.
    private static func freeName(beside demands: [Demand], _ number: Int) -> [UInt8] {
        let taken = demands.compactMap { demand -> [UInt8]? in
            if case .member(let name)? = demand.path.first { name } else { nil }
        }
        var name = Array("any\(number + 1)".utf8)
        while taken.contains(name) { name.append(UInt8(ascii: "_")) }
        return name
    }
}

// MARK: - Scalars

extension JSONDraft {
    private mutating func writeScalar(_ tests: [PatternTest]) -> Bool {
        var literals: [JSONKind] = []
        var comparisons: [(comparison: PatternComparison, operand: PatternOperand)] = []
        for test in tests {
            switch test {
            case .compare(let comparison, let operand): comparisons.append((comparison, operand))
            case .isLiteral(let kind): if !literals.contains(kind) { literals.append(kind) }
            case .notExists: return false
            }
        }
        guard !comparisons.isEmpty else { return writeLiterals(literals) }
        guard literals.isEmpty else { return false }
        let fitting = ScalarDraft.drafts(for: comparisons).first { draft in
            comparisons.allSatisfy { draft.passes($0.comparison, $0.operand) }
        }
        switch fitting {
        case nil: return false
        case .number(let text)?: bytes += text
        case .string(let text)?: writeString(text)
        }
        return true
    }

    /// Several literals are one array: its elements count as it.
    private mutating func writeLiterals(_ literals: [JSONKind]) -> Bool {
        let words = literals.map { literal in
            switch literal {
            case .yes: "true"
            case .no: "false"
            case .null, .number, .string, .array, .object: "null"
            }
        }
        bytes += (words.count == 1 ? words[0] : "[" + words.joined(separator: ",") + "]").utf8
        return true
    }

    private mutating func writeString(_ text: [UInt8]) {
        text.withUnsafeBufferPointer { JSONStrings.append($0, to: &bytes) }
    }
}
