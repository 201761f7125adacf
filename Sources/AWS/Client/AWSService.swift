/// The services we call, and what each is called where.
package enum AWSService: Hashable, Sendable, CaseIterable {
    case kinesis
    case logs
    case sts
    case iam
    case organizations
    case kms

    /// In the credential scope.
    package var signingName: String {
        switch self {
        case .kinesis: "kinesis"
        case .logs: "logs"
        case .sts: "sts"
        case .iam: "iam"
        case .organizations: "organizations"
        case .kms: "kms"
        }
    }

    /// The first label of the service's host.
    var hostPrefix: String { signingName }

    /// Behind `AWS_ENDPOINT_URL_`; in lower case the key in a `services` section of the shared config file.
    ///
    /// https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
    var endpointKey: String {
        switch self {
        case .kinesis: "KINESIS"
        case .logs: "CLOUDWATCH_LOGS"
        case .sts: "STS"
        case .iam: "IAM"
        case .organizations: "ORGANIZATIONS"
        case .kms: "KMS"
        }
    }

    /// How the service is spoken to: AWS JSON 1.1 by target, or the query protocol by version.
    var wireProtocol: WireProtocol {
        switch self {
        case .kinesis: .json(targetPrefix: "Kinesis_20131202", capitalizes: true)
        case .logs: .json(targetPrefix: "Logs_20140328", capitalizes: false)
        case .sts: .query(version: "2011-06-15")
        case .iam: .query(version: "2010-05-08")
        case .organizations: .json(targetPrefix: "AWSOrganizationsV20161128", capitalizes: true)
        case .kms: .json(targetPrefix: "TrentService", capitalizes: true)
        }
    }
}

/// The two ways of AWS to carry a call in a POST.
enum WireProtocol: Hashable, Sendable {
    /// `capitalizes`: whether the members of requests and replies begin with a capital.
    case json(targetPrefix: String, capitalizes: Bool)
    case query(version: String)
}
