/// An element of a small XML reply: enough for STS and for errors, and for nothing hostile.
///
/// No document type, no entities but the five of XML and character references; attributes are skipped.
struct XMLNode: Hashable, Sendable {
    let name: String
    /// The element's own text, without blanks at its ends.
    let text: String
    let children: [XMLNode]

    /// The first child of that name.
    subscript(name: String) -> XMLNode? { children.first { $0.name == name } }

    static let depthMax = 32

    struct Broken: Error, Hashable {
        let byte: Int
        let detail: String
    }

    static func parse(_ bytes: [UInt8]) throws(Broken) -> XMLNode {
        var parser = XMLParser(bytes: bytes)
        return try parser.document()
    }
}

private struct XMLParser {
    let bytes: [UInt8]
    var position = 0

    mutating func document() throws(XMLNode.Broken) -> XMLNode {
        try skipMisc()
        let root = try element(depth: 0)
        try skipMisc()
        guard position == bytes.count else { throw broken("something follows the document") }
        return root
    }

    func broken(_ detail: String) -> XMLNode.Broken { XMLNode.Broken(byte: position, detail: detail) }

    func isAt(_ text: StaticString) -> Bool {
        guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
    }

    /// Takes all up to and including `text`, and answers what stood before it.
    mutating func take(upTo text: StaticString) throws(XMLNode.Broken) -> Range<Int> {
        let start = position
        while position < bytes.count {
            if isAt(text) {
                defer { position += text.utf8CodeUnitCount }
                return start..<position
            }
            position += 1
        }
        throw broken("ends early")
    }

    /// The declaration, comments and blanks around the root element.
    mutating func skipMisc() throws(XMLNode.Broken) {
        while position < bytes.count {
            if isBlank(bytes[position]) {
                position += 1
            } else if isAt("<?") {
                _ = try take(upTo: "?>")
            } else if isAt("<!--") {
                _ = try take(upTo: "-->")
            } else {
                return
            }
        }
    }

    mutating func element(depth: Int) throws(XMLNode.Broken) -> XMLNode {
        guard depth < XMLNode.depthMax else { throw broken("nested deeper than \(XMLNode.depthMax)") }
        guard isAt("<"), !isAt("<!"), !isAt("<?") else { throw broken("expected an element") }
        position += 1
        let tag = try self.tag()
        guard !tag.isEmpty else { return XMLNode(name: tag.name, text: "", children: []) }
        var text: [UInt8] = []
        var children: [XMLNode] = []
        while !isAt("</") {
            if isAt("<![CDATA[") {
                position += 9
                text += bytes[try take(upTo: "]]>")]
            } else if isAt("<!--") {
                _ = try take(upTo: "-->")
            } else if isAt("<") {
                children.append(try element(depth: depth + 1))
            } else {
                try characters(into: &text)
            }
        }
        position += 2
        let closing = bytes[try take(upTo: ">")]
        guard trimmed(closing) == tag.name else { throw broken("expected </\(tag.name)>") }
        return XMLNode(name: tag.name, text: trimmed(text[...]), children: children)
    }

    /// Takes the rest of an opening tag. The name comes without its namespace prefix.
    mutating func tag() throws(XMLNode.Broken) -> (name: String, isEmpty: Bool) {
        let start = position
        var quote: UInt8?
        while position < bytes.count {
            let byte = bytes[position]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            position += 1
        }
        guard position < bytes.count else { throw broken("ends early") }
        defer { position += 1 }
        var inside = bytes[start..<position]
        let isEmpty = inside.last == UInt8(ascii: "/")
        if isEmpty { inside.removeLast() }
        let name = inside.prefix { !isBlank($0) }
        guard !name.isEmpty else { throw broken("an element without a name") }
        return (String(decoding: name, as: UTF8.self), isEmpty)
    }

    /// Takes text up to the next tag.
    mutating func characters(into text: inout [UInt8]) throws(XMLNode.Broken) {
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&") {
                position += 1
                let name = String(decoding: bytes[try take(upTo: ";")], as: UTF8.self)
                guard let character = Self.character(name) else { throw broken("unknown entity") }
                text += Array(String(character).utf8)
            } else {
                text.append(bytes[position])
                position += 1
            }
        }
        guard position < bytes.count else { throw broken("ends early") }
    }

    static func character(_ entity: String) -> Character? {
        switch entity {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard entity.hasPrefix("#") else { return nil }
            let isHex = entity.hasPrefix("#x")
            return UInt32(entity.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10).flatMap(UnicodeScalar.init)
                .map(Character.init)
        }
    }

    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        let front = bytes.drop(while: isBlank)
        let back = front.reversed().prefix(while: isBlank).count
        return String(decoding: front.dropLast(back), as: UTF8.self)
    }
}
