/// Text in which `*` stands for any characters, none included.
package struct PatternWildcard: Sendable {
    let bytes: [UInt8]

    /// `bytes` is UTF-8, stars included.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether the whole of `text` is this.
    package func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var (own, at) = (0, 0)
        // Where to go on after the last star: each failure lets that star take one byte more.
        var retry: (own: Int, at: Int)?
        while at < text.count {
            if own < bytes.count, bytes[own] == UInt8(ascii: "*") {
                own += 1
                retry = (own, at)
            } else if own < bytes.count, bytes[own] == text[at] {
                (own, at) = (own + 1, at + 1)
            } else if let last = retry {
                retry = (last.own, last.at + 1)
                (own, at) = (last.own, last.at + 1)
            } else {
                return false
            }
        }
        return bytes[own...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
