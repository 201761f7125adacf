/// Settings as they were written, before they mean anything: the same for a file and for flags, so both meet one
/// set of rules.
struct SettingsNode {
    enum Value {
        case text(String)
        case list([SettingsNode])
        case mapping([Entry])
        /// A key without a value.
        case nothing
    }

    struct Entry {
        let key: String
        let place: SettingsPlace
        let value: Value
    }

    let value: Value
    let place: SettingsPlace
}

extension SettingsNode.Value {
    /// For a person who wrote this where something else is allowed.
    var title: String {
        switch self {
        case .text(let text): "'\(text)'"
        case .list: "a list"
        case .mapping: "a mapping"
        case .nothing: "no value"
        }
    }
}
