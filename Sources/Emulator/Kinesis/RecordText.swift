import Hummingbird
import NIOCore

/// One record as GetRecords answers with it.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_Record.html
struct RecordText: Sendable {
    let json: ByteBuffer
    let cbor: ByteBuffer
}

extension RecordText {
    /// `base64` is the payload's, `arrival` in milliseconds since 1970. Records that are not encrypted do not say so.
    init(
        sequence: String, arrival: Int64, partitionKey: String, payload: [UInt8], base64: [UInt8],
        encryption: EncryptionType = .none
    ) {
        json = Self.json(
            sequence: sequence, arrival: arrival, partitionKey: partitionKey, base64: base64, encryption: encryption)
        var writer = CBORWriter()
        writer.map { record in
            record.text("SequenceNumber")
            record.text(sequence)
            record.text("ApproximateArrivalTimestamp")
            record.moment(arrival)
            record.text("PartitionKey")
            record.text(partitionKey)
            record.text("Data")
            record.blob(payload)
            guard encryption != .none else { return }
            record.text("EncryptionType")
            record.text(encryption.rawValue)
        }
        cbor = ByteBuffer(bytes: writer.bytes)
    }

    private static func json(
        sequence: String, arrival: Int64, partitionKey: String, base64: [UInt8], encryption: EncryptionType
    ) -> ByteBuffer {
        var text = ByteBuffer()
        let (seconds, rest) = arrival.quotientAndRemainder(dividingBy: 1000)
        text.writeString(#"{"SequenceNumber":"\#(sequence)","ApproximateArrivalTimestamp":\#(seconds)."#)
        text.writeString(String(String(rest + 1000).dropFirst()))
        text.writeString(#","PartitionKey":"\#(JSONText.escaped(partitionKey))","Data":""#)
        text.writeBytes(base64)
        text.writeString(encryption == .none ? #""}"# : #"","EncryptionType":"\#(encryption.rawValue)"}"#)
        return text
    }
}

enum JSONText {
    /// `text` as it stands between the quotes of a JSON string.
    static func escaped(_ text: String) -> String {
        let needsEscape = { (byte: UInt8) in byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }
        guard text.utf8.contains(where: needsEscape) else { return text }
        return text.unicodeScalars.reduce(into: "") { escaped, scalar in
            switch scalar {
            case "\"", "\\":
                escaped += "\\\(scalar)"
            case "\u{0}"..<"\u{20}":
                let digits = String(scalar.value, radix: 16)
                escaped += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default:
                escaped.unicodeScalars.append(scalar)
            }
        }
    }
}
