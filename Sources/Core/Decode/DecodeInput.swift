/// What `tailrace decode` takes, told apart by content.
///
/// - a payload as it is: gzip, or a subscription message as plain JSON (each document of the input is then a payload),
/// - base64 of payloads, broken into lines or not,
/// - JSON that carries payloads as base64: a GetRecords reply (`Records[].Data`) or one record of it, the event of a Lambda
///   function that reads a stream (`Records[].kinesis.data`) or is called by CloudWatch Logs (`awslogs.data`),
/// - payloads each behind its length as a big-endian 32-bit number.
///
/// What is none of these is one payload, and the decoder says what is wrong with it.
package enum DecodeInput {
    /// One payload of the input, or why what stands in its place is none.
    package struct Item: Sendable {
        /// For a person: `record 3`, `document 2`, `line 7`. All count from 1.
        package let place: String
        package let payload: Result<ArraySlice<UInt8>, Undecodable>

        init(_ place: String, _ payload: Result<ArraySlice<UInt8>, Undecodable>) {
            self.place = place
            self.payload = payload
        }
    }

    /// The payloads of `input` in their order.
    package static func items(of input: [UInt8]) -> [Item] {
        if input.starts(with: GzipHeader.magic) { return [Item("record 1", .success(input[...]))] }
        if let frames = Frames(input) { return frames.items(of: input) }
        if input.first(where: { !JSONCursor.isSpace($0) }) == UInt8(ascii: "{") { return JSONWalk.items(of: input) }
        return Base64Lines.items(of: input) ?? [Item("record 1", .success(input[...]))]
    }
}

/// Payloads behind their lengths.
private struct Frames {
    private static let lengthBytes = 4

    /// `nil` unless the first length is followed by gzip, or the lengths lead exactly to the input's end.
    init?(_ input: [UInt8]) {
        let first = input.dropFirst(Self.lengthBytes)
        guard first.starts(with: GzipHeader.magic) || Self.endsExactly(input) else { return nil }
    }

    private static func endsExactly(_ input: [UInt8]) -> Bool {
        var at = 0
        while let length = length(input, at: at) { at += lengthBytes + length }
        return at == input.count && at > 0
    }

    func items(of input: [UInt8]) -> [DecodeInput.Item] {
        var items: [DecodeInput.Item] = []
        var at = 0
        while at < input.count {
            let place = "record \(items.count + 1)"
            let start = at + Self.lengthBytes
            guard let length = Self.length(input, at: at), length <= input.count - start else {
                let cut = Undecodable(.truncated, "the input ends after \(input.count) bytes, before the record does")
                items.append(DecodeInput.Item(place, .failure(cut)))
                break
            }
            items.append(DecodeInput.Item(place, .success(input[start..<start + length])))
            at = start + length
        }
        return items
    }

    private static func length(_ input: [UInt8], at start: Int) -> Int? {
        guard start + lengthBytes <= input.count else { return nil }
        return input[start..<start + lengthBytes].reduce(0) { $0 << 8 | Int($1) }
    }
}
