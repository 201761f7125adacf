import Signing

/// Makes a foreign text fit to be logged.
///
/// An error of AWS may quote the canonical request, the Authorization header or the session token back to us. What we
/// know to be secret is replaced wherever it stands; what looks like it is, too, because a reply may quote part of it.
struct Masking: Sendable {
    static let mask = "***"
    /// A longer text is cut.
    static let charactersMax = 1000
    /// A run of token characters as long as this is not a name or an ARN.
    static let tokenCharactersMin = 100
    /// SHA-256 in hexadecimal: the length of a signature.
    static let signatureCharacters = 64

    private let secrets: [String]

    /// `credentials` are those of the request whose error this is.
    init(_ credentials: Credentials?) {
        let plain = [credentials?.sessionToken, credentials?.secretAccessKey, credentials?.accessKeyID]
            .compactMap { $0 }.filter { !$0.isEmpty }
        // A quoted form body or query holds them percent-encoded.
        secrets = plain + plain.map { PercentEncoding.encode($0.utf8) }.filter { !plain.contains($0) }
    }

    func masked(_ text: String) -> String {
        var text = text
        for secret in secrets { text = Self.replacing(secret, in: text) }
        for label in ["x-amz-security-token:", "Signature=", "Credential="] {
            text = Self.maskingValue(of: label, in: text)
        }
        text = Self.maskingRuns(in: text)
        text = String(text.unicodeScalars.map { Self.isPlain($0) ? Character($0) : " " })
        return text.count > Self.charactersMax ? String(text.prefix(Self.charactersMax)) + "…" : text
    }

    /// A control character in a log line could pretend to be another line.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
        return scalar.properties.generalCategory != .control && scalar.properties.generalCategory != .lineSeparator
            && scalar.properties.generalCategory != .paragraphSeparator
    }

    private static func replacing(_ secret: String, in text: String) -> String {
        text.split(separator: secret, omittingEmptySubsequences: false).joined(separator: mask)
    }

    /// Hides what follows `label`, in whatever case, up to a blank, comma or quote.
    private static func maskingValue(of label: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let found = rest.firstRange(ofIgnoringCase: label) {
            result += rest[..<found.upperBound] + mask
            rest = rest[found.upperBound...].drop { $0 == " " }.drop { !$0.isWhitespace && !",'\"<".contains($0) }
        }
        return result + rest
    }

    /// Hides every run that could be a signature or (a part of) a token.
    private static func maskingRuns(in text: String) -> String {
        var result = ""
        var run = ""
        func flush() {
            let isSignature = run.utf8.count >= signatureCharacters && run.allSatisfy(\.isHexDigit)
            result += isSignature || run.utf8.count >= tokenCharactersMin ? mask : run
            run = ""
        }
        for character in text {
            if character.isASCII, character.isLetter || character.isNumber || "+/=_%-".contains(character) {
                run.append(character)
            } else {
                flush()
                result.append(character)
            }
        }
        flush()
        return result
    }
}

extension Substring {
    /// `label` is ASCII.
    fileprivate func firstRange(ofIgnoringCase label: String) -> Range<Index>? {
        let wanted = label.lowercased().utf8
        return utf8.indices.lazy.compactMap { start in
            var end = start
            for byte in wanted {
                guard end < endIndex, utf8[end].asciiLowercased == byte else { return nil }
                utf8.formIndex(after: &end)
            }
            return start..<end
        }.first
    }
}

extension UInt8 {
    fileprivate var asciiLowercased: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
