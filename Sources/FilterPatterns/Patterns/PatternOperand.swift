enum PatternComparison: Sendable {
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual
}

/// What a value of a message is compared with.
enum PatternOperand: Sendable {
    /// A number without quotes: compared by value with numbers, by text with strings.
    case number(Double, text: [UInt8])
    /// A word or quoted text, `*` standing for any characters. Numbers are compared by their text.
    case text(PatternWildcard)
    case regex(PatternRegex)

    /// Whether text, which is no number, is equal to this.
    func equals(text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .number(_, let own): text.elementsEqual(own)
        case .text(let wildcard): wildcard.matches(text)
        case .regex(let regex): regex.isFound(in: text)
        }
    }

    /// Whether a number, written as `text`, is equal to this.
    func equals(number text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch self {
        case .number(let own, _): PatternNumber.value(text) == own
        case .text, .regex: equals(text: text)
        }
    }
}

extension PatternComparison {
    /// Compares a number, written as `text`, with `operand`.
    func holds(number text: UnsafeBufferPointer<UInt8>, _ operand: PatternOperand) -> Bool {
        switch self {
        case .equal: return operand.equals(number: text)
        case .unequal: return !operand.equals(number: text)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: break
        }
        guard case .number(let right, _) = operand, let left = PatternNumber.value(text) else { return false }
        return isOrdered(left, right)
    }

    /// Compares text that is no number: it is equal or not, never less.
    func holds(text: UnsafeBufferPointer<UInt8>, _ operand: PatternOperand) -> Bool {
        switch self {
        case .equal: operand.equals(text: text)
        case .unequal: !operand.equals(text: text)
        case .less, .lessOrEqual, .greater, .greaterOrEqual: false
        }
    }

    private func isOrdered(_ left: Double, _ right: Double) -> Bool {
        switch self {
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        case .equal: left == right
        case .unequal: left != right
        }
    }
}

enum PatternNumber {
    /// The value of a number as JSON writes it; `nil` for other text.
    static func value(_ text: some BidirectionalCollection<UInt8>) -> Double? {
        guard let last = text.last, last.isDigit, let first = text.first, first.isDigit || first == UInt8(ascii: "-"),
            text.allSatisfy({ $0.isDigit || "+-.eE".utf8.contains($0) })
        else { return nil }
        return Double(String(decoding: text, as: UTF8.self))
    }
}
