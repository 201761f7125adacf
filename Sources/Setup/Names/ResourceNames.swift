/// What AWS takes as names, looked at before it is asked.
package enum ResourceNames {
    package static let destinationAllowed = "1 to 512 characters without : and *"

    /// Also of a subscription filter.
    ///
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDestination.html
    package static func isDestination(_ text: String) -> Bool {
        (1...512).contains(text.unicodeScalars.count) && !text.unicodeScalars.contains { $0 == ":" || $0 == "*" }
    }

    package static let roleAllowed = "1 to 64 letters, digits and + = , . @ - _"

    /// https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
    package static func isRole(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isWordCharacter || "+=,.@-".utf8.contains($0) }
    }

    package static let logGroupAllowed = "1 to 512 letters, digits and . - _ / #"

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    package static func isLogGroup(_ text: String) -> Bool {
        (1...512).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isWordCharacter || ".-/#".utf8.contains($0) }
    }

    package static let organizationAllowed = "o- and 10 to 32 lower-case letters and digits"

    /// https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
    package static func isOrganization(_ text: String) -> Bool {
        let rest = text.utf8.dropFirst(2)
        return text.hasPrefix("o-") && (10...32).contains(rest.count)
            && rest.allSatisfy { $0.isWordCharacter && !$0.isCapital && $0 != UInt8(ascii: "_") }
    }

    package static let pathAllowed = "a path such as o-1234567890/r-ab12/ou-ab12-11111111/*"

    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
    package static func isOrganizationPath(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return parts.count >= 2 && isOrganization(parts[0])
            && text.utf8.allSatisfy { $0.isWordCharacter || "-/*".utf8.contains($0) }
    }

    package static let policyNameAllowed = "1 to 256 characters, not beginning with aws/, without : and *"

    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutAccountPolicy.html
    package static func isAccountPolicy(_ text: String) -> Bool {
        (1...256).contains(text.unicodeScalars.count) && !text.hasPrefix("aws/")
            && !text.unicodeScalars.contains { $0 == ":" || $0 == "*" }
    }
}

extension UInt8 {
    fileprivate var isCapital: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }

    fileprivate var isWordCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
        default: isCapital
        }
    }
}
