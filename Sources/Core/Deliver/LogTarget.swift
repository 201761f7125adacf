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
        left.stream.hasBytes(of: right.stream) && left.group.hasBytes(of: right.group)
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
