/// A line whose fields are what a `[…]` pattern asks for.
struct FieldsDraft {
    private static let waysMax = 64

    private let fields: [[UInt8]]
    /// The places of the fields that may be anything.
    private let free: [Int]

    /// `nil` when a field can not be all that is asked of it.
    init?(_ pattern: FieldsPattern) {
        let asked = pattern.leading + (pattern.trailing ?? [])
        var fields: [[UInt8]] = []
        for field in asked {
            guard let text = Self.text(field) else { return nil }
            fields.append(text)
        }
        self.fields = fields
        free = asked.indices.filter { asked[$0].condition == nil }
    }

    var line: [UInt8] { Self.line(fields) }

    /// The line with `text` in place of one field that may be anything, for each of them, the last first.
    func lines(with text: [UInt8]) -> [[UInt8]] {
        guard let field = Self.field(text) else { return [] }
        return free.reversed().map { place in
            var fields = fields
            fields[place] = field
            return Self.line(fields)
        }
    }

    private static func line(_ fields: [[UInt8]]) -> [UInt8] {
        Array(fields.joined(separator: [UInt8(ascii: " ")]))
    }

    /// A field that may be anything is called by its name, which reads well.
    private static func text(_ field: FieldsPattern.Field) -> [UInt8]? {
        guard let condition = field.condition else { return Array((field.name ?? "-").utf8) }
        for way in condition.ways(max: waysMax) {
            let tests = way.compactMap { demand -> (comparison: PatternComparison, operand: PatternOperand)? in
                if case .compare(let comparison, let operand) = demand.test { (comparison, operand) } else { nil }
            }
            for draft in ScalarDraft.drafts(for: tests) where draft.text.withUnsafeBufferPointer(field.passes) {
                if let text = Self.field(draft.text) { return text }
            }
        }
        return nil
    }

    /// `value` as one field of a line, in quotes or brackets where it needs them.
    private static func field(_ value: [UInt8]) -> [UInt8]? {
        let forms = ["", "\"\"", "[]"].map { Array($0.utf8) }.map { $0.prefix(1) + value + $0.suffix(1) }
        return forms.map(Array.init).first { form in
            form.withUnsafeBufferPointer { text in
                let spans = FieldSplitter.split(text)
                return spans.count == 1 && spans[0].value(in: text).elementsEqual(value)
            }
        }
    }
}
