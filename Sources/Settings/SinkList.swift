import Core

/// Reads `sinks:`, a mapping from names to sinks.
struct SinkList {
    static let allowed = "a mapping of at least one NAME: {\(SinkSettings.kinds.joined(separator: " | ")): {…}}"

    /// Every name that may be one, also where the sink below it is wrong: routes are then judged all the same.
    let names: [SinkName]
    let settings: [SinkSettings]
    private let fields: [SinkName: Field]

    init?(_ field: Field) {
        guard let entries = field.entries(allowed: Self.allowed) else { return nil }
        if entries.isEmpty { field.problem("has no sink; allowed: \(Self.allowed)") }
        var named: [(name: SinkName, field: Field)] = []
        for entry in entries {
            if let name = SinkName(entry.name) {
                named.append((name, entry.field))
            } else {
                entry.field.problem(
                    "a sink may not be called '\(entry.name)'; allowed: 1 to 64 letters, digits, - and _")
            }
        }
        names = named.map(\.name)
        settings = named.compactMap { SinkSettings(name: $0.name, $0.field) }
        fields = Dictionary(uniqueKeysWithValues: named.map { ($0.name, $0.field) })
        checkOneStdout()
    }

    /// Where a value of a sink was written: `field("archive", "files", "directory")`.
    func field(_ name: SinkName, _ path: String...) -> Field? {
        path.reduce(fields[name]) { field, key in
            guard let field, case .mapping(let entries) = field.value else { return nil }
            return entries.first { $0.key == key }
                .map { Field(value: $0.value, place: $0.place, key: "\(field.key).\(key)", findings: field.findings) }
        }
    }

    private func checkOneStdout() {
        var first: SinkName?
        for sink in settings {
            guard case .stdout = sink.kind else { continue }
            if let first {
                field(sink.name, "stdout")?.problem(
                    "\(first) writes to standard output already; allowed: one such sink")
            }
            first = first ?? sink.name
        }
    }
}
