/// A log stream that events are delivered to, and the log group it is in.
///
/// Names are compared by bytes, as AWS compares them: a name in another Unicode normalization is another stream.
package struct LogTarget: Sendable {
    package let group: String
    package let stream: String

    package init(group: String, stream: String) {
        self.group = group
        self.stream = stream
    }
}

extension LogTarget: Hashable {
    package static func == (left: LogTarget, right: LogTarget) -> Bool {
        left.stream.utf8.elementsEqual(right.stream.utf8) && left.group.utf8.elementsEqual(right.group.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(bytesOf: stream)
        hasher.combine(bytesOf: group)
    }
}

extension LogTarget: CustomStringConvertible {
    /// Neither name can hold a colon.
    package var description: String { "\(group):\(stream)" }
}

extension Hasher {
    /// Unlike `combine`, tells canonically equivalent strings apart.
    package mutating func combine(bytesOf text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(0xFF as UInt8)  // no UTF-8 byte, so two texts in a row hash by where the first one ends
    }
}
