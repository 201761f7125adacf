package import AWS

/// What the recipient's account is to have: a stream, a role to write to it, a destination and who may use that.
package struct RecipientGoal: Hashable, Sendable {
    package static let roleDefault = "CWLtoKinesisRole"
    /// The name of the inline policy in the role.
    package static let permissionsName = "Permissions-Policy-For-CWL"

    /// The account in the destination's Region.
    package let place: AccountPlace
    package var stream: StreamGoal
    package let destination: String
    package let role: String
    package var senders: SenderAccess
    /// Accounts and organizations that are to lose access.
    package var removed: SenderAccess
    package var consent: Consent

    package struct StreamGoal: Hashable, Sendable {
        package let name: String
        package let region: String
        /// `nil`: one shard when it is made, and whatever it has when it is there.
        package var capacity: StreamCapacity?
        /// 24 to 8,760. `nil`: AWS's 24 when it is made.
        package var retentionHours: Int?
        /// A key's ARN, id or alias. `nil`: not encrypted when it is made.
        package var key: String?

        package init(
            name: String, region: String, capacity: StreamCapacity? = nil, retentionHours: Int? = nil,
            key: String? = nil
        ) {
            self.name = name
            self.region = region
            self.capacity = capacity
            self.retentionHours = retentionHours
            self.key = key
        }
    }

    package init(
        place: AccountPlace, stream: StreamGoal, destination: String, role: String = roleDefault,
        senders: SenderAccess, removed: SenderAccess = SenderAccess(), consent: Consent = Consent()
    ) {
        self.place = place
        self.stream = stream
        self.destination = destination
        self.role = role
        self.senders = senders
        self.removed = removed
        self.consent = consent
    }
}

extension RecipientGoal {
    /// Whoever is verified as a sender has to be admitted, by whatever was named or by the account's id.
    package mutating func admit(_ account: String, wholeAccount: Bool) {
        if !senders.isByOrganization { senders.accounts = (senders.accounts + [account]).sortedOnce }
        if wholeAccount { senders.wholeAccounts = true }
    }

    package var streamARN: String { place.stream(stream.name, region: stream.region) }
    package var roleARN: String { place.role(role) }
    /// As IAM says once the role is there: it may have a path before its name.
    func roleARN(in state: RecipientState) -> String { state.role?.arn ?? roleARN }
    package var destinationARN: DestinationARN { DestinationARN(destination, in: place) }
    var streamPlace: StreamPlace { StreamPlace(name: stream.name, region: stream.region) }
}
