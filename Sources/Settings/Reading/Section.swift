/// A mapping of the settings whose keys are known in advance.
struct Section {
    let field: Field
    private let fields: [String: Field]
    /// Whether a key stands here that is none of its keys; that has been reported.
    let hasUnknownKeys: Bool

    /// Reports every key that is not among `keys`; those in `later` are recognised and refused as not yet built.
    init?(_ field: Field, keys: [String], later: [String] = []) {
        let allowed = keys.joined(separator: ", ")
        guard let entries = field.entries(allowed: "a mapping of \(allowed)") else { return nil }
        for entry in entries where !keys.contains(entry.name) {
            if later.contains(entry.name) {
                entry.field.problem("comes in a later version of Tailrace; allowed for now: \(allowed)")
            } else {
                entry.field.problem("no such key\(Nearest.hint(to: entry.name, among: keys)); allowed: \(allowed)")
            }
        }
        self.field = field
        hasUnknownKeys = !entries.allSatisfy { keys.contains($0.name) }
        fields = Dictionary(entries.map { ($0.name, $0.field) }) { first, _ in first }
    }

    subscript(key: String) -> Field? { fields[key] }

    /// What was written, or else `text` as if it had been.
    subscript(key: String, default text: String) -> Field {
        fields[key]
            ?? Field(value: .text(text), place: field.place, key: "\(field.key).\(key)", findings: field.findings)
    }

    /// Reports when `key` is absent.
    func required(_ key: String, allowed: String) -> Field? {
        guard let field = fields[key] else {
            field.problem("needs \(key); allowed: \(allowed)")
            return nil
        }
        return field
    }
}

extension Field {
    /// A mapping's entries in the order they were written, whatever their keys; `nil` and a problem if it is none.
    func entries(allowed: String) -> [(name: String, field: Field)]? {
        guard case .mapping(let entries) = value else {
            problem("\(value.title) stands here; allowed: \(allowed)")
            return nil
        }
        return entries.map { entry in
            let key = key.isEmpty ? entry.key : "\(key).\(entry.key)"
            return (entry.key, Field(value: entry.value, place: entry.place, key: key, findings: findings))
        }
    }
}
