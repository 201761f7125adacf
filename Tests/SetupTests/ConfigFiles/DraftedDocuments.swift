@testable import Setup

/// The documents of both accounts with everything that is somebody's own left open.
enum DraftedDocuments {
    private static let place = AccountPlace(
        partition: Placeholder.partition, account: Placeholder.account, region: Placeholder.region)

    static let recipientTrust = Draft(over: [.senderAccounts, .organization]) { wishes in
        PolicyDocuments.recipientTrust(for: access(wishes), of: place).json
    }

    static let recipientPermissions = Draft(over: [.key]) { wishes in
        PolicyDocuments.recipientPermissions(
            stream: place.stream("${StreamName}", region: place.region),
            key: wishes.contains(.key) ? "${KeyArn}" : nil
        ).json
    }

    static let destinationAccess = Draft(over: [.senderAccounts, .organization, .wholeAccounts]) { wishes in
        PolicyDocuments.destinationAccess(access(wishes), destination: place.destination("${DestinationName}")).json
    }

    static let senderTrust = Draft(over: []) { _ in PolicyDocuments.senderTrust.json }

    static let senderPermissions = Draft(over: [.logGroups]) { wishes in
        let group = wishes.contains(.logGroups) ? Placeholder.logGroups : "*"
        return PolicyDocuments.senderPermissions(groups: [place.logGroup(group)]).json
    }

    /// What AWS takes as the document of an account policy. The role is its ARN.
    static let wholeAccount = Draft(over: [.role]) { wishes in
        let role = wishes.contains(.role) ? #""RoleArn":"${Role.Arn}","# : ""
        let written = """
            {"DestinationArn":"${DestinationArn}",\(role)"FilterPattern":"\(Placeholder.pattern)",\
            "Distribution":"Random"}
            """
        return WholeAccount(parsing: written).document.replacing("Random", with: "${Distribution}")
    }

    /// Which log groups of a whole account are sent.
    static let criteria = Draft(over: []) { _ in .text(criteriaText) }
    static let criteriaText = SenderGoal.criteria(except: ["${ExceptLogGroups}"]) ?? ""

    private static func access(_ wishes: Set<Wish>) -> SenderAccess {
        SenderAccess(
            accounts: wishes.contains(.senderAccounts) ? [Placeholder.senders] : [],
            organizations: wishes.contains(.organization) ? ["${OrganizationId}"] : [],
            wholeAccounts: wishes.contains(.wholeAccounts))
    }
}

extension JSONTree {
    /// The text `old`, wherever it is all that a value says, replaced.
    fileprivate func replacing(_ old: String, with new: String) -> JSONTree {
        switch self {
        case .text(let text): .text(text == old ? new : text)
        case .number, .flag: self
        case .list(let items): .list(items.map { $0.replacing(old, with: new) })
        case .object(let members): .object(members.map { Member($0.name, $0.value.replacing(old, with: new)) })
        }
    }
}
