private import Settings

/// `arn:aws:logs:us-east-1:999999999999:destination:testDestination`, taken apart.
package struct DestinationARN: Hashable, Sendable, CustomStringConvertible {
    package static let example = "arn:aws:logs:us-east-1:999999999999:destination:NAME"

    /// The recipient's account in the destination's Region.
    package let place: AccountPlace
    package let name: String

    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7, parts[0] == "arn", parts[1] == "aws" || parts[1].hasPrefix("aws-"), parts[2] == "logs",
            AWSNames.isRegion(parts[3]), AWSNames.isAccount(parts[4]), parts[5] == "destination",
            ResourceNames.isDestination(parts[6])
        else { return nil }
        place = AccountPlace(partition: parts[1], account: parts[4], region: parts[3])
        name = parts[6]
    }

    package init(_ name: String, in place: AccountPlace) {
        self.place = place
        self.name = name
    }

    package var description: String { place.destination(name) }
}
