/// A number or a string that may satisfy a value's tests.
enum ScalarDraft: Hashable, Sendable {
    /// As JSON writes it.
    case number([UInt8])
    case string([UInt8])

    var text: [UInt8] {
        switch self {
        case .number(let text), .string(let text): text
        }
    }

    func passes(_ comparison: PatternComparison, _ operand: PatternOperand) -> Bool {
        switch self {
        case .number(let text): text.withUnsafeBufferPointer { comparison.holds(number: $0, operand) }
        case .string(let text): text.withUnsafeBufferPointer { comparison.holds(text: $0, operand) }
        }
    }
}

extension ScalarDraft {
    private static let regexTextsMax = 8
    /// What a wildcard is tried with, beside what the other tests ask for.
    private static let fillings = ["", "x", "0", "00", "000"].map { Array($0.utf8) }

    /// What is worth a try for a value that must pass `tests`: what they name, numbers around theirs, other texts.
    static func drafts(for tests: [(comparison: PatternComparison, operand: PatternOperand)]) -> [ScalarDraft] {
        let equal = tests.filter { $0.comparison == .equal }.map(\.operand)
        let others = tests.filter { $0.comparison != .equal }.map(\.operand)
        let named = (equal + others).flatMap { plainTexts($0) }
        let texts = equal.flatMap { self.texts($0, fillings: fillings + named) }
        let numbers = numbers(around: tests.map(\.operand))
        let neutral = ["other", "another", "", "-"].map { ScalarDraft.string(Array($0.utf8)) }
        return texts.flatMap(values) + numbers + neutral
    }

    /// `text` as a string, and as a number when it is one. A bare number is meant as a number.
    private static func values(_ text: (bytes: [UInt8], isNumber: Bool)) -> [ScalarDraft] {
        guard isNumber(text.bytes) else { return [.string(text.bytes)] }
        return text.isNumber ? [.number(text.bytes), .string(text.bytes)] : [.string(text.bytes), .number(text.bytes)]
    }

    private static func texts(
        _ operand: PatternOperand, fillings: [[UInt8]]
    ) -> [(bytes: [UInt8], isNumber: Bool)] {
        switch operand {
        case .number(_, let text): [(text, true)]
        case .text(let wildcard): wildcard.texts(fillings: fillings).map { ($0, false) }
        case .regex: plainTexts(operand).map { ($0, false) }
        }
    }

    private static func plainTexts(_ operand: PatternOperand) -> [[UInt8]] {
        switch operand {
        case .number(_, let text): [text]
        case .text(let wildcard): [wildcard.bytes.filter { $0 != UInt8(ascii: "*") }]
        case .regex(let regex): regex.texts(max: regexTextsMax)
        }
    }

    private static func numbers(around operands: [PatternOperand]) -> [ScalarDraft] {
        let limits = Set(
            operands.compactMap { operand in
                switch operand {
                case .number(let value, _): value
                case .text, .regex: nil
                }
            }
        ).sorted()
        let between = zip(limits, limits.dropFirst()).map { $0 + ($1 - $0) / 2 }
        let around = limits.flatMap { [$0, $0 + 1, $0 - 1] }
        let closest = limits.flatMap { [$0.nextUp, $0.nextDown] }
        return (around + between + closest).compactMap(number)
    }

    private static func number(_ value: Double) -> ScalarDraft? {
        guard value.isFinite else { return nil }
        let text = Int64(exactly: value).map(String.init) ?? String(value)
        return .number(Array(text.utf8))
    }

    private static func isNumber(_ text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { text in
            var scanner = JSONScanner(text)
            do throws(JSONFault) { try scanner.scan() } catch { return false }
            return scanner.nodes[0].kind == .number && scanner.nodes[0].range == text.indices
        }
    }
}

extension PatternWildcard {
    /// The text with its stars filled, but for an empty one.
    func texts(fillings: [[UInt8]]) -> [[UInt8]] {
        guard bytes.contains(UInt8(ascii: "*")) else { return [bytes] }
        return fillings.map { filling in bytes.flatMap { $0 == UInt8(ascii: "*") ? filling : [$0] } }
            .filter { !$0.isEmpty }
    }
}
