/// A request in the one form that both sides hash.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
package struct CanonicalRequest: Hashable, Sendable {
    package let text: String
    /// The names of the headers it covers, `host;x-amz-date` for instance.
    package let signedHeaders: String

    /// What to do with a path before it is encoded.
    package enum PathStyle: Sendable {
        /// Dots and double slashes are resolved: every service but S3.
        case normalized
        case asWritten
    }

    /// `path` and `query` are as on the wire, without the `?`. `headers` are those to sign, in wire order, repeats
    /// included. `payloadHash` is the hexadecimal SHA-256 of the bytes sent.
    package init(
        method: String, path: String, query: String, headers: [(name: String, value: String)], payloadHash: String,
        pathStyle: PathStyle = .normalized
    ) {
        let fields = Self.fields(headers)
        signedHeaders = fields.map(\.name).joined(separator: ";")
        let lines = fields.map { "\($0.name):\($0.value)\n" }.joined()
        text = [
            method, Self.canonicalPath(path, pathStyle), Self.canonicalQuery(query), lines, signedHeaders, payloadHash,
        ].joined(separator: "\n")
    }

    /// The hexadecimal SHA-256 of `text`.
    package var hash: String { Digest.payloadHash(Array(text.utf8)) }
}

extension CanonicalRequest {
    /// Names in lower case and sorted; the values of a repeated name joined by commas in wire order.
    private static func fields(_ headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        let ordered = headers.enumerated()
            .map { (name: $0.element.name.lowercased(), place: $0.offset, value: collapsed($0.element.value)) }
            .sorted { ($0.name, $0.place) < ($1.name, $1.place) }
        var fields: [(name: String, value: String)] = []
        for field in ordered {
            if let last = fields.indices.last, fields[last].name == field.name {
                fields[last].value += "," + field.value
            } else {
                fields.append((field.name, field.value))
            }
        }
        return fields
    }

    /// Without blanks at the ends, and one space for each run of blanks within, quoted or not.
    private static func collapsed(_ value: String) -> String {
        guard value.utf8.contains(where: isBlank) else { return value }
        return value.utf8.split(whereSeparator: isBlank).map { String(Substring($0)) }.joined(separator: " ")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The wire's path with its own `%` encoded once more.
    private static func canonicalPath(_ path: String, _ style: PathStyle) -> String {
        let chosen =
            switch style {
            case .normalized: normalized(path)
            case .asWritten: path.isEmpty ? "/" : path
            }
        return PercentEncoding.encode(chosen.utf8, keepingSlash: true)
    }

    private static func normalized(_ path: String) -> String {
        var segments: [Substring] = []
        for segment in path.split(separator: "/") where segment != "." {
            if segment == ".." { _ = segments.popLast() } else { segments.append(segment) }
        }
        let tail = path.hasSuffix("/") && !segments.isEmpty ? "/" : ""
        return "/" + segments.joined(separator: "/") + tail
    }

    /// Each name and value decoded and encoded anew, then sorted by name and value.
    private static func canonicalQuery(_ query: String) -> String {
        query.split(separator: "&").map { parameter in
            let parts = parameter.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (reencoded(parts[0]), parts.count == 2 ? reencoded(parts[1]) : "")
        }
        .sorted { $0 < $1 }
        .map { "\($0)=\($1)" }
        .joined(separator: "&")
    }

    private static func reencoded(_ text: Substring) -> String {
        PercentEncoding.encode(PercentEncoding.decode(text))
    }
}
