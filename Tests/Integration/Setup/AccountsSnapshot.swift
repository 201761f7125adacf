import Foundation

@testable import AWS

extension TwoAccounts {
    /// Everything that set-up could have made or changed in both accounts, a line each; alike for accounts that are set up
    /// alike. Policies count by what they say.
    func snapshot() async throws -> [String] {
        var lines: [String] = []
        for side in Side.allCases {
            for region in [Self.region, Self.otherRegion] { lines += try await streams(side, region) }
            for role in Self.roles { lines += try await self.role(role, side) }
            lines += try await destinations(side)
            lines += try await subscriptions(side)
        }
        return lines
    }

    /// The names of all roles that a test uses.
    static let roles = ["CWLtoKinesisRole", "CWLtoSubscriptionFilterRole", "ours"]

    private func streams(_ side: Side, _ region: String) async throws -> [String] {
        struct Reply: Decodable { let StreamNames: [String] }
        let names = try await call(.kinesis, "ListStreams", as: side, region: region, replyingWith: Reply.self)
        var lines: [String] = []
        for name in names.StreamNames {
            for operation in ["DescribeStreamSummary", "ListTagsForStream"] {
                let reply = try await call(
                    .kinesis, operation, #"{"StreamName":"\#(name)"}"#, as: side, region: region)
                lines.append("\(side) \(region) \(operation) \(try PlainJSON.text(reply))")
            }
        }
        return lines
    }

    private func role(_ name: String, _ side: Side) async throws -> [String] {
        let named = (name: "RoleName", value: name)
        guard let role = try await iam("GetRole", [named], as: side) else { return [] }
        var lines = ["\(side) GetRole \(try PlainJSON.text(role))"]
        for policy in try await iam("ListRolePolicies", [named], as: side)?.members(of: "PolicyNames") ?? [] {
            let reply = try await iam("GetRolePolicy", [named, (name: "PolicyName", value: policy.text)], as: side)
            lines.append("\(side) GetRolePolicy \(try reply.map(PlainJSON.text) ?? "")")
        }
        return lines
    }

    private func destinations(_ side: Side) async throws -> [String] {
        struct Reply: Decodable {
            struct Destination: Decodable { let arn: String }
            let destinations: [Destination]
        }
        let reply = try await call(.logs, "DescribeDestinations", "{}", as: side)
        var lines = ["\(side) DescribeDestinations \(try PlainJSON.text(reply))"]
        for destination in try JSONDecoder().decode(Reply.self, from: Data(reply)).destinations {
            let request = #"{"resourceArn":"\#(destination.arn)"}"#
            let tags = try await call(.logs, "ListTagsForResource", request, as: side)
            lines.append("\(side) ListTagsForResource \(destination.arn) \(try PlainJSON.text(tags))")
        }
        return lines
    }

    private func subscriptions(_ side: Side) async throws -> [String] {
        struct Reply: Decodable {
            struct Group: Decodable { let logGroupName: String }
            let logGroups: [Group]
        }
        let groups = try await call(.logs, "DescribeLogGroups", as: side, replyingWith: Reply.self)
        var requests = [("DescribeAccountPolicies", #"{"policyType":"SUBSCRIPTION_FILTER_POLICY"}"#)]
        requests += groups.logGroups.map {
            ("DescribeSubscriptionFilters", #"{"logGroupName":"\#($0.logGroupName)"}"#)
        }
        var lines: [String] = []
        for (operation, request) in requests {
            let reply = try await call(.logs, operation, request, as: side)
            lines.append("\(side) \(operation) \(try PlainJSON.text(reply))")
        }
        return lines
    }
}

/// Replies as one canonical line of JSON: what differs from one run to the next is left out, and texts that are JSON
/// themselves stand in it as that.
enum PlainJSON {
    /// Moments, and ids that nobody chose.
    private static let leftOut: Set<String> = [
        "StreamCreationTimestamp", "StreamId", "creationTime", "lastUpdatedTime", "CreateDate", "RoleId",
    ]

    static func text(_ json: some Sequence<UInt8>) throws -> String {
        try written(JSONSerialization.jsonObject(with: Data(json)))
    }

    static func text(_ json: String) throws -> String { try text(json.utf8) }

    static func text(_ reply: XMLNode) throws -> String { try written(members(of: reply)) }

    private static func written(_ value: Any) throws -> String {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(
            decoding: try JSONSerialization.data(withJSONObject: plain(value), options: options), as: UTF8.self)
        // A customer's key is another in every emulator.
        return text.replacing(#/:key/[0-9a-f-]{36}/#, with: ":key/ID")
    }

    private static func plain(_ value: Any) -> Any {
        switch value {
        case let object as [String: Any]: object.filter { !leftOut.contains($0.key) }.mapValues(plain)
        case let list as [Any]: list.map(plain)
        case let text as String where text.hasPrefix("{"):
            // A filter pattern may begin like this as well.
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))).map(plain) ?? text
        default: value
        }
    }

    /// IAM percent-encodes the documents in its replies.
    private static func members(of node: XMLNode) -> [[String: Any]] {
        node.children.map { child in
            let text = child.text.hasPrefix("%7B") ? child.text.removingPercentEncoding ?? child.text : child.text
            return [child.name: child.children.isEmpty ? text : members(of: child)]
        }
    }
}
