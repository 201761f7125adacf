/// One value of the settings, with its place and full key.
struct Field {
    let value: SettingsNode.Value
    let place: SettingsPlace
    /// `sinks.central.log-group.region`
    let key: String
    let findings: Findings
}

extension Field {
    func problem(_ text: String) { findings.problem(place, key, text) }

    func warning(_ text: String) { findings.warning(place, key, text) }

    /// The text, or `nil` and a problem.
    func text(allowed: String) -> String? {
        switch value {
        case .text(let text): return text
        case .mapping:
            problem("a mapping stands here; allowed: \(allowed) (text that begins with { needs quotes)")
            return nil
        case .list, .nothing:
            problem("\(value.title) stands here; allowed: \(allowed)")
            return nil
        }
    }

    /// What the text means, or `nil` and a problem that tells what is allowed.
    func parsed<Value>(allowed: String, _ parse: (String) -> Value?) -> Value? {
        guard let text = text(allowed: allowed) else { return nil }
        guard let value = parse(text) else {
            problem("'\(text)' does not fit; allowed: \(allowed)")
            return nil
        }
        return value
    }

    /// For a parser that explains itself.
    func explained<Value, Failure: Error & CustomStringConvertible>(
        allowed: String, _ parse: (String) throws(Failure) -> Value
    ) -> Value? {
        guard let text = text(allowed: allowed) else { return nil }
        do throws(Failure) {
            return try parse(text)
        } catch {
            problem(error.description)
            return nil
        }
    }

    func choice<Choice: RawRepresentable<String> & CaseIterable>(_: Choice.Type) -> Choice? {
        parsed(allowed: Choice.allCases.map(\.rawValue).joined(separator: ", "), Choice.init(rawValue:))
    }

    func items(allowed: String) -> [Field]? {
        guard case .list(let nodes) = value else {
            problem("\(value.title) stands here; allowed: \(allowed)")
            return nil
        }
        return nodes.enumerated().map { position, node in
            Field(value: node.value, place: node.place, key: "\(key)[\(position)]", findings: findings)
        }
    }
}
