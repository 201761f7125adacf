/// A stream's full name: whose, where, which.
package struct EmulatedStreamName: Hashable, Sendable {
    /// Twelve digits.
    package let account: String
    package let region: String
    package let name: String

    package init(account: String, region: String, name: String) {
        self.account = account
        self.region = region
        self.name = name
    }

    /// `arn:aws:kinesis:us-east-1:111111111111:stream/NAME`.
    package var arn: String { "arn:aws:kinesis:\(region):\(account):stream/\(name)" }

    /// `nil` unless `arn` is of the form that `arn` has, in any partition.
    package init?(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[1].hasPrefix("aws"), parts[2] == "kinesis",
            AccountBook.isAccount(String(parts[4])), parts[5].hasPrefix("stream/")
        else { return nil }
        let name = String(parts[5].dropFirst("stream/".count))
        guard Self.isAllowed(name) else { return nil }
        self.init(account: String(parts[4]), region: String(parts[3]), name: name)
    }

    /// Whether `name` is one that CreateStream takes: 1 to 128 of `a-z A-Z 0-9 _ . -`.
    static func isAllowed(_ name: String) -> Bool {
        (1...128).contains(name.utf8.count)
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
                case UInt8(ascii: "0")...UInt8(ascii: "9"): true
                case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"): true
                default: false
                }
            }
    }
}

/// How a call names its stream: by name, by ARN or by both.
struct StreamReference: Hashable, Sendable {
    let name: String?
    let arn: String?

    /// The stream that `caller` means. Another account's streams are refused: no resource policy can be set here.
    func resolved(for caller: Caller) throws(ServiceFault) -> EmulatedStreamName {
        guard let arn else {
            guard let name else { throw .invalidArgument("Either StreamName or StreamARN must be provided.") }
            return EmulatedStreamName(account: caller.account, region: caller.region, name: name)
        }
        guard let stream = EmulatedStreamName(arn: arn) else { throw .invalidARN(arn) }
        guard stream.account == caller.account else { throw .accessDenied(caller, arn: arn) }
        guard stream.region == caller.region else { throw .streamNotFound(stream) }
        guard name == nil || name == stream.name else {
            throw .invalidArgument("StreamName and StreamARN name different streams: \(name ?? "") and \(arn).")
        }
        return stream
    }
}
