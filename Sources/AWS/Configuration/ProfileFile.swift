/// One of the two shared files, parsed: `~/.aws/config` or `~/.aws/credentials`.
///
/// https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
struct ProfileFile: Sendable {
    enum Kind: Sendable { case config, credentials }

    /// One `key = value`, and where it stands.
    struct Value: Hashable, Sendable {
        var text: String
        /// The indented `key = value` lines below an empty value.
        var properties: [String: String] = [:]
        let file: String
        let line: Int
    }

    typealias Section = [String: Value]

    private(set) var profiles: [String: Section] = [:]
    private(set) var services: [String: Section] = [:]

    init(_ text: String, path: String, kind: Kind) throws(AWSSettingsError) {
        var reader = ProfileReader(path: path, kind: kind)
        // A carriage return and line feed are one character in Swift, and count as a new line.
        for (index, line) in text.split(separator: /\r\n|\n|\r/, omittingEmptySubsequences: false).enumerated() {
            try reader.take(line, number: index + 1)
        }
        profiles = reader.profiles
        services = reader.services
    }
}

/// Reads line by line and knows in which section and below which key it is.
private struct ProfileReader {
    let path: String
    let kind: ProfileFile.Kind
    var profiles: [String: ProfileFile.Section] = [:]
    var services: [String: ProfileFile.Section] = [:]

    private enum Place {
        case nowhere
        case ignored
        case profile(String)
        case services(String)
    }

    private var place = Place.nowhere
    private var key: String?
    /// `[profile default]` was met, so `[default]` does not count.
    private var hasPrefixedDefault = false

    init(path: String, kind: ProfileFile.Kind) {
        self.path = path
        self.kind = kind
    }

    mutating func take(_ line: Substring, number: Int) throws(AWSSettingsError) {
        let content = Self.trimmed(line)
        guard let first = line.first, !content.isEmpty, first != "#", first != ";" else { return }
        if Self.isBlank(first) {
            try continueValue(content, number)
        } else if first == "[" {
            try open(content, number)
        } else {
            try takeProperty(content, number)
        }
    }

    private func broken(_ number: Int, _ detail: String) -> AWSSettingsError {
        AWSSettingsError("\(path), line \(number): \(detail)")
    }
}

extension ProfileReader {
    /// A section's heading: what may follow it is a comment.
    private mutating func open(_ line: Substring, _ number: Int) throws(AWSSettingsError) {
        key = nil
        guard let close = line.firstIndex(of: "]") else { throw broken(number, "a heading without ']'") }
        let tail = Self.trimmed(line[close...].dropFirst())
        guard tail.isEmpty || tail.hasPrefix("#") || tail.hasPrefix(";") else {
            throw broken(number, "only a comment may follow ']'")
        }
        let words = line[..<close].dropFirst().split(whereSeparator: Self.isBlank)
        place = heading(words)
    }

    private mutating func heading(_ words: [Substring]) -> Place {
        switch (kind, words.count) {
        case (.credentials, 1): return Self.isName(words[0]) ? .profile(String(words[0])) : .ignored
        case (.config, 1): return words[0] == "default" && !hasPrefixedDefault ? .profile("default") : .ignored
        case (.config, 2) where Self.isName(words[1]):
            if words[0] == "profile" { return prefixed(String(words[1])) }
            return words[0] == "services" ? .services(String(words[1])) : .ignored
        case (.credentials, _), (.config, _): return .ignored
        }
    }

    private mutating func prefixed(_ name: String) -> Place {
        if name == "default", !hasPrefixedDefault {
            hasPrefixedDefault = true
            profiles[name] = nil
        }
        return .profile(name)
    }

    private mutating func takeProperty(_ line: Substring, _ number: Int) throws(AWSSettingsError) {
        if case .nowhere = place { throw broken(number, "a key outside of any section") }
        guard let (name, value) = Self.pair(line) else { throw broken(number, "expected key = value") }
        let text = Self.withoutComment(value)
        key = name
        put(ProfileFile.Value(text: String(text), file: path, line: number), name)
    }

    /// A line that starts blank belongs to the key above: a further line of its value, or a property of its own.
    private mutating func continueValue(_ line: Substring, _ number: Int) throws(AWSSettingsError) {
        guard let key else { throw broken(number, "an indented line without a key above it") }
        guard var value = section?[key] else { return }
        if value.text.isEmpty {
            guard let (name, text) = Self.pair(line) else { throw broken(number, "expected key = value") }
            value.properties[name] = String(text)
        } else {
            value.text += "\n" + line
        }
        put(value, key)
    }

    private var section: ProfileFile.Section? {
        switch place {
        case .nowhere, .ignored: nil
        case .profile(let name): profiles[name]
        case .services(let name): services[name]
        }
    }

    private mutating func put(_ value: ProfileFile.Value, _ key: String) {
        switch place {
        case .nowhere, .ignored: break
        case .profile(let name): profiles[name, default: [:]][key] = value
        case .services(let name): services[name, default: [:]][key] = value
        }
    }
}

extension ProfileReader {
    /// Both sides of the first `=`, trimmed, the key in lower case; `nil` without `=` or without a key.
    private static func pair(_ line: Substring) -> (key: String, value: Substring)? {
        guard let equals = line.firstIndex(of: "=") else { return nil }
        let key = trimmed(line[..<equals])
        return key.isEmpty ? nil : (key.lowercased(), trimmed(line[equals...].dropFirst()))
    }

    /// A comment behind a value needs a blank before it: a secret may hold `#`.
    private static func withoutComment(_ value: Substring) -> Substring {
        var wasBlank = true
        for index in value.indices {
            if wasBlank, value[index] == "#" || value[index] == ";" { return trimmed(value[..<index]) }
            wasBlank = isBlank(value[index])
        }
        return value
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let front = text.drop(while: isBlank)
        return front.dropLast(front.reversed().prefix(while: isBlank).count)
    }

    private static func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }

    private static func isName(_ text: Substring) -> Bool {
        text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "_-/.%@:+".contains($0) }
    }
}
