private import Glibc

/// The last name that was made a `String`: messages that follow each other mostly come from one place.
struct NameCache {
    /// AWS allows names of 512 characters; a longer one is not kept.
    private static let keptBytesMax = 2048

    private var escaped: [UInt8] = []
    private var name = ""

    /// The name that stands between quotes as `text`.
    mutating func string(_ text: UnsafeRawBufferPointer) -> String {
        if isKept(text) { return name }
        let string = JSONUnescape.string(text)
        if text.count <= Self.keptBytesMax {
            escaped.removeAll(keepingCapacity: true)
            escaped.append(contentsOf: text)
            name = string
        }
        return string
    }

    private func isKept(_ text: UnsafeRawBufferPointer) -> Bool {
        guard let start = text.baseAddress, text.count == escaped.count else { return false }
        return escaped.withUnsafeBytes { kept in kept.baseAddress.map { memcmp($0, start, text.count) == 0 } ?? true }
    }
}
