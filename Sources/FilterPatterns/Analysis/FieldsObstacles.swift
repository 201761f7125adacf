/// What keeps a `[…]` pattern from matching lines: the number of their fields.
struct FieldsObstacles {
    private let pattern: FieldsPattern
    private let source: String
    private let lines: [[UInt8]]

    init(_ pattern: FieldsPattern, source: String, in messages: [String]) {
        self.pattern = pattern
        self.source = source
        lines = messages.map { Array($0.utf8) }
    }

    var all: [Obstacle] {
        let named = pattern.leading.count + (pattern.trailing?.count ?? 0)
        let most = lines.map { $0.withUnsafeBufferPointer { FieldSplitter.split($0).count } }.max() ?? 0
        if most < named { return [.tooFewFields(named: named, most: most)] }
        guard pattern.trailing == nil, matchesWithoutRest else { return [] }
        return [.restInLastField(named: named, instead: sourceWithEllipsis)]
    }

    /// Whether a line passes once the last field is only itself.
    private var matchesWithoutRest: Bool {
        let open = FieldsPattern(leading: pattern.leading, trailing: [])
        return lines.contains { line in line.withUnsafeBufferPointer { open.match($0) } != nil }
    }

    private var sourceWithEllipsis: String {
        let inner = source.utf8.prefix(upTo: source.utf8.lastIndex(of: UInt8(ascii: "]")) ?? source.utf8.endIndex)
        return String(decoding: inner, as: UTF8.self) + ", ...]"
    }
}
