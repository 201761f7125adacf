/// A part of AWS with names, endpoints and accounts of its own.
///
/// Names and suffixes as in AWS's endpoint rules of November 2026.
package enum Partition: Hashable, Sendable, CaseIterable {
    case aws, china, govCloud, europeanSovereign, iso, isoB, isoE, isoF

    /// The partition of a Region by the front of its name; unknown ones are AWS's common partition.
    package init(region: String) {
        self = Self.allCases.first { partition in partition.regionPrefix.map { region.hasPrefix($0) } ?? false } ?? .aws
    }

    /// The partition that an ARN names behind its first colon; `nil` for an unknown one.
    init?(arn: String) {
        let parts = arn.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "arn",
            let partition = Self.allCases.first(where: { $0.name == parts[1] })
        else { return nil }
        self = partition
    }

    /// In ARNs.
    package var name: String {
        switch self {
        case .aws: "aws"
        case .china: "aws-cn"
        case .govCloud: "aws-us-gov"
        case .europeanSovereign: "aws-eusc"
        case .iso: "aws-iso"
        case .isoB: "aws-iso-b"
        case .isoE: "aws-iso-e"
        case .isoF: "aws-iso-f"
        }
    }

    private var regionPrefix: String? {
        switch self {
        case .aws: nil
        case .china: "cn-"
        case .govCloud: "us-gov-"
        case .europeanSovereign: "eusc-"
        case .iso: "us-iso-"
        case .isoB: "us-isob-"
        case .isoE: "eu-isoe-"
        case .isoF: "us-isof-"
        }
    }

    /// Behind the Region in a host.
    var suffix: String {
        switch self {
        case .aws, .govCloud: "amazonaws.com"
        case .china: "amazonaws.com.cn"
        case .europeanSovereign: "amazonaws.eu"
        case .iso: "c2s.ic.gov"
        case .isoB: "sc2s.sgov.gov"
        case .isoE: "cloud.adc-e.uk"
        case .isoF: "csp.hci.ic.gov"
        }
    }

    /// The same for hosts that answer on IPv6, too.
    var dualStackSuffix: String {
        switch self {
        case .aws, .govCloud: "api.aws"
        case .china: "api.amazonwebservices.com.cn"
        case .europeanSovereign: "api.amazonwebservices.eu"
        case .iso: "api.aws.ic.gov"
        case .isoB: "api.aws.scloud"
        case .isoE: "api.cloud-aws.adc-e.uk"
        case .isoF: "api.aws.hci.ic.gov"
        }
    }
}
