/// One header field, as written.
package struct HTTPHeader: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// Whether this is the field called `name`: letters of ASCII match whatever their case (RFC 9110 §5.1).
    package func isNamed(_ name: String) -> Bool {
        self.name.utf8.count == name.utf8.count
            && zip(self.name.utf8, name.utf8).allSatisfy { asciiLowercased($0) == asciiLowercased($1) }
    }
}

/// Header fields in their order on the wire; a name may occur more than once.
package struct HTTPHeaders: Sendable {
    private var fields: [HTTPHeader]

    package init(_ fields: [HTTPHeader] = []) { self.fields = fields }

    /// The value of the first field of that name, in whatever case.
    package subscript(name: String) -> String? { fields.first { $0.isNamed(name) }?.value }

    /// Makes `value` the only one of that name, in the place of the first, or at the end.
    package mutating func set(_ name: String, _ value: String) {
        let field = HTTPHeader(name: name, value: value)
        guard let first = fields.firstIndex(where: { $0.isNamed(name) }) else {
            fields.append(field)
            return
        }
        fields.removeAll { $0.isNamed(name) }
        fields.insert(field, at: first)
    }

    /// Adds a field at the end, beside others of that name.
    package mutating func append(_ name: String, _ value: String) {
        fields.append(HTTPHeader(name: name, value: value))
    }

    /// Continues the last field on a further line, as RFC 9112 §5.2 has it replaced: by one blank.
    mutating func continueLast(with text: String) {
        guard let last = fields.popLast() else { return }
        fields.append(HTTPHeader(name: last.name, value: last.value.isEmpty ? text : last.value + " " + text))
    }
}

extension HTTPHeaders: RandomAccessCollection {
    package var startIndex: Int { fields.startIndex }
    package var endIndex: Int { fields.endIndex }
    package subscript(position: Int) -> HTTPHeader { fields[position] }
}

extension HTTPHeaders: Equatable {}

func asciiLowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}
