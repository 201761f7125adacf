/// Which values of a message a test looks at: `$.user.id`, `$.items[0]`, `$.items[*].name`, `$.['odd name']`.
struct JSONSelector: Sendable {
    static let wildcardsMax = 1

    enum Step: Sendable {
        case member([UInt8])
        case element(Int)
        /// `[*]` or `.*`: every element of an array, every value of an object.
        case each
    }

    let steps: [Step]
    var hasWildcard: Bool {
        steps.contains { step in
            switch step {
            case .each: true
            case .member, .element: false
            }
        }
    }

    /// Reads a selector from its `$` on.
    init(_ cursor: inout PatternCursor) throws(FilterPatternFault) {
        var steps: [Step] = []
        var start = cursor.at
        var wildcards = 0
        cursor.advance()
        while let byte = cursor.peek, byte == UInt8(ascii: ".") || byte == UInt8(ascii: "[") {
            if !steps.isEmpty { start = cursor.at }
            if byte == UInt8(ascii: ".") { cursor.advance() }
            let isBracketed = cursor.peek == UInt8(ascii: "[")
            if isBracketed, byte == UInt8(ascii: "[") { start = cursor.at }
            let step = isBracketed ? try Self.bracketed(&cursor, from: start) : try Self.dotted(&cursor, from: start)
            if case .each = step { wildcards += 1 }
            steps.append(step)
        }
        guard wildcards <= Self.wildcardsMax else { throw .tooManyWildcardsInSelector }
        guard !steps.isEmpty else { throw cursor.invalid(from: start) }
        self.steps = steps
    }

    private static func dotted(_ cursor: inout PatternCursor, from start: Int) throws(FilterPatternFault) -> Step {
        if cursor.peek == UInt8(ascii: "*") {
            cursor.advance()
            return .each
        }
        let name = cursor.take { $0.isWordCharacter || $0 == UInt8(ascii: "-") }
        guard !name.isEmpty else { throw cursor.invalid(from: start) }
        return .member(name)
    }

    private static func bracketed(_ cursor: inout PatternCursor, from start: Int) throws(FilterPatternFault) -> Step {
        cursor.advance()
        let step: Step
        switch cursor.peek {
        case UInt8(ascii: "*"):
            cursor.advance()
            step = .each
        case UInt8(ascii: "'"): step = .member(try name(&cursor, quote: UInt8(ascii: "'"), from: start))
        case UInt8(ascii: "\""): step = .member(try name(&cursor, quote: UInt8(ascii: "\""), from: start))
        default:
            let digits = cursor.take(while: \.isDigit)
            guard let index = Int(String(decoding: digits, as: UTF8.self)) else { throw cursor.invalid(from: start) }
            step = .element(index)
        }
        guard cursor.peek == UInt8(ascii: "]") else { throw cursor.invalid(from: start) }
        cursor.advance()
        return step
    }

    private static func name(
        _ cursor: inout PatternCursor, quote: UInt8, from start: Int
    ) throws(FilterPatternFault) -> [UInt8] {
        cursor.advance()
        let name = cursor.take { $0 != quote }
        guard cursor.peek == quote else { throw cursor.invalid(from: start) }
        cursor.advance()
        return name
    }
}

extension JSONSelector {
    /// Whether a value that this selects satisfies `passes`.
    func selects(from root: Int, of view: JSONView, where passes: (Int) -> Bool) -> Bool {
        selects(steps[...], root, view, passes)
    }

    private func selects(
        _ steps: ArraySlice<Step>, _ value: Int, _ view: JSONView, _ passes: (Int) -> Bool
    ) -> Bool {
        guard let step = steps.first else { return passes(value) }
        let rest = steps.dropFirst()
        switch step {
        case .member(let name):
            return view.member(name, of: value).map { selects(rest, $0, view, passes) } ?? false
        case .element(let index):
            return view.element(index, of: value).map { selects(rest, $0, view, passes) } ?? false
        case .each:
            var isFound = false
            view.forEachValue(of: value) { inner in
                isFound = selects(rest, inner, view, passes)
                return !isFound
            }
            return isFound
        }
    }
}

extension JSONView {
    fileprivate func element(_ position: Int, of array: Int) -> Int? {
        guard kind(array) == .array else { return nil }
        var (at, found) = (0, Int?.none)
        forEachElement(of: array) { value in
            if at == position { found = value }
            at += 1
            return found == nil
        }
        return found
    }

    /// The elements of an array, or the values of an object, until `body` answers `false`.
    fileprivate func forEachValue(of container: Int, _ body: (Int) -> Bool) {
        switch kind(container) {
        case .array: forEachElement(of: container, body)
        case .object:
            var goesOn = true
            forEachMember(of: container) { _, value in
                if goesOn { goesOn = body(value) }
            }
        case .null, .yes, .no, .number, .string: break
        }
    }
}
