import FilterPatterns

/// A part of a list, and the token that gets the next part: the last item's name, made opaque.
struct Page<Item> {
    let items: ArraySlice<Item>
    let next: String?

    init(_ items: [Item], limit: Int, token: String?, key: (Item) -> String) throws(ServiceFault) {
        var start = 0
        if let token {
            guard let last = PageToken.name(token), let index = items.firstIndex(where: { key($0) == last }) else {
                throw LogsFault.badToken
            }
            start = index + 1
        }
        let end = min(start + limit, items.count)
        self.items = items[start..<end]
        next = end < items.count ? self.items.last.map { PageToken.token(key($0)) } : nil
    }
}

enum PageToken {
    static func token(_ name: String) -> String { name.utf8.lowercaseHex }

    static func name(_ token: String) -> String? {
        let digits = token.utf8.compactMap(\.hexValue)
        guard digits.count == token.utf8.count, digits.count % 2 == 0 else { return nil }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension LogsRequest {
    /// `limit`, 50 if it is not said, and `nextToken`.
    mutating func paging() throws(ServiceFault) -> (limit: Int, token: String?) {
        let limit = try integer("limit", in: 1...Int64(LogsLimits.describeMax)) ?? Int64(LogsLimits.describeMax)
        return (Int(limit), try optionalText("nextToken", .token))
    }

    /// `logGroupName`, or `logGroupIdentifier`, which is a name or an ARN of this account and Region.
    mutating func group(in place: LogsPlace) throws(ServiceFault) -> String {
        guard has("logGroupIdentifier") else { return try name("logGroupName", .groupName) }
        guard !has("logGroupName") else {
            throw ServiceFault(
                "ValidationException", "LogGroup name and LogGroup identifier are mutually exclusive parameters.")
        }
        let identifier = try text("logGroupIdentifier", .arn)
        guard identifier.hasPrefix("arn:") else { return identifier }
        guard let arn = ResourceName(identifier), let name = arn.name(after: "log-group:"),
            LogsPlace(account: arn.account, region: arn.region) == place
        else { throw LogsFault.noGroup }
        return name.hasSuffix(":*") ? String(name.dropLast(2)) : name
    }
}
