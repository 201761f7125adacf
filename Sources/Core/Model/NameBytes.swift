private import Glibc

// Names are what their bytes are: an accent composed one way or the other makes two log streams, as it does for AWS, while
// Swift takes the two texts for one.

extension String {
    /// Unlike `==`, tells canonically equivalent strings apart.
    func hasBytes(of other: String) -> Bool {
        let areSame = utf8.withContiguousStorageIfAvailable { mine in
            other.utf8.withContiguousStorageIfAvailable { theirs in
                guard mine.count == theirs.count else { return false }
                guard let mine = mine.baseAddress, let others = theirs.baseAddress else { return true }
                return memcmp(mine, others, theirs.count) == 0
            }
        }
        return (areSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension Hasher {
    /// Unlike `combine`, tells canonically equivalent strings apart.
    package mutating func combine(bytesOf text: String) {
        var text = text
        text.withUTF8 { combine(bytes: UnsafeRawBufferPointer($0)) }
        combine(0xFF as UInt8)  // no UTF-8 byte, so two texts in a row hash by where the first one ends
    }
}
