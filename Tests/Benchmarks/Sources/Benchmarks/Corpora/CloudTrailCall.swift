/// The part of a CloudTrail record that tells of one API call.
struct CloudTrailCall {
    let service: String
    let name: String
    let isReadOnly: Bool
    /// JSON, as are the next two.
    let parameters: String
    var response = "null"
    var resources = "null"
}

extension CloudTrailCall {
    /// One of the calls that busy accounts see most.
    init(session: CloudTrailSession, region: String, random: inout SplitMix64) {
        switch random.below(100) {
        case 0..<15: self = .assumeRole(session, random: &random)
        case 15..<45: self = .decrypt(session, region, random: &random)
        case 45..<70: self = .describeInstances(session, random: &random)
        case 70..<85: self = .createNetworkInterface(session, region, random: &random)
        default: self = .getParameters(session, region, random: &random)
        }
    }

    private static func resource(_ arn: String, _ type: String, _ session: CloudTrailSession) -> String {
        let members = CompactJSON.object([
            "accountId": CompactJSON.string(session.account), "type": CompactJSON.string(type),
            "ARN": CompactJSON.string(arn),
        ])
        return "[\(members)]"
    }

    private static func assumeRole(_ session: CloudTrailSession, random: inout SplitMix64) -> CloudTrailCall {
        let arn = "arn:aws:iam::\(session.account):role/\(session.role)"
        let name = "session-\(random.within(100_000...999_999))"
        let credentials = CompactJSON.object([
            "accessKeyId": CompactJSON.string("ASIA\(random.text(of: Alphabet.keys, count: 16))"),
            "sessionToken": CompactJSON.string("IQoJb3JpZ2luX2VjE\(random.text(of: Alphabet.base64, count: 400))=="),
            "expiration": #""Nov 20, 2025, 11:00:00 AM""#,
        ])
        let user = CompactJSON.object([
            "assumedRoleId": CompactJSON.string("AROA\(random.text(of: Alphabet.keys, count: 17)):\(name)"),
            "arn": CompactJSON.string("arn:aws:sts::\(session.account):assumed-role/\(session.role)/\(name)"),
        ])
        return CloudTrailCall(
            service: "sts", name: "AssumeRole", isReadOnly: true,
            parameters: CompactJSON.object([
                "roleArn": CompactJSON.string(arn), "roleSessionName": CompactJSON.string(name),
                "durationSeconds": "3600",
            ]),
            response: CompactJSON.object(["credentials": credentials, "assumedRoleUser": user]),
            resources: resource(arn, "AWS::IAM::Role", session))
    }

    private static func decrypt(
        _ session: CloudTrailSession, _ region: String, random: inout SplitMix64
    ) -> CloudTrailCall {
        let key = "arn:aws:kms:\(region):\(session.account):key/\(random.favour(session.keys))"
        let bucket = "arn:aws:s3:::data-lake-\(session.account)-\(region)/orders/\(random.hex(8)).parquet"
        return CloudTrailCall(
            service: "kms", name: random.favour(["Decrypt", "GenerateDataKey"]), isReadOnly: true,
            parameters: CompactJSON.object([
                "encryptionContext": CompactJSON.object(["aws:s3:arn": CompactJSON.string(bucket)]),
                "encryptionAlgorithm": #""SYMMETRIC_DEFAULT""#, "keyId": CompactJSON.string(key),
            ]), resources: resource(key, "AWS::KMS::Key", session))
    }

    private static func describeInstances(
        _ session: CloudTrailSession, random: inout SplitMix64
    ) -> CloudTrailCall {
        let items = session.instances.prefix(random.within(1...session.instances.count)).map { instance in
            CompactJSON.object(["instanceId": CompactJSON.string(instance)])
        }
        return CloudTrailCall(
            service: "ec2", name: "DescribeInstances", isReadOnly: true,
            parameters: CompactJSON.object([
                "maxResults": "1000",
                "instancesSet": CompactJSON.object(["items": "[\(items.joined(separator: ","))]"]),
                "filterSet": "{}",
            ]))
    }

    private static func createNetworkInterface(
        _ session: CloudTrailSession, _ region: String, random: inout SplitMix64
    ) -> CloudTrailCall {
        let subnet = CompactJSON.string(session.network.subnet)
        let group = CompactJSON.object(["groupId": CompactJSON.string(session.network.securityGroup)])
        let address = "10.0.\(random.below(32)).\(random.within(4...254))"
        let hardware = "02:\(random.hex(2)):\(random.hex(2)):\(random.hex(2)):1a:\(random.hex(2))"
        let description = CompactJSON.string("AWS Lambda VPC ENI-orders-\(random.uuid())")
        return CloudTrailCall(
            service: "ec2", name: "CreateNetworkInterface", isReadOnly: false,
            parameters: CompactJSON.object([
                "subnetId": subnet, "description": description,
                "groupSet": CompactJSON.object(["items": "[\(group)]"]), "privateIpAddressesSet": "{}",
                "clientToken": CompactJSON.string(random.uuid()),
            ]),
            response: CompactJSON.object([
                "requestId": CompactJSON.string(random.uuid()),
                "networkInterface": CompactJSON.object([
                    "networkInterfaceId": CompactJSON.string("eni-0\(random.hex(16))"), "subnetId": subnet,
                    "vpcId": CompactJSON.string(session.network.vpc),
                    "availabilityZone": CompactJSON.string("\(region)a"),
                    "description": description, "ownerId": CompactJSON.string(session.account),
                    "requesterManaged": "false", "status": #""pending""#,
                    "macAddress": CompactJSON.string(hardware),
                    "privateIpAddress": CompactJSON.string(address), "sourceDestCheck": "true",
                    "interfaceType": #""interface""#,
                ]),
            ]))
    }

    private static func getParameters(
        _ session: CloudTrailSession, _ region: String, random: inout SplitMix64
    ) -> CloudTrailCall {
        let names = (0..<random.within(2...8)).map { index in
            "/production/\(session.role)/\(["database", "queue", "feature-flags", "api-key"][index % 4])/\(index)"
        }
        let resources = names.map { name in
            CompactJSON.object([
                "accountId": CompactJSON.string(session.account),
                "ARN": CompactJSON.string("arn:aws:ssm:\(region):\(session.account):parameter\(name)"),
            ])
        }
        return CloudTrailCall(
            service: "ssm", name: "GetParameters", isReadOnly: true,
            parameters: CompactJSON.object([
                "withDecryption": "true", "names": "[\(names.map(CompactJSON.string).joined(separator: ","))]",
            ]), resources: "[\(resources.joined(separator: ","))]")
    }
}
