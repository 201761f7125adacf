internal import Core
internal import Logging

/// One thing the program tells about itself, ready to be written.
struct LogLine {
    /// An error's text may hold a whole answer of a server. What is longer is cut, and says so.
    static let valueBytesMax = 8192

    let time: Instant
    let level: Logger.Level
    let message: String
    let metadata: Logger.Metadata

    /// What is told in a fixed order: by key.
    private var fields: [(key: String, value: Logger.MetadataValue)] {
        metadata.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}

extension LogLine {
    /// `2026-11-25T16:00:00.123Z warning shard cannot be read shard=shardId-000 cause="no route to host"`
    var text: [UInt8] {
        var out = "\(time.rfc3339) \(level.rawValue) \(PlainText.escaped(message))"
        for (key, value) in fields { out += " \(PlainText.word(key))=\(PlainText.word(Self.cut(Self.words(value))))" }
        return Array(out.utf8) + [UInt8(ascii: "\n")]
    }

    private static func words(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): text
        case .stringConvertible(let convertible): convertible.description
        case .array(let values): "[" + values.map(words).joined(separator: ", ") + "]"
        case .dictionary(let fields):
            "{" + fields.sorted { $0.key < $1.key }.map { "\($0.key): \(words($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }

    private static func cut(_ text: String) -> String {
        guard text.utf8.count > valueBytesMax else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: valueBytesMax)
        while UTF8.isContinuation(text.utf8[end]) { end = text.utf8.index(before: end) }
        return "\(text[..<end])… (\(text.utf8.count) bytes)"
    }
}

extension LogLine {
    /// `{"time":"…","level":"warning","message":"…","metadata":{"shard":"shardId-000","cause":"…"}}`
    ///
    /// Metadata is an object of its own, so that no key of it can pass for a level or a time.
    var json: [UInt8] {
        var out = Array(#"{"time":"\#(time.rfc3339)","level":"\#(level.rawValue)","message":"#.utf8)
        JSONEscape.append(message, to: &out)
        if !metadata.isEmpty {
            out += #","metadata":"#.utf8
            Self.append(.dictionary(metadata), to: &out)
        }
        out += "}\n".utf8
        return out
    }

    private static func append(_ value: Logger.MetadataValue, to out: inout [UInt8]) {
        switch value {
        case .string(let text): JSONEscape.append(cut(text), to: &out)
        case .stringConvertible(let convertible): JSONEscape.append(cut(convertible.description), to: &out)
        case .array(let values):
            append("[", values, "]", to: &out) { append($0, to: &$1) }
        case .dictionary(let fields):
            append("{", fields.sorted { $0.key < $1.key }, "}", to: &out) { field, out in
                JSONEscape.append(field.key, to: &out)
                out.append(UInt8(ascii: ":"))
                append(field.value, to: &out)
            }
        }
    }

    private static func append<Element>(
        _ opening: String, _ elements: [Element], _ closing: String, to out: inout [UInt8],
        each: (Element, inout [UInt8]) -> Void
    ) {
        out += opening.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            each(element, &out)
        }
        out += closing.utf8
    }
}
