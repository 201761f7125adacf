import FoundationEssentials

/// JSON 1.1 as AWS speaks it: members begin with a capital letter, our names for them do not.
enum ServiceJSON {
    static func decode<Request: Decodable>(_ type: Request.Type, from body: [UInt8]) throws(ServiceFault) -> Request {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { path in
            Key(stringValue: path.last.map { changingFirst($0.stringValue) { $0.lowercased() } } ?? "")
        }
        do {
            return try decoder.decode(type, from: Data(body))
        } catch DecodingError.keyNotFound(let key, _) {
            throw .validation(key.stringValue, value: nil, "Member must not be null")
        } catch let DecodingError.dataCorrupted(context) where !context.codingPath.isEmpty {
            throw ServiceFault("SerializationException", "\(place(context)): \(context.debugDescription)")
        } catch let DecodingError.typeMismatch(_, context) {
            throw ServiceFault("SerializationException", "\(place(context)): \(context.debugDescription)")
        } catch {
            throw ServiceFault("SerializationException", "The body is not the JSON object that the operation takes.")
        }
    }

    static func encode(_ reply: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .custom { path in
            Key(stringValue: path.last.map { changingFirst($0.stringValue) { $0.uppercased() } } ?? "")
        }
        do {
            return [UInt8](try encoder.encode(reply))
        } catch {
            // Our replies hold no value that JSON cannot: no infinite numbers, no odd keys.
            preconditionFailure("a reply cannot be encoded: \(error)")
        }
    }

    private static func place(_ context: DecodingError.Context) -> String {
        context.codingPath.map(\.stringValue).joined(separator: ".")
    }

    private static func changingFirst(_ text: String, _ change: (Substring) -> String) -> String {
        change(text.prefix(1)) + text.dropFirst()
    }

    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
