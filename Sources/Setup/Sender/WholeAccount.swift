package import AWS
private import FoundationEssentials

/// The document of a subscription policy for a whole account.
///
/// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
package struct WholeAccount: Hashable, Sendable {
    package let destination: String
    package let pattern: String
    package let distribution: SubscriptionFilter.Distribution?
    package let role: String?

    /// What is not asked for stays as it is.
    init(_ goal: SenderGoal, by role: String?, after existing: AccountPolicy?) {
        let old = existing.map { WholeAccount(parsing: $0.document) }
        destination = goal.destination.description
        pattern = goal.pattern ?? old?.pattern ?? ""
        distribution = goal.distribution ?? old?.distribution ?? .byLogStream
        self.role = role ?? old?.role
    }

    /// A document that cannot be read sends nowhere, so it is nobody's we know.
    package init(parsing text: String) {
        let written = try? JSONDecoder().decode(Written.self, from: Data(text.utf8))
        destination = written?.DestinationArn ?? ""
        pattern = written?.FilterPattern ?? ""
        distribution = written?.Distribution.flatMap(SubscriptionFilter.Distribution.init)
        role = written?.RoleArn
    }

    private struct Written: Decodable {
        let DestinationArn: String
        let FilterPattern: String?
        let Distribution: String?
        let RoleArn: String?
    }

    var document: JSONTree {
        .object([
            "DestinationArn": .text(destination), "RoleArn": role.map(JSONTree.text), "FilterPattern": .text(pattern),
            "Distribution": distribution.map { .text($0.rawValue) },
        ])
    }

    func differences(to new: WholeAccount) -> [Plan.Difference] {
        let pairs: [(String, String, String)] = [
            ("destination", destination, new.destination), ("pattern", "\"\(pattern)\"", "\"\(new.pattern)\""),
            ("role", role ?? "none", new.role ?? "none"),
            ("distribution", (distribution ?? .byLogStream).rawValue, (new.distribution ?? .byLogStream).rawValue),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { Plan.Difference($0.0, $0.1, $0.2) }
    }
}
