/// The texts in a small CBOR map: what an error says, in AWS's CBOR protocol.
package enum CBORTexts {
    /// The members of the map in `body` whose values are texts, the last of each name. Throws when `body` is no map.
    package static func members(of body: consuming [UInt8]) throws(BrokenReply) -> [String: String] {
        var texts: [String: String] = [:]
        let count = body.count
        try body.withUnsafeMutableBufferPointer {
            (bytes: inout UnsafeMutableBufferPointer<UInt8>) throws(BrokenReply) in
            guard let base = bytes.baseAddress else { throw BrokenReply(byte: 0, detail: "empty") }
            var cursor = CBORCursor(base: base, end: count)
            try cursor.takeObject { (cursor, name) throws(BrokenReply) in
                guard try cursor.peek() >> 5 == CBORCursor.Kind.text.rawValue, let name = cursor.text(at: name) else {
                    return try cursor.skipValue(depth: 0)
                }
                texts[name] = try cursor.takeText()
            }
            try cursor.takeEnd()
        }
        return texts
    }
}
