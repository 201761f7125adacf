/// For each operation, the action and the resources that a caller's policies are asked for.
///
/// An operation that stands in no row asks for its own action on what it names for certain, else on `*`: forgetting one here
/// admits too little.
///
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesis.html
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
enum AccessTable {
    private static let everything = "*"

    /// `stream` is what the call means by name, ARN, iterator or token, `key` the customer's key that its records are
    /// encrypted with.
    static func kinesis(
        _ operation: String, _ body: JSONValue?, stream: String?, key: String?
    ) -> [NeededRight] {
        let (action, stream) = ("kinesis:" + operation, stream ?? everything)
        switch operation {
        case "ListStreams", "DescribeLimits": return [NeededRight(action, on: everything)]
        case "CreateStream":
            let tagging = NeededRight("kinesis:AddTagsToStream", on: stream)
            return [NeededRight(action, on: stream)] + (body?["Tags"] == nil ? [] : [tagging])
        case "GetRecords":
            return [NeededRight(action, on: stream)] + (key.map { [NeededRight("kms:Decrypt", on: $0)] } ?? [])
        case "PutRecord", "PutRecords":
            return [NeededRight(action, on: stream)] + (key.map { [NeededRight("kms:GenerateDataKey", on: $0)] } ?? [])
        case "RegisterStreamConsumer":
            let consumer = "\(stream)/consumer/\(body?["ConsumerName"]?.string ?? "")"
            return [NeededRight(action, on: stream, consumer)]
        case "DescribeStreamConsumer", "DeregisterStreamConsumer", "SubscribeToShard":
            let named = "\(stream)/consumer/\(body?["ConsumerName"]?.string ?? "")"
            return [NeededRight(action, on: body?["ConsumerARN"]?.string ?? named)]
        case "TagResource", "UntagResource", "ListTagsForResource":
            return [NeededRight(action, on: body?["ResourceARN"]?.string ?? everything)]
        default: return [NeededRight(action, on: stream)]
        }
    }

    static func logs(_ operation: String, _ body: JSONValue?, in place: LogsPlace) -> [NeededRight] {
        let action = "logs:" + operation
        func text(_ name: String) -> String? { body?[name]?.string }
        let group = group(text("logGroupIdentifier") ?? text("logGroupName") ?? "", in: place)
        let destination = ResourceName.logs("destination:\(text("destinationName") ?? "")", in: place)
        switch operation {
        case "CreateLogGroup", "DeleteLogGroup", "PutRetentionPolicy", "DescribeSubscriptionFilters",
            "DeleteSubscriptionFilter", "DescribeLogStreams", "FilterLogEvents":
            return [NeededRight(action, on: group, group + ":*")]
        case "CreateLogStream", "DeleteLogStream", "GetLogEvents", "PutLogEvents":
            return [NeededRight(action, on: "\(group):log-stream:\(text("logStreamName") ?? "")")]
        case "DescribeLogGroups":
            return [NeededRight(action, on: ResourceName.logs("log-group::log-stream:", in: place))]
        case "PutSubscriptionFilter":
            return [NeededRight(action, on: group, group + ":*")]
                + subscribing(destination: text("destinationArn"), role: text("roleArn"))
        case "PutDestination":
            return [NeededRight(action, on: destination)] + (text("roleArn").map { [.passing($0)] } ?? [])
        case "PutDestinationPolicy", "DeleteDestination": return [NeededRight(action, on: destination)]
        case "TagResource", "UntagResource", "ListTagsForResource":
            return [NeededRight(action, on: names(ofTagged: text("resourceArn") ?? everything))]
        case "PutAccountPolicy", "DescribeAccountPolicies", "DeleteAccountPolicy":
            return [NeededRight(action, on: everything)] + subscribingAll(operation, text("policyDocument"), in: place)
        default: return [NeededRight(action, on: everything)]  // DescribeDestinations, TestMetricFilter
        }
    }

    static func identity(_ form: Form, roleARN: String, _ caller: Caller) -> [NeededRight] {
        let action = "iam:" + form.action
        func made(_ kind: String, _ name: String) -> String {
            "arn:aws:iam::\(caller.account):\(kind)\(form["Path"] ?? "/")\(form[name] ?? "")"
        }
        switch form.action {
        case "CreateRole":
            let role = made("role", "RoleName")
            let isTagged = form["Tags.member.1.Key"] != nil
            return [NeededRight(action, on: role)] + (isTagged ? [NeededRight("iam:TagRole", on: role)] : [])
        case "CreatePolicy": return [NeededRight(action, on: made("policy", "PolicyName"))]
        case "GetPolicy", "GetPolicyVersion": return [NeededRight(action, on: form["PolicyArn"] ?? everything)]
        default: return [NeededRight(action, on: form["RoleName"] == nil ? everything : roleARN)]
        }
    }

    /// Who one is may be asked by everybody.
    static func tokens(_ form: Form) -> [NeededRight] {
        switch form.action {
        case "GetCallerIdentity": []
        default: [NeededRight("sts:" + form.action, on: form["RoleArn"] ?? everything)]
        }
    }

    /// Services that stand in no other row: a key of KMS where one is named, else `*`.
    static func other(_ service: String, _ operation: String, _ body: JSONValue?, in place: LogsPlace) -> [NeededRight]
    {
        guard service == "kms", let key = body?["KeyId"]?.string, !key.hasPrefix("alias/") else {
            return [NeededRight("\(service):\(operation)", on: everything)]
        }
        let arn = key.hasPrefix("arn:") ? key : "arn:aws:kms:\(place.region):\(place.account):key/\(key)"
        return [NeededRight("kms:" + operation, on: arn)]
    }

    /// A filter is put on its destination as well; a stream is none, it is reached as the role that is passed.
    private static func subscribing(destination: String?, role: String?) -> [NeededRight] {
        let isDestination = destination.flatMap { ResourceName($0)?.service } == "logs"
        let onDestination = (isDestination ? destination : nil).map {
            NeededRight("logs:PutSubscriptionFilter", on: $0)
        }
        return [onDestination, role.map(NeededRight.passing)].compactMap(\.self)
    }

    /// An account's subscription policy stands for a filter on each of its groups, and needs the same.
    private static func subscribingAll(
        _ operation: String, _ document: String?, in place: LogsPlace
    ) -> [NeededRight] {
        let twins = [
            "PutAccountPolicy": "PutSubscriptionFilter", "DescribeAccountPolicies": "DescribeSubscriptionFilters",
            "DeleteAccountPolicy": "DeleteSubscriptionFilter",
        ]
        let policy = document.flatMap { EmulatedBody.object(Array($0.utf8)) }
        let onGroups = twins[operation].map {
            NeededRight("logs:" + $0, on: ResourceName.logs("log-group:*", in: place))
        }
        return [onGroups].compactMap(\.self)
            + subscribing(destination: policy?["DestinationArn"]?.string, role: policy?["RoleArn"]?.string)
    }

    /// A log group may be granted by either form of its ARN.
    private static func names(ofTagged arn: String) -> [String] {
        ResourceName(arn)?.name(after: "log-group:") == nil ? [arn] : [arn, arn + ":*"]
    }

    /// A log group's ARN without `:*`, from its name or from either form of its ARN.
    private static func group(_ name: String, in place: LogsPlace) -> String {
        guard name.hasPrefix("arn:") else { return ResourceName.logs("log-group:\(name)", in: place) }
        return name.hasSuffix(":*") ? String(name.dropLast(2)) : name
    }
}
