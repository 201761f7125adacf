/// Scheme, host and port, as far as a URL names them: what a connection is made for, and all of a URL that is told.
struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    let isSecure: Bool
    /// In lower case.
    let authority: String

    /// Throws `badRequest`. libcurl would guess a missing scheme and take a user's name from the URL; here neither is
    /// wanted, and a URL with a secret in it must not come up in an error.
    init(url: String) throws(HTTPFailure) {
        guard let colon = url.firstRange(of: "://") else {
            throw HTTPFailure(.badRequest, "the URL does not begin with http:// or https://")
        }
        switch url[..<colon.lowerBound].lowercased() {
        case "https": isSecure = true
        case "http": isSecure = false
        default: throw HTTPFailure(.badRequest, "the URL does not begin with http:// or https://")
        }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw HTTPFailure(.badRequest, "the URL holds a character that must be percent-encoded")
        }
        let authority = url[colon.upperBound...].prefix { !"/?#\\".contains($0) }
        guard !authority.isEmpty, !authority.contains("@") else {
            throw HTTPFailure(.badRequest, "the URL names no host, or a user")
        }
        self.authority = authority.lowercased()
    }

    var description: String { "\(isSecure ? "https" : "http")://\(authority)" }
}
