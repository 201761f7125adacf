/// A message that is one JSON object, scanned.
struct JSONObject {
    private let bytes: [UInt8]
    private let nodes: [JSONNode]

    /// `nil` for any other message.
    init?(_ message: String) {
        bytes = Array(message.utf8)
        let scanned: [JSONNode]? = bytes.withUnsafeBufferPointer { text in
            var scanner = JSONScanner(text)
            do throws(JSONFault) { try scanner.scan() } catch { return nil }
            return scanner.nodes
        }
        guard let scanned, scanned[0].kind == .object else { return nil }
        nodes = scanned
    }

    /// What the values are that `selector` selects; empty when it selects none.
    func found(by selector: JSONSelector) -> Set<Obstacle.Found> {
        bytes.withUnsafeBufferPointer { text in
            nodes.withUnsafeBufferPointer { nodes in
                let view = JSONView(text: text, nodes: nodes)
                var found: Set<Obstacle.Found> = []
                _ = selector.selects(from: 0, of: view) { value in
                    found.insert(Obstacle.Found(view.kind(value)))
                    return false  // go on to the next
                }
                return found
            }
        }
    }
}

extension Obstacle.Found {
    fileprivate init(_ kind: JSONKind) {
        switch kind {
        case .null: self = .null
        case .yes, .no: self = .boolean
        case .number: self = .number
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }
}
