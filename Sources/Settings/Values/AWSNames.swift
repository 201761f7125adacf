/// The names of AWS's that settings hold.
package enum AWSNames {
    static let regionAllowed = "a Region such as us-east-1"
    static let streamAllowed = "1 to 128 letters, digits and _ . -"

    /// A Region becomes part of a host name, so nothing else passes: lower-case letters, digits, single dashes between.
    package static func isRegion(_ text: String) -> Bool {
        let labels = text.split(separator: "-", omittingEmptySubsequences: false)
        return text.utf8.count <= 63 && labels.count >= 2
            && labels.allSatisfy { label in !label.isEmpty && label.utf8.allSatisfy { isLower($0) || isDigit($0) } }
    }

    /// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html
    package static func isStreamName(_ text: String) -> Bool {
        (1...128).contains(text.utf8.count)
            && text.utf8.allSatisfy { isLower($0) || isUpper($0) || isDigit($0) || "_.-".utf8.contains($0) }
    }

    package static func isAccount(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 12 && text.utf8.allSatisfy(isDigit)
    }

    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isUpper(_ byte: UInt8) -> Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

/// `arn:aws:kinesis:us-east-1:111111111111:stream/RecipientStream`, taken apart.
package struct StreamARN: Hashable, Sendable, CustomStringConvertible {
    package static let example = "arn:aws:kinesis:us-east-1:111111111111:stream/NAME"

    package let text: String
    /// `aws`, `aws-cn`, `aws-us-gov` and the like.
    package let partition: String
    package let region: String
    package let account: String
    package let name: String

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[1] == "aws" || parts[1].hasPrefix("aws-"),
            parts[2] == "kinesis",
            AWSNames.isRegion(String(parts[3])), AWSNames.isAccount(parts[4]), parts[5].hasPrefix("stream/")
        else { return nil }
        let name = String(parts[5].dropFirst("stream/".count))
        guard AWSNames.isStreamName(name) else { return nil }
        self.text = text
        partition = String(parts[1])
        region = String(parts[3])
        account = String(parts[4])
        self.name = name
    }

    package var description: String { text }
}
