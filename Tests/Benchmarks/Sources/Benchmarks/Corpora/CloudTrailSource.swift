/// CloudTrail records, as a trail writes them to its log group: each event's message is one record of about 2 KB of JSON.
///
/// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
struct CloudTrailSource: LogSource {
    private let sessions: [CloudTrailSession]
    private let addresses: [String]
    private static let agents = [
        "aws-sdk-java/2.25.60 Linux/5.10.226-214.880.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.13+11-LTS "
            + "Java/17.0.13 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/standard",
        "Boto3/1.35.71 md/Botocore#1.35.71 ua/2.0 os/linux#5.10.230-223.885.amzn2.x86_64 md/arch#x86_64 "
            + "lang/python#3.12.7 md/pyimpl#CPython exec-env/AWS_Lambda_python3.12 cfg/retry-mode#legacy",
        "aws-cli/2.22.5 md/awscrt#0.22.0 ua/2.0 os/linux#6.8.0-1018-aws md/arch#x86_64 lang/python#3.12.6 "
            + "md/pyimpl#CPython cfg/retry-mode#standard md/installer#exe md/distrib#ubuntu.24 md/command#s3.cp",
        "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.78.0 "
            + "(+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.5 os/linux lang/go#1.23.3",
        "AWS Internal", "ecs.amazonaws.com",
        "kube-controller-manager/v1.30.6 (linux/amd64) kubernetes/00f20d4 aws-sdk-go/1.55.5 (go1.22.8; linux; amd64)",
    ]
    private static let regions = ["us-east-1", "eu-central-1", "us-west-2", "ap-southeast-2"]

    init(random: inout SplitMix64) {
        var sessions: [CloudTrailSession] = []
        for index in 0..<80 { sessions.append(CloudTrailSession(index, random: &random)) }
        self.sessions = sessions
        addresses = (0..<120).map { _ in
            "\(random.within(3...203)).\(random.below(256)).\(random.below(256)).\(random.within(1...254))"
        }
    }

    func origin(at time: LogTime, random: inout SplitMix64) -> LogOrigin {
        let region = random.favour(Self.regions)
        return LogOrigin(
            group: "/aws/cloudtrail/organization-trail",
            stream: "o-a1b2c3d4e5_111111111111_CloudTrail_\(region)_\(random.within(1...8))",
            filter: "trail-to-recipient")
    }

    func message(at time: LogTime, random: inout SplitMix64) -> String {
        let session = random.favour(sessions)
        let region = random.favour(Self.regions)
        let call = CloudTrailCall(session: session, region: region, random: &random)
        return CompactJSON.object([
            "eventVersion": #""1.11""#, "userIdentity": session.identity,
            "eventTime": CompactJSON.string("\(time.dateAndTime)Z"),
            "eventSource": CompactJSON.string("\(call.service).amazonaws.com"),
            "eventName": CompactJSON.string(call.name), "awsRegion": CompactJSON.string(region),
            "sourceIPAddress": CompactJSON.string(random.favour(addresses)),
            "userAgent": CompactJSON.string(random.favour(Self.agents)),
            "requestParameters": call.parameters, "responseElements": call.response,
            "requestID": CompactJSON.string(random.uuid()), "eventID": CompactJSON.string(random.uuid()),
            "readOnly": call.isReadOnly ? "true" : "false", "resources": call.resources,
            "eventType": #""AwsApiCall""#, "managementEvent": "true",
            "recipientAccountId": CompactJSON.string(session.account), "eventCategory": #""Management""#,
            "tlsDetails": CompactJSON.object([
                "tlsVersion": #""TLSv1.3""#, "cipherSuite": #""TLS_AES_128_GCM_SHA256""#,
                "clientProvidedHostHeader": CompactJSON.string("\(call.service).\(region).amazonaws.com"),
            ]),
        ])
    }

    func pauseMilliseconds(random: inout SplitMix64) -> Int { random.below(1500) }
}

/// Someone who calls AWS under an assumed role.
struct CloudTrailSession {
    let account: String
    let role: String
    /// The record's `userIdentity`.
    let identity: String
    /// What it uses again and again.
    let keys: [String]
    let instances: [String]
    let network: Network

    struct Network {
        let vpc: String
        let subnet: String
        let securityGroup: String
    }

    private static let roles = ["ecs-task", "ci-deploy", "eks-node", "lambda-orders", "backup", "admin", "audit"]

    init(_ index: Int, random: inout SplitMix64) {
        let account = random.pick(["111111111111", "222222222222", "333333333333", "444444444444"])
        let role = "\(random.pick(Self.roles))-\(random.hex(6))"
        let principal = "AROA\(random.text(of: Alphabet.keys, count: 17))"
        let name = index.isMultiple(of: 3) ? "i-0\(random.hex(16))" : "session-\(random.within(100_000...999_999))"
        let began = LogTime(milliseconds: LogTime.usualStart - random.below(3_600_000))
        let issuer = CompactJSON.object([
            "type": #""Role""#, "principalId": CompactJSON.string(principal),
            "arn": CompactJSON.string("arn:aws:iam::\(account):role/\(role)"),
            "accountId": CompactJSON.string(account), "userName": CompactJSON.string(role),
        ])
        identity = CompactJSON.object([
            "type": #""AssumedRole""#, "principalId": CompactJSON.string("\(principal):\(name)"),
            "arn": CompactJSON.string("arn:aws:sts::\(account):assumed-role/\(role)/\(name)"),
            "accountId": CompactJSON.string(account),
            "accessKeyId": CompactJSON.string("ASIA\(random.text(of: Alphabet.keys, count: 16))"),
            "sessionContext": CompactJSON.object([
                "sessionIssuer": issuer,
                "attributes": CompactJSON.object([
                    "creationDate": CompactJSON.string("\(began.dateAndTime)Z"), "mfaAuthenticated": #""false""#,
                ]),
            ]),
        ])
        self.account = account
        self.role = role
        keys = (0..<3).map { _ in random.uuid() }
        instances = (0..<20).map { _ in "i-0\(random.hex(16))" }
        network = Network(
            vpc: "vpc-0\(random.hex(16))", subnet: "subnet-0\(random.hex(16))", securityGroup: "sg-0\(random.hex(16))")
    }
}
