/// Whose a resource is: set-up may change what it made, and removes nothing else.
///
/// Streams, roles and destinations carry a tag that says so. Subscription filters and account policies cannot, and are ours
/// by their name together with the destination they send to.
package enum Ownership: Hashable, Sendable {
    /// Set-up made it.
    case made
    /// It was there, and somebody let set-up change it. Not removed by teardown.
    case adopted
    case foreign

    package static let tagKey = "tailrace:setup"
    package static let madeTags = [tagKey: "made"]
    package static let adoptedTags = [tagKey: "adopted"]

    package init(tags: [String: String]) {
        switch tags[Self.tagKey] {
        case "made": self = .made
        case "adopted": self = .adopted
        default: self = .foreign
        }
    }

    /// The option without which set-up leaves such a resource as it is, as it stands behind others.
    var consentOption: String { isOurs ? "" : " --adopt" }

    var isOurs: Bool {
        switch self {
        case .made, .adopted: true
        case .foreign: false
        }
    }
}

/// What somebody agreed to beforehand.
package struct Consent: Hashable, Sendable {
    /// Resources that set-up did not make may be changed.
    package var adopt = false
    /// Senders may lose access by a change.
    package var force = false

    package init(adopt: Bool = false, force: Bool = false) {
        self.adopt = adopt
        self.force = force
    }
}
