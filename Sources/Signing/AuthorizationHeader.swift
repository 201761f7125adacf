/// The Authorization header of a signed request.
package struct AuthorizationHeader: Hashable, Sendable {
    package let accessKeyID: String
    package let scope: CredentialScope
    /// Lower-case names joined by `;`.
    package let signedHeaders: String
    /// Lower-case hexadecimal.
    package let signature: String

    package init(accessKeyID: String, scope: CredentialScope, signedHeaders: String, signature: String) {
        self.accessKeyID = accessKeyID
        self.scope = scope
        self.signedHeaders = signedHeaders
        self.signature = signature
    }

    /// The header's value as it is sent.
    package var value: String {
        "\(Signer.algorithm) Credential=\(accessKeyID)/\(scope), SignedHeaders=\(signedHeaders), Signature=\(signature)"
    }

    /// `signedHeaders`, one by one.
    package var signedHeaderNames: [String] { signedHeaders.split(separator: ";").map(String.init) }
}

extension AuthorizationHeader {
    /// `nil` unless `value` is Signature Version 4 with its three parts, each once, in any order and with or without
    /// blanks after the commas.
    package init?(parsing value: String) {
        guard value.hasPrefix(Signer.algorithm + " ") else { return nil }
        var parts: [Substring: Substring] = [:]
        for part in value.dropFirst(Signer.algorithm.count + 1).split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, parts.updateValue(pair[1], forKey: pair[0]) == nil else { return nil }
        }
        guard parts.count == 3, let credential = parts["Credential"], let headers = parts["SignedHeaders"],
            let signature = parts["Signature"]
        else { return nil }

        // An access key id holds no slash, the four parts after it neither.
        let fields = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, fields[4] == CredentialScope.terminator, !fields.contains("") else { return nil }
        self.init(
            accessKeyID: fields[0], scope: CredentialScope(date: fields[1], region: fields[2], service: fields[3]),
            signedHeaders: String(headers), signature: String(signature))
    }

    /// Whether `signature` is this one, in time that does not depend on where they differ.
    package func matches(_ other: String) -> Bool {
        let (mine, theirs) = (Array(signature.utf8), Array(other.utf8))
        guard mine.count == theirs.count else { return false }
        return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
