/// The JSON that CloudWatch Logs puts into a payload.
///
/// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
struct MessageDocument {
    private(set) var bytes: [UInt8] = []
    private let escapesUnicode: Bool
    private var isEmpty = true

    init(origin: LogOrigin, escapesUnicode: Bool) {
        self.escapesUnicode = escapesUnicode
        append(#"{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":""#)
        append(origin.group)
        append(#"","logStream":""#)
        append(origin.stream)
        append(#"","subscriptionFilters":[""#)
        append(origin.filter)
        append(#""],"logEvents":["#)
    }

    /// `id` is 56 digits.
    mutating func append(id: String, time: LogTime, message: String) {
        append(isEmpty ? #"{"id":""# : #",{"id":""#)
        isEmpty = false
        append(id)
        append(#"","timestamp":"#)
        append(String(time.milliseconds))
        append(#","message":""#)
        if escapesUnicode { append(escapingUnicode: message) } else { append(escaping: message.utf8) }
        append(#""}"#)
    }

    consuming func finish() -> [UInt8] {
        append("]}")
        return bytes
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(escaping text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""): append(#"\""#)
            case UInt8(ascii: "\\"): append(#"\\"#)
            case UInt8(ascii: "\n"): append(#"\n"#)
            case UInt8(ascii: "\t"): append(#"\t"#)
            case 0..<0x20: append(escape: UInt16(byte))
            default: bytes.append(byte)
            }
        }
    }

    private mutating func append(escapingUnicode text: String) {
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                append(escaping: CollectionOfOne(UInt8(ascii: scalar)))
            } else {
                for unit in scalar.utf16 { append(escape: unit) }
            }
        }
    }

    private mutating func append(escape unit: UInt16) {
        let digits = String(unit, radix: 16)
        append(#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits)
    }
}
