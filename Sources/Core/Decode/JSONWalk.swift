/// Finds the payloads in JSON: its documents themselves, or what they carry as base64.
struct JSONWalk {
    private let input: [UInt8]
    private var cursor: JSONCursor
    private var items: [DecodeInput.Item] = []
    private var documents = 0
    private var records = 0

    static func items(of input: [UInt8]) -> [DecodeInput.Item] {
        let padded = input + [UInt8](repeating: 0, count: TextPool.paddingBytes)
        return padded.withUnsafeBufferPointer { text in
            guard let base = text.baseAddress else { return [] }
            var walk = JSONWalk(input: input, cursor: JSONCursor(base: base, count: input.count))
            walk.walkDocuments()
            return walk.items
        }
    }

    private init(input: [UInt8], cursor: JSONCursor) {
        self.input = input
        self.cursor = cursor
    }

    private mutating func walkDocuments() {
        cursor.skipSpace()
        while !cursor.isAtEnd {
            documents += 1
            records = 0
            let start = cursor.at
            let found = items.count
            do throws(JSONFault) {
                if try !walkCarrier() { append("document \(documents)", .success(input[start..<cursor.at])) }
            } catch {
                // After payloads, the rest cannot be one; otherwise the decoder says best what is wrong with it.
                let fault = Undecodable(.notJSON, "byte \(error.at) of the input: \(error.what.words)")
                append("document \(documents)", items.count > found ? .failure(fault) : .success(input[start...]))
                return
            }
            cursor.skipSpace()
        }
    }

    /// Passes a document. Returns whether it carries payloads rather than being one.
    private mutating func walkCarrier() throws(JSONFault) -> Bool {
        guard cursor.byte == UInt8(ascii: "{") else {
            try cursor.skipValue(depth: 0)
            return false
        }
        cursor.at += 1
        let found = items.count
        var isCarrier = false
        var isMessage = false
        var isFirst = true
        while let name = try cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            isMessage = isMessage || cursor.equals(name, "messageType")
            if cursor.equals(name, "Records"), cursor.byte == UInt8(ascii: "[") {
                isCarrier = true
                try walkRecords()
            } else if let data = try data(in: name, depth: 1) {
                isCarrier = true
                appendRecord(data)
            }
        }
        // A subscription message may have any members besides its own, ours too.
        if isMessage { items.removeSubrange(found...) }
        return isCarrier && !isMessage
    }

    private mutating func walkRecords() throws(JSONFault) {
        cursor.at += 1
        var isFirst = true
        while try cursor.nextElement(isFirst: isFirst) {
            isFirst = false
            appendRecord(try dataOfRecord())
        }
    }

    /// Passes an element of `Records`; returns its base64.
    private mutating func dataOfRecord() throws(JSONFault) -> JSONString? {
        guard cursor.byte == UInt8(ascii: "{") else {
            try cursor.skipValue(depth: 2)
            return nil
        }
        cursor.at += 1
        var found: JSONString?
        var isFirst = true
        while let name = try cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            if let data = try data(in: name, depth: 3) { found = data }
        }
        return found
    }

    /// Passes the member that `name` begins; returns its base64 when it is one that has some.
    private mutating func data(in name: JSONString, depth: Int) throws(JSONFault) -> JSONString? {
        if cursor.equals(name, "Data") { return try cursor.stringOrNothing(depth: depth) }
        guard cursor.byte == UInt8(ascii: "{"), cursor.equals(name, "kinesis") || cursor.equals(name, "awslogs") else {
            try cursor.skipValue(depth: depth)
            return nil
        }
        cursor.at += 1
        var found: JSONString?
        var isFirst = true
        while let inner = try cursor.nextMember(isFirst: isFirst) {
            isFirst = false
            let isData = cursor.equals(inner, "data")
            let string = try cursor.stringOrNothing(depth: depth + 1)
            if isData { found = string }
        }
        return found
    }

    private mutating func appendRecord(_ data: JSONString?) {
        records += 1
        let place = documents == 1 ? "record \(records)" : "document \(documents), record \(records)"
        guard let data else {
            append(place, .failure(Undecodable(.notASubscriptionMessage, "neither Data nor kinesis.data as a string")))
            return
        }
        guard let payload = Base64.decode(cursor.unescaped(data)) else {
            append(place, .failure(Undecodable(.notGzip, "the record's data is not base64")))
            return
        }
        append(place, .success(payload[...]))
    }

    private mutating func append(_ place: String, _ payload: Result<ArraySlice<UInt8>, Undecodable>) {
        items.append(DecodeInput.Item(place, payload))
    }
}
