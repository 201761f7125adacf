extension Partition {
    /// A service's host in one Region. GovCloud's plain hosts are FIPS hosts already.
    func host(_ service: AWSService, in region: String, fips: Bool, dualStack: Bool) -> String {
        let hasFIPSHost = fips && !(self == .govCloud && !dualStack)
        let suffix = dualStack ? dualStackSuffix : suffix
        return "\(service.hostPrefix)\(hasFIPSHost ? "-fips" : "").\(region).\(suffix)"
    }
}

/// Services that a partition has once, for all its Regions. Hosts and Regions as in AWS's endpoint rules of November 2026.
extension Partition {
    /// What calls to IAM are signed for.
    var iamRegion: String {
        switch self {
        case .aws: "us-east-1"
        case .china: "cn-north-1"
        case .govCloud: "us-gov-west-1"
        case .europeanSovereign: "eusc-de-east-1"
        case .iso: "us-iso-east-1"
        case .isoB: "us-isob-east-1"
        case .isoE: "eu-isoe-west-1"
        case .isoF: "us-isof-south-1"
        }
    }

    /// Where Organizations is, which is in China not where IAM is.
    var organizationsRegion: String { self == .china ? "cn-northwest-1" : iamRegion }

    /// GovCloud has no FIPS hosts of Organizations beside its plain ones, which are.
    func organizationsHost(fips: Bool, dualStack: Bool) -> String {
        host(.organizations, in: organizationsRegion, fips: fips && self != .govCloud, dualStack: dualStack)
    }

    /// Its hosts follow no rule, and GovCloud's are FIPS hosts already.
    func iamHost(fips: Bool, dualStack: Bool) -> String {
        let label = fips && self != .govCloud ? "iam-fips" : "iam"
        let place = dualStack ? iamDualStackPlace(fips: fips) : iamPlace(fips: fips)
        return [label, place, dualStack ? dualStackSuffix : suffix].compactMap { $0 }.joined(separator: ".")
    }

    /// Between `iam` and the suffix.
    private func iamPlace(fips: Bool) -> String? {
        switch self {
        case .aws: nil
        case .govCloud: "us-gov"
        case .iso, .isoB: iamRegion
        case .china, .europeanSovereign, .isoE, .isoF: fips ? nil : iamRegion
        }
    }

    private func iamDualStackPlace(fips: Bool) -> String? {
        switch self {
        case .aws: "global"
        case .govCloud: "us-gov"
        case .china, .europeanSovereign: fips ? nil : "global"
        case .iso, .isoB, .isoE, .isoF: nil
        }
    }
}
