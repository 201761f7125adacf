import Testing

/// The text format of Prometheus, read strictly: what is not exactly as its page says is an error.
///
/// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
struct MetricsParser {
    struct Family: Equatable {
        var help: String
        var type: String
        var samples: [Sample] = []
    }

    struct Sample: Equatable {
        let labels: [String: String]
        let value: Double
    }

    struct Malformed: Error {
        let line: String
        let why: String
    }

    private(set) var families: [String: Family] = [:]
    private var current: String?

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: text, why: "the last line ends with a newline") }
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("# HELP ") {
                try begin(line)
            } else if line.hasPrefix("# TYPE ") {
                try setType(line)
            } else {
                try addSample(line)
            }
        }
        for (name, family) in families where family.type.isEmpty || family.samples.isEmpty {
            throw Malformed(line: name, why: "a family has a type and samples")
        }
    }

    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families[name]?.samples.first { $0.labels == labels }?.value
    }

    private mutating func begin(_ line: String) throws {
        let words = line.dropFirst("# HELP ".count).split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, Self.isName(words[0]) else { throw Malformed(line: line, why: "a name and a text") }
        guard families[words[0]] == nil else { throw Malformed(line: line, why: "all of a family stands together") }
        families[words[0]] = Family(help: words[1], type: "")
        current = words[0]
    }

    private mutating func setType(_ line: String) throws {
        let words = line.dropFirst("# TYPE ".count).split(separator: " ").map(String.init)
        guard words.count == 2, words[0] == current, ["gauge", "counter"].contains(words[1]) else {
            throw Malformed(line: line, why: "the type of the family above")
        }
        guard (words[1] == "counter") == words[0].hasSuffix("_total") else {
            throw Malformed(line: line, why: "counters, and only they, end in _total")
        }
        families[words[0]]?.type = words[1]
    }

    private mutating func addSample(_ line: String) throws {
        var rest = Substring(line)
        let name = String(rest.prefix { $0 != "{" && $0 != " " })
        guard name == current, families[name]?.type.isEmpty == false else {
            throw Malformed(line: line, why: "a sample stands below its family's type")
        }
        rest = rest.dropFirst(name.count)
        let labels = rest.first == "{" ? try Self.labels(&rest, line) : [:]
        guard rest.first == " ", let value = Double(rest.dropFirst()) else {
            throw Malformed(line: line, why: "one space and a number")
        }
        guard families[name]?.samples.contains(where: { $0.labels == labels }) == false else {
            throw Malformed(line: line, why: "a series stands here once")
        }
        families[name]?.samples.append(Sample(labels: labels, value: value))
    }

    private static func labels(_ rest: inout Substring, _ line: String) throws -> [String: String] {
        var labels: [String: String] = [:]
        repeat {
            rest = rest.dropFirst()  // the brace or the comma
            let name = String(rest.prefix { $0 != "=" })
            rest = rest.dropFirst(name.count)
            guard isName(name), rest.hasPrefix("=\"") else { throw Malformed(line: line, why: "NAME=\"VALUE\"") }
            rest = rest.dropFirst(2)
            labels[name] = try value(&rest, line)
        } while rest.first == ","
        guard rest.popFirst() == "}" else { throw Malformed(line: line, why: "labels end with a brace") }
        return labels
    }

    private static func value(_ rest: inout Substring, _ line: String) throws -> String {
        var value = ""
        while let character = rest.popFirst() {
            switch character {
            case "\"": return value
            case "\\":
                switch rest.popFirst() {
                case "\\": value += "\\"
                case "\"": value += "\""
                case "n": value += "\n"
                default: throw Malformed(line: line, why: "only backslash, quote and n are escaped")
                }
            default: value.append(character)
            }
        }
        throw Malformed(line: line, why: "a value ends with a quote")
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (0x30...0x39).contains(byte)
        }
    }
}
