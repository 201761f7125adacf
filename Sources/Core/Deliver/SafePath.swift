/// A path below a sink's directory that stays below it: relative, without `.` or `..`, without empty parts, without
/// control characters, short enough for Linux.
///
/// No part begins with a dot: such names are Tailrace's own (locks, temporary files), so no source can reach them.
package struct SafePath: Sendable {
    /// Linux's NAME_MAX is 255; 32 are left for what rotation and compression append. `limits.h`
    package static let partBytesMax = 255 - 32
    /// Linux's PATH_MAX is 4096 with the final NUL; half of it is left for the directory. `limits.h`
    package static let bytesMax = 2048

    package let text: String

    /// `nil` when `text` is no such path. For paths that come back from a store; a `PathTemplate` makes no others.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.bytesMax else { return nil }
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy(Self.isSafe) else { return nil }
        self.text = text
    }

    /// The caller vouches that `init?(_:)` would take it.
    init(unchecked text: String) { self.text = text }

    private static func isSafe(_ part: Substring.UTF8View) -> Bool {
        guard let first = part.first, first != UInt8(ascii: "."), part.count <= partBytesMax else { return false }
        return part.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }
}

/// Compared by bytes, as Linux compares file names, and not by what looks alike.
extension SafePath: Hashable {
    package static func == (left: SafePath, right: SafePath) -> Bool { left.text.hasBytes(of: right.text) }

    package func hash(into hasher: inout Hasher) { hasher.combine(bytesOf: text) }
}

extension SafePath: CustomStringConvertible {
    package var description: String { text }
}
