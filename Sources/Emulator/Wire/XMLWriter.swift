/// Writes XML by appending text. Elements only, as the query protocol has them.
struct XMLWriter: Sendable {
    private(set) var text = ""

    mutating func element(_ name: String, _ content: (inout XMLWriter) -> Void) {
        text += "<\(name)>"
        content(&self)
        text += "</\(name)>"
    }

    mutating func element(_ name: String, _ value: String) {
        element(name) { $0.text += Self.escaped(value) }
    }

    /// Nothing at all when there is no value.
    mutating func element(_ name: String, _ value: String?) {
        if let value { element(name, value) }
    }

    /// A list as AWS writes it: one `member` for each item.
    mutating func list<Item>(_ name: String, _ items: some Sequence<Item>, _ write: (inout XMLWriter, Item) -> Void) {
        element(name) { list in
            for item in items { list.element("member") { write(&$0, item) } }
        }
    }

    mutating func append(_ other: XMLWriter) { text += other.text }

    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\r": escaped += "&#xD;"  // else a reader makes a line feed of it
            default: escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
