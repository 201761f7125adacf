/// A sink's name in the settings: 1 to 64 of `a-z A-Z 0-9 _ -`.
package struct SinkName: Hashable, Sendable {
    /// Short enough for a metric's label and a column of `status`.
    package static let bytesMax = 64

    package let text: String

    /// `nil` when `text` is not what the settings allow.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...Self.bytesMax).contains(bytes.count), bytes.allSatisfy(Self.isAllowed) else { return nil }
        self.text = text
    }

    private init(known text: StaticString) { self.text = "\(text)" }

    /// Where dead letters go: files with a commit of their own, like a sink's. No settings key can be this name.
    package static let deadLetters = SinkName(known: "dead.letters")

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}

extension SinkName: Comparable, CustomStringConvertible {
    package static func < (left: SinkName, right: SinkName) -> Bool { left.text < right.text }
    package var description: String { text }
}
