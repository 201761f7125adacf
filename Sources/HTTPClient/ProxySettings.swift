internal import Glibc

/// Which proxy serves which URL, by the variables that everybody uses.
package struct ProxySettings: Equatable, Sendable {
    /// For `https` URLs: `http://[user:password@]host:port`; the connection through it is a tunnel.
    package var https: String?
    /// For `http` URLs.
    package var http: String?
    /// Hosts that are asked directly, separated by commas: names (and what ends in them), addresses, CIDR blocks, `*`.
    package var except: String

    package static let none = ProxySettings(https: nil, http: nil)

    package init(https: String?, http: String?, except: String = "") {
        self.https = https
        self.http = http
        self.except = except
    }

    /// `https_proxy`, `http_proxy`, `all_proxy` and `no_proxy`, in lower case or else in capitals.
    ///
    /// `HTTP_PROXY` is not read, because a CGI server sets it from a request's header; so libcurl does.
    /// `variable` answers a variable's value, or `nil`.
    package init(variable: (String) -> String?) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap(variable).first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        https = value("https_proxy", "HTTPS_PROXY") ?? all
        http = value("http_proxy") ?? all
        except = value("no_proxy", "NO_PROXY") ?? ""
    }

    /// Those of this process's environment, read now.
    package static func ofProcess() -> ProxySettings {
        ProxySettings { name in getenv(name).map { String(cString: $0) } }
    }
}
