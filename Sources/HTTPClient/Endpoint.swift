/// Scheme, host and port, as far as a URL names them: what a connection is made for, and all of a URL that is told.
struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    let isSecure: Bool
    /// In lower case.
    let authority: String

    /// Throws `badRequest`. libcurl would guess a missing scheme and take a user's name from the URL; here neither is
    /// wanted, and a URL with a secret in it must not come up in an error.
    init(url: String) throws(HTTPFailure) {
        let scheme = url.utf8.prefix { $0 != UInt8(ascii: ":") }
        let rest = url.utf8.dropFirst(scheme.count)
        switch String(Substring(scheme)).lowercased() {
        case "https" where rest.starts(with: "://".utf8): isSecure = true
        case "http" where rest.starts(with: "://".utf8): isSecure = false
        default: throw HTTPFailure(.badRequest, "the URL does not begin with http:// or https://")
        }
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw HTTPFailure(.badRequest, "the URL holds a character that must be percent-encoded")
        }
        let authority = rest.dropFirst("://".utf8.count).prefix { !"/?#\\".utf8.contains($0) }
        guard !authority.isEmpty, !authority.contains(UInt8(ascii: "@")) else {
            throw HTTPFailure(.badRequest, "the URL names no host, or a user")
        }
        self.authority = String(Substring(authority)).lowercased()
    }

    var description: String { "\(isSecure ? "https" : "http")://\(authority)" }
}
