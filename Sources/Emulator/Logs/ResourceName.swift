import FilterPatterns

/// An Amazon resource name, split where its colons are: `arn:partition:service:region:account:resource`.
struct ResourceName: Sendable {
    let service: String
    let region: String
    let account: String
    /// Colons and slashes included.
    let resource: String

    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 6, parts[0] == "arn", !parts[1].isEmpty, !parts[2].isEmpty, !parts[5].isEmpty else {
            return nil
        }
        (service, region, account, resource) = (parts[2], parts[3], parts[4], parts[5])
    }

    /// What follows `prefix` in the resource, if anything does.
    func name(after prefix: String) -> String? {
        guard resource.hasPrefix(prefix), resource.utf8.count > prefix.utf8.count else { return nil }
        return String(resource.dropFirst(prefix.count))
    }

    /// `arn:aws:logs:…` of a resource here.
    static func logs(_ resource: String, in place: LogsPlace) -> String {
        "arn:aws:logs:\(place.region):\(place.account):\(resource)"
    }

    static func isStream(_ text: String) -> Bool {
        guard let name = ResourceName(text) else { return false }
        return name.service == "kinesis" && name.name(after: "stream/") != nil && !name.region.isEmpty
    }

    static func isRole(_ text: String) -> Bool {
        guard let name = ResourceName(text) else { return false }
        let account = name.account.utf8
        return name.service == "iam" && name.region.isEmpty && account.count == 12 && account.allSatisfy(\.isDigit)
            && name.name(after: "role/") != nil
    }
}
