/// A scanned JSON text, to be walked by node index without copies. It must not outlive the text or the nodes.
package struct JSONView {
    /// The whole text, as it was scanned.
    package let text: UnsafeBufferPointer<UInt8>
    /// The values of `text`; the first of them is the whole.
    package let nodes: UnsafeBufferPointer<JSONNode>

    /// `nodes` is what a `JSONScanner` found in `text`.
    package init(text: UnsafeBufferPointer<UInt8>, nodes: UnsafeBufferPointer<JSONNode>) {
        (self.text, self.nodes) = (text, nodes)
    }

    /// What the value of node `index` is.
    @inlinable package func kind(_ index: Int) -> JSONKind { nodes[index].kind }

    /// A value's bytes as they stand: a string still escaped and without quotes, a number's digits.
    @inlinable package func raw(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: text[nodes[index].range])
    }

    /// The value of an object's member, or `nil`. Of several with one name the last counts.
    package func member(_ name: [UInt8], of object: Int) -> Int? {
        guard kind(object) == .object else { return nil }
        var found: Int?
        forEachMember(of: object) { key, value in
            if equals(name, key) { found = value }
        }
        return found
    }

    /// Goes through an object's members in the order they stand, repeated names included.
    package func forEachMember(of object: Int, _ body: (_ key: Int, _ value: Int) -> Void) {
        var key = object + 1
        let end = Int(nodes[object].next)
        while key < end {
            body(key, key + 1)
            key = Int(nodes[key + 1].next)
        }
    }

    /// Goes through an array's values in order until `body` answers `false`.
    @inlinable package func forEachElement(of array: Int, _ body: (_ value: Int) -> Bool) {
        var value = array + 1
        let end = Int(nodes[array].next)
        while value < end {
            guard body(value) else { return }
            value = Int(nodes[value].next)
        }
    }

    /// A string's text or a number's digits.
    package func appendText(_ index: Int, to text: inout [UInt8]) {
        if nodes[index].isEscaped {
            JSONStrings.unescape(raw(index), into: &text)
        } else {
            text.append(contentsOf: raw(index))
        }
    }

    /// Whether a string's text is `text`.
    package func equals(_ text: [UInt8], _ string: Int) -> Bool {
        guard nodes[string].isEscaped else { return raw(string).elementsEqual(text) }
        var unescaped: [UInt8] = []
        JSONStrings.unescape(raw(string), into: &unescaped)
        return unescaped == text
    }

    /// An integer without fraction or exponent that fits 64 bits.
    package func integer(_ index: Int) -> Int64? {
        guard kind(index) == .number else { return nil }
        var digits = raw(index)[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        var value: Int64 = 0
        for byte in digits {
            guard byte.isDigit else { return nil }
            let (tens, overflows) = value.multipliedReportingOverflow(by: 10)
            let digit = Int64(byte - UInt8(ascii: "0"))
            let (sum, overflowsToo) =
                isNegative ? tens.subtractingReportingOverflow(digit) : tens.addingReportingOverflow(digit)
            if overflows || overflowsToo { return nil }
            value = sum
        }
        return value
    }
}
