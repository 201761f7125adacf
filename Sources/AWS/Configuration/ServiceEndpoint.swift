/// Where a service is, and for which Region calls to it are signed.
package struct ServiceEndpoint: Hashable, Sendable {
    /// `https://kinesis.us-east-1.amazonaws.com`: scheme, host and port as on the wire, without a path.
    package let origin: String
    /// The value of the Host header: lower case, the port unless it is the scheme's own.
    package let host: String
    /// Begins with `/`.
    package let path: String
    package let region: String

    /// AWS's own host, and the Region it is signed for: `region`, or for a service that a partition has once, that one's.
    init(service: AWSService, region: String, fips: Bool, dualStack: Bool) {
        let partition = Partition(region: region)
        switch service {
        case .kinesis, .logs, .sts, .kms:
            host = partition.host(service, in: region, fips: fips, dualStack: dualStack)
            self.region = region
        case .organizations:
            host = partition.organizationsHost(fips: fips, dualStack: dualStack)
            self.region = partition.organizationsRegion
        case .iam:
            host = partition.iamHost(fips: fips, dualStack: dualStack)
            self.region = partition.iamRegion
        }
        origin = "https://\(host)"
        path = "/"
    }

    /// A configured address: `http://127.0.0.1:4567`, with a path if need be. `nil` unless it is `http` or `https` with
    /// a host and without user, query or fragment.
    package init?(url: String, region: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let scheme = url[..<mark.lowerBound].lowercased()
        guard scheme == "http" || scheme == "https", !url.contains(where: { "?#@ \\".contains($0) }),
            url.allSatisfy(\.isASCII)
        else { return nil }
        let rest = url[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" }.lowercased()
        guard let host = Self.host(authority, usualPort: scheme == "http" ? "80" : "443") else { return nil }
        let path = rest.drop { $0 != "/" }
        self.host = host
        origin = "\(scheme)://\(host)"
        self.path = path.isEmpty ? "/" : String(path)
        self.region = region
    }

    private static func host(_ authority: String, usualPort: String) -> String? {
        // The colons of an IPv6 address stand within brackets.
        let nameEnd = authority.lastIndex(of: "]") ?? authority.startIndex
        guard let colon = authority[nameEnd...].firstIndex(of: ":") else { return authority.isEmpty ? nil : authority }
        let (name, port) = (authority[..<colon], authority[colon...].dropFirst())
        guard !name.isEmpty, let number = UInt16(port), number > 0 else { return nil }
        return port == usualPort ? String(name) : authority
    }
}
