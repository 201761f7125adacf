import FoundationEssentials

/// Requests and replies as Codable, for all but the hot path.
///
/// Kinesis capitalizes its members' names (`StreamARN`), CloudWatch Logs does not; our types never do.
struct WireJSON: Sendable {
    let capitalizes: Bool

    func encode(_ request: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if capitalizes { encoder.keyEncodingStrategy = .custom { Self.key($0) { $0.uppercased() } } }
        return Array(try encoder.encode(request))
    }

    func decode<Reply: Decodable>(_ type: Reply.Type, from body: [UInt8]) throws -> Reply {
        let decoder = JSONDecoder()
        if capitalizes { decoder.keyDecodingStrategy = .custom { Self.key($0) { $0.lowercased() } } }
        return try decoder.decode(type, from: Data(body))
    }

    private struct MemberName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.init(stringValue) }
        init?(intValue: Int) { nil }
    }

    /// The innermost key with its first letter changed.
    private static func key(_ path: [any CodingKey], _ change: (Substring) -> String) -> MemberName {
        let name = path.last?.stringValue ?? ""
        return MemberName(change(name.prefix(1)) + name.dropFirst())
    }
}

/// A reply that lacks or twists what its operation promises.
struct UnreadableReply: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
