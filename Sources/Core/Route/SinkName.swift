/// What a sink is called in the settings, in metrics and in the ledger: 1 to 64 of `a-z A-Z 0-9 - _`.
package struct SinkName: Hashable, Sendable {
    /// Short enough for a metric's label and a column of `status`.
    package static let bytesMax = 64

    package let text: String

    /// `nil` when `text` is not what a sink may be called.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.bytesMax).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension SinkName: Comparable, CustomStringConvertible {
    package static func < (left: SinkName, right: SinkName) -> Bool { left.text < right.text }
    package var description: String { text }
}

/// A sink's place in `RouteTable.sinks`: what the pipeline carries instead of names.
package struct SinkIndex: Hashable, Sendable {
    package let value: Int

    package init(_ value: Int) { self.value = value }
}

extension SinkIndex: Comparable {
    package static func < (left: SinkIndex, right: SinkIndex) -> Bool { left.value < right.value }
}
