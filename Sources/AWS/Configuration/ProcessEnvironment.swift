/// The environment's variables, as a value: who holds it decides what the program sees of its surroundings.
package struct ProcessEnvironment: Sendable {
    private let variables: [String: String]

    package init(_ variables: [String: String]) { self.variables = variables }

    /// A variable's value. An empty variable counts as unset, as AWS's clients have it.
    package subscript(name: String) -> String? {
        variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Whether a variable is `true`, in whatever case; `nil` when it is unset. Throws when it is neither true nor false.
    func flag(_ name: String) throws(AWSSettingsError) -> Bool? {
        guard let value = self[name] else { return nil }
        guard let flag = Bool(value.lowercased()) else {
            throw AWSSettingsError("\(name) is \"\(value)\": it must be true or false")
        }
        return flag
    }

    /// `~/` at the front stands for the home directory; `nil` when there is none.
    func expanded(_ path: String) -> String? {
        guard path == "~" || path.hasPrefix("~/") else { return path }
        return self["HOME"].map { $0 + path.dropFirst() }
    }
}
