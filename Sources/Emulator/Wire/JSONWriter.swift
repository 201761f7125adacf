import FilterPatterns

/// Writes compact JSON by appending bytes. Commas come by themselves.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        members(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    mutating func array(_ elements: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        elements(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    /// A member's name, which needs no escape. Its value must follow.
    mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func string(_ text: UnsafeBufferPointer<UInt8>) {
        separate()
        JSONStrings.append(text, to: &bytes)
    }

    mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { string($0) }
    }

    mutating func integer(_ value: Int64) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        Decimal64.append(value.magnitude, to: &bytes)
    }

    mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    // The last byte tells what came before: a finished value never ends with one of these three.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }
}

// MARK: - Members in one line

extension JSONWriter {
    mutating func member(_ key: StaticString, _ value: String) {
        name(key)
        string(value)
    }

    /// Nothing at all when there is no value.
    mutating func member(_ key: StaticString, _ value: String?) {
        if let value { member(key, value) }
    }

    mutating func member(_ key: StaticString, _ value: Int64) {
        name(key)
        integer(value)
    }

    mutating func member(_ key: StaticString, _ value: Int64?) {
        if let value { member(key, value) }
    }

    mutating func member(_ key: StaticString, _ value: Bool) {
        name(key)
        boolean(value)
    }

    mutating func member(_ key: StaticString, array elements: (inout JSONWriter) -> Void) {
        name(key)
        array(elements)
    }

    mutating func member(_ key: StaticString, object members: (inout JSONWriter) -> Void) {
        name(key)
        object(members)
    }

    /// An object of strings whose names come from outside, in the order given.
    mutating func member(_ key: StaticString, strings: some Sequence<(key: String, value: String)>) {
        name(key)
        object { writer in
            for (name, value) in strings {
                writer.string(name)
                writer.bytes.append(UInt8(ascii: ":"))
                writer.string(value)
            }
        }
    }
}
