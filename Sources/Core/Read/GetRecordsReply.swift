/// The body of a GetRecords reply, read in one pass into a page.
///
/// Payloads stay in the reply's own buffer, so that a reply of 10 MiB costs no second one: in JSON every `Data` is decoded
/// from base64 where it stands, in CBOR it stands there as it is.
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetRecords.html
///
/// Members may come in any order, unknown ones are skipped, and of a repeated one the last counts. Hand the body over
/// (`consume`) and its memory becomes the page's.
package enum GetRecordsReply {
    /// A body in JSON (RFC 8259).
    package static func page(from body: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        try page(of: consume body, with: ReplyCursor.self)
    }

    /// A body in CBOR (RFC 8949), Kinesis's `application/x-amz-cbor-1.1`.
    package static func page(fromCBOR body: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        try page(of: consume body, with: CBORCursor.self)
    }

    /// A body in one or the other, as its first byte says: a JSON object begins with `{` or a blank, which in CBOR begin
    /// texts and integers, never a map.
    package static func page(fromEither body: consuming [UInt8]) throws(BrokenReply) -> RecordPage {
        switch body.first {
        case UInt8(ascii: "{"), 0x20, 0x0A, 0x0D, 0x09: try page(from: consume body)
        default: try page(fromCBOR: consume body)
        }
    }

    private static func page<Reader: ReplyReader>(
        of body: consuming [UInt8], with: Reader.Type
    ) throws(BrokenReply) -> RecordPage {
        var draft = PageDraft()
        let count = body.count
        try body.withUnsafeMutableBufferPointer {
            (bytes: inout UnsafeMutableBufferPointer<UInt8>) throws(BrokenReply) in
            guard let base = bytes.baseAddress else { throw BrokenReply(byte: 0, detail: "empty") }
            var reader = Reader(base: base, end: count)
            try draft.read(from: &reader)
            try reader.takeEnd()
        }
        return try draft.page(bytes: consume body)
    }
}
