internal import CCurl
internal import Glibc

/// The file of certificates that servers are judged by.
enum CABundle {
    /// libcurl's own file, when it has one that is there.
    ///
    /// Named to libcurl explicitly, because it keeps a parsed bundle only when it reads nothing but that one file;
    /// parsing the system's takes many milliseconds for each new connection.
    static func ofSystem() -> String? {
        guard let path = ccurl_version().pointee.cainfo.map({ String(cString: $0) }) else { return nil }
        return access(path, R_OK) == 0 ? path : nil
    }

    /// Throws when the file cannot be read or holds no certificate: libcurl would say so for each connection anew, and
    /// take an empty path for no path.
    static func check(path: String) throws(HTTPFailure) {
        guard let file = fopen(path, "re") else { throw failure(path, String(cString: strerror(errno))) }
        defer { fclose(file) }
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while getline(&line, &capacity, file) > 0 {
            if let line, isCertificate(line) { return }
        }
        throw failure(path, ferror(file) != 0 ? String(cString: strerror(errno)) : "holds no PEM certificate")
    }

    /// The first lines that OpenSSL takes for a certificate's.
    private static let markers = ["", "TRUSTED ", "X509 "].map { "-----BEGIN \($0)CERTIFICATE-----" }

    private static func isCertificate(_ line: UnsafePointer<CChar>) -> Bool {
        markers.contains { strncmp($0, line, $0.utf8.count) == 0 }
    }

    private static func failure(_ path: String, _ cause: String) -> HTTPFailure {
        HTTPFailure(.tls, "CA bundle \"\(path)\": \(cause)")
    }
}
