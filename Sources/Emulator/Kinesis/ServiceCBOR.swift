import FilterPatterns
import FoundationEssentials

/// Kinesis's CBOR: what JSON says, in other bytes. A call is understood in JSON and translated on its way in and out; only
/// GetRecords, the one call that is made often, has its answer held ready.
///
/// Two kinds of members differ: a blob is a byte string instead of base64, and a moment is tag 1 over milliseconds instead
/// of seconds with a fraction.
enum ServiceCBOR {
    /// The JSON of a request.
    static func json(_ body: [UInt8]) throws(ServiceFault) -> [UInt8] {
        let request: CBORValue
        do {
            request = try CBORValue(body)
        } catch {
            throw ServiceFault("SerializationException", "byte \(error.byte) of the body: expected \(error.expected)")
        }
        var json: [UInt8] = []
        try append(request, to: &json)
        return json
    }

    private static func append(_ value: CBORValue, to json: inout [UInt8]) throws(ServiceFault) {
        switch value {
        case .integer(let value): json += Array(String(value).utf8)
        case .float(let value):
            guard value.isFinite else { throw ServiceFault("SerializationException", "\(value) is no number.") }
            json += Array("\(value)".utf8)
        case .bytes(let bytes):
            json.append(UInt8(ascii: "\""))
            json += Data(bytes).base64EncodedData()
            json.append(UInt8(ascii: "\""))
        case .text(let text): append(text, to: &json)
        case .array(let items):
            json.append(UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                try append(item, to: &json)
            }
            json.append(UInt8(ascii: "]"))
        case .map(let members):
            json.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { json.append(UInt8(ascii: ",")) }
                append(member.name, to: &json)
                json.append(UInt8(ascii: ":"))
                try append(member.value, to: &json)
            }
            json.append(UInt8(ascii: "}"))
        case .tagged(1, .integer(let milliseconds)): json += Array("\(milliseconds)e-3".utf8)
        case .tagged(_, let value): try append(value, to: &json)
        case .boolean(let value): json += Array((value ? "true" : "false").utf8)
        case .null: json += Array("null".utf8)
        }
    }

    private static func append(_ text: String, to json: inout [UInt8]) {
        var text = text
        text.withUTF8 { JSONStrings.append($0, to: &json) }
    }
}

extension ServiceCBOR {
    /// A reply, or a part of one.
    static func encode(_ reply: some Encodable) -> [UInt8] {
        var writer = CBORWriter()
        do {
            write(try JSONDocument(ServiceJSON.encode(reply)).root, to: &writer)
        } catch {
            // It was written a moment ago, by Foundation.
            preconditionFailure("a reply is no JSON: \(error)")
        }
        return writer.bytes
    }

    private static func write(_ value: JSONValue, named name: String? = nil, to writer: inout CBORWriter) {
        switch value.kind {
        case .null: writer.null()
        case .yes, .no: writer.boolean(value.kind == .yes)
        case .string: writer.text(value.string ?? "")
        case .number:
            let number = Double(String(decoding: value.text, as: UTF8.self)) ?? .nan
            // Every moment in Kinesis's model is a member of such a name, and no other member is.
            if let name, name.hasSuffix("Timestamp") {
                writer.moment(Int64((number * 1000).rounded()))
            } else if let integer = value.integer {
                writer.integer(integer)
            } else {
                writer.float(number)
            }
        case .array: writer.array { writer in value.elements?.forEach { write($0, to: &writer) } }
        case .object:
            writer.map { writer in
                for member in value.members ?? [] {
                    writer.text(member.name)
                    write(member.value, named: member.name, to: &writer)
                }
            }
        }
    }
}
