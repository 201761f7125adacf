import Foundation
import Signing
import Testing

@testable import Emulator

@Suite struct CallsOfAssumedRoles {
    private static let account = "999999999999"
    private static let role = "arn:aws:iam::999999999999:role/Reader"
    private static let session = "arn:aws:sts::999999999999:assumed-role/Reader/me"
    private static let stream = "arn:aws:kinesis:us-east-1:999999999999:stream/s"

    /// A client of a session of a role that may do what `policy` says, in an account that has the stream `s`.
    private func reader(_ port: Int, _ policy: String) async throws -> SignedClient {
        let owner = FormClient(port: port)
        var own = owner.client
        own.service = "kinesis"
        _ = try await own.call("CreateStream", #"{"StreamName":"s","ShardCount":1}"#)
        try await owner.makeRole("Reader", trust: Documents.accountTrust(Self.account), policy: policy)
        own.credentials = try await owner.assume(Self.role)
        return own
    }

    private static func refusal(_ action: String, _ resource: String) -> String {
        "User: \(session) is not authorized to perform: \(action) on resource: \(resource) because no identity-based policy "
            + "allows the \(action) action"
    }

    /// What the readers of a stream need is what they are asked for, whether they name it, hold an iterator or a token.
    @Test func areJudgedByTheStreamTheyMean() async throws {
        try await withEmulator { _, port in
            let policy = Documents.document(
                Documents.statement("Allow", "kinesis:GetShardIterator", Self.stream),
                Documents.statement("Allow", "kinesis:GetRecords", Self.stream))
            let client = try await reader(port, policy)
            let iterator = try await client.call(
                "GetShardIterator",
                #"{"StreamARN":"\#(Self.stream)","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}"#)
            let token = try #require(iterator.object?["ShardIterator"] as? String)
            #expect(try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#).status == 200)
            var body = CBORWriter()
            body.map { body in
                body.text("ShardIterator")
                body.text(token)
            }
            #expect(try await client.callInCBOR("GetRecords", body.bytes).status == 200)

            let put = try await client.call("PutRecord", #"{"StreamName":"s","Data":"","PartitionKey":"k"}"#)
            #expect(put.status == 400 && put.code == "AccessDeniedException")
            #expect(put.message == Self.refusal("kinesis:PutRecord", Self.stream))
            let other = try await client.call("DescribeStreamSummary", #"{"StreamName":"other"}"#)
            #expect(other.message == Self.refusal("kinesis:DescribeStreamSummary", Self.stream.dropLast() + "other"))
            #expect(try await client.call("ListStreams").message == Self.refusal("kinesis:ListStreams", "*"))
            let inCBOR = try await client.callInCBOR("ListStreams", [0xA0])
            #expect(inCBOR.status == 400)
        }
    }

    @Test func anIteratorLeadsIntoItsOwnStream() async throws {
        try await withEmulator { _, port in
            let client = try await reader(port, Documents.allowing("kinesis:*", on: Self.stream))
            var own = FormClient(port: port).client
            own.service = "kinesis"
            _ = try await own.call("CreateStream", #"{"StreamName":"t","ShardCount":1}"#)
            let iterator = try await own.call(
                "GetShardIterator",
                #"{"StreamName":"t","ShardId":"shardId-000000000000","ShardIteratorType":"TRIM_HORIZON"}"#)
            let token = try #require(iterator.object?["ShardIterator"] as? String)
            let refused = try await client.call("GetRecords", #"{"ShardIterator":"\#(token)"}"#)
            #expect(refused.message == Self.refusal("kinesis:GetRecords", Self.stream.dropLast() + "t"))
            #expect(
                try await client.call("GetRecords", #"{"ShardIterator":"made up"}"#).code == "AccessDeniedException")
        }
    }

    @Test func aTokenOfAListStandsForItsStream() async throws {
        try await withEmulator { _, port in
            let client = try await reader(port, Documents.allowing("kinesis:*", on: Self.stream))
            _ = try await client.call(
                "SplitShard", #"{"StreamName":"s","ShardToSplit":"shardId-000000000000","NewStartingHashKey":"1000"}"#)
            let first = try await client.call("ListShards", #"{"StreamName":"s","MaxResults":1}"#)
            let token = try #require(first.object?["NextToken"] as? String)
            #expect(try await client.call("ListShards", #"{"NextToken":"\#(token)"}"#).status == 200)
        }
    }

    @Test func aDenialHasTheLastWord() async throws {
        try await withEmulator { _, port in
            let client = try await reader(
                port,
                Documents.document(
                    Documents.statement("Allow", "*", "*"), Documents.statement("Deny", "kinesis:Put*", "*")))
            #expect(try await client.call("DescribeStreamSummary", #"{"StreamName":"s"}"#).status == 200)
            let put = try await client.call("PutRecord", #"{"StreamName":"s","Data":"","PartitionKey":"k"}"#)
            #expect(
                put.message
                    == "User: \(Self.session) is not authorized to perform: kinesis:PutRecord on resource: \(Self.stream) "
                    + "with an explicit deny in an identity-based policy")
        }
    }

    @Test func attachedPoliciesCountAsMuchAsInlineOnes() async throws {
        try await withEmulator { _, port in
            let client = try await reader(port, Documents.allowing("kinesis:GetRecords", on: "*"))
            #expect(try await client.call("ListStreams").code == "AccessDeniedException")
            let owner = FormClient(port: port)
            let made = try await owner.call(
                "CreatePolicy", ["PolicyName": "M", "PolicyDocument": Documents.allowing("kinesis:List*", on: "*")])
            let arn = try #require(made.xml("Arn"))
            try await owner.call("AttachRolePolicy", ["RoleName": "Reader", "PolicyArn": arn])
            #expect(try await client.call("ListStreams").status == 200)
            try await owner.call("DetachRolePolicy", ["RoleName": "Reader", "PolicyArn": arn])
            #expect(try await client.call("ListStreams").code == "AccessDeniedException")
        }
    }

    @Test func ofIAMAreRefusedInItsWords() async throws {
        try await withEmulator { _, port in
            var iam = FormClient(port: port)
            iam.client.credentials = try await reader(
                port, Documents.allowing("iam:GetRole", on: "arn:aws:iam::999999999999:role/Re*")
            ).credentials
            #expect(try await iam.outcome("GetRole", ["RoleName": "Reader"]) == "200")
            let refused = try await iam.call("GetRole", ["RoleName": "Other"])
            #expect(refused.status == 403 && refused.code == "AccessDenied")
            #expect(
                refused.xml("Message") == Self.refusal("iam:GetRole", "arn:aws:iam::999999999999:role/Other"))
            iam.client.service = "sts"
            #expect(try await iam.outcome("GetCallerIdentity") == "200")
            #expect(
                try await iam.outcome("AssumeRole", ["RoleArn": Self.role, "RoleSessionName": "s2"])
                    == "403 AccessDenied")
        }
    }

    /// A policy of one account opens nothing in another.
    @Test func reachNoOtherAccount() async throws {
        try await withEmulator { _, port in
            let client = try await reader(port, Documents.allowing("*", on: "*"))
            let foreign = "arn:aws:kinesis:us-east-1:111111111111:stream/s"
            let reply = try await client.call("DescribeStreamSummary", #"{"StreamARN":"\#(foreign)"}"#)
            #expect(reply.code == "AccessDeniedException")
            #expect(reply.message?.hasPrefix("User: \(Self.session) is not authorized") == true)
        }
    }
}

@Suite struct AccessTables {
    private static let place = LogsPlace(account: "111111111111", region: "us-east-1")
    private static let group = "arn:aws:logs:us-east-1:111111111111:log-group:g"
    private static let destination = "arn:aws:logs:us-east-1:999999999999:destination:d"
    private static let role = "arn:aws:iam::111111111111:role/R"

    private func shown(_ rights: [NeededRight]) -> [String] {
        rights.map { right in
            "\(right.action) \(right.resource.joined(separator: "|"))" + (right.passedTo.map { " to \($0)" } ?? "")
        }
    }

    private func object(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

    @Test(arguments: [
        ("CreateLogGroup", #"{"logGroupName":"g"}"#, ["logs:CreateLogGroup \(group)|\(group):*"]),
        (
            "DescribeLogStreams", #"{"logGroupIdentifier":"\#(group):*"}"#,
            ["logs:DescribeLogStreams \(group)|\(group):*"]
        ),
        (
            "PutLogEvents", #"{"logGroupName":"g","logStreamName":"s"}"#, ["logs:PutLogEvents \(group):log-stream:s"]
        ),
        (
            "PutSubscriptionFilter",
            #"{"logGroupName":"g","destinationArn":"\#(destination)","roleArn":"\#(role)"}"#,
            [
                "logs:PutSubscriptionFilter \(group)|\(group):*", "logs:PutSubscriptionFilter \(destination)",
                "iam:PassRole \(role) to logs.amazonaws.com",
            ]
        ),
        (
            "PutSubscriptionFilter",
            #"{"logGroupName":"g","destinationArn":"\#(PolicyVerdicts.stream)","roleArn":"\#(role)"}"#,
            ["logs:PutSubscriptionFilter \(group)|\(group):*", "iam:PassRole \(role) to logs.amazonaws.com"]
        ),
        (
            "PutDestination", #"{"destinationName":"d","roleArn":"\#(role)"}"#,
            [
                "logs:PutDestination arn:aws:logs:us-east-1:111111111111:destination:d",
                "iam:PassRole \(role) to logs.amazonaws.com",
            ]
        ),
        ("DescribeDestinations", "{}", ["logs:DescribeDestinations *"]),
        (
            "PutAccountPolicy", #"{"policyDocument":"{\"DestinationArn\":\"\#(destination)\"}"}"#,
            [
                "logs:PutAccountPolicy *",
                "logs:PutSubscriptionFilter arn:aws:logs:us-east-1:111111111111:log-group:*",
                "logs:PutSubscriptionFilter \(destination)",
            ]
        ),
        (
            "DescribeAccountPolicies", "{}",
            [
                "logs:DescribeAccountPolicies *",
                "logs:DescribeSubscriptionFilters arn:aws:logs:us-east-1:111111111111:log-group:*",
            ]
        ),
        ("TagResource", #"{"resourceArn":"\#(destination)"}"#, ["logs:TagResource \(destination)"]),
        ("ListTagsForResource", #"{"resourceArn":"\#(group)"}"#, ["logs:ListTagsForResource \(group)|\(group):*"]),
        ("SomethingNew", "{}", ["logs:SomethingNew *"]),
    ])
    func ofLogs(operation: String, body: String, rights: [String]) throws {
        #expect(shown(AccessTable.logs(operation, try object(body), in: Self.place)) == rights)
    }

    @Test(
        arguments: [
            ("GetRecords", "{}", "key", ["kinesis:GetRecords stream", "kms:Decrypt key"]),
            ("GetRecords", "{}", nil, ["kinesis:GetRecords stream"]),
            ("PutRecords", "{}", "key", ["kinesis:PutRecords stream", "kms:GenerateDataKey key"]),
            ("CreateStream", "{}", nil, ["kinesis:CreateStream stream"]),
            (
                "CreateStream", #"{"Tags":{"a":"b"}}"#, nil,
                ["kinesis:CreateStream stream", "kinesis:AddTagsToStream stream"]
            ),
            ("ListStreams", "{}", nil, ["kinesis:ListStreams *"]),
            (
                "RegisterStreamConsumer", #"{"ConsumerName":"c"}"#, nil,
                ["kinesis:RegisterStreamConsumer stream|stream/consumer/c"]
            ),
            ("SubscribeToShard", #"{"ConsumerARN":"arn"}"#, nil, ["kinesis:SubscribeToShard arn"]),
            (
                "DescribeStreamConsumer", #"{"ConsumerName":"c"}"#, nil,
                ["kinesis:DescribeStreamConsumer stream/consumer/c"]
            ),
        ] as [(String, String, String?, [String])])
    func ofKinesis(operation: String, body: String, key: String?, rights: [String]) throws {
        #expect(shown(AccessTable.kinesis(operation, try object(body), stream: "stream", key: key)) == rights)
    }

    @Test(arguments: [
        ("Action=CreateRole&RoleName=R&Path=/t/", ["iam:CreateRole arn:aws:iam::111111111111:role/t/R"]),
        (
            "Action=CreateRole&RoleName=R&Tags.member.1.Key=k",
            ["iam:CreateRole arn:aws:iam::111111111111:role/R", "iam:TagRole arn:aws:iam::111111111111:role/R"]
        ),
        ("Action=PutRolePolicy&RoleName=R", ["iam:PutRolePolicy known"]),
        ("Action=GetPolicy&PolicyArn=arn", ["iam:GetPolicy arn"]),
        ("Action=CreatePolicy&PolicyName=P", ["iam:CreatePolicy arn:aws:iam::111111111111:policy/P"]),
    ])
    func ofIdentity(form: String, rights: [String]) throws {
        let caller = Caller(account: "111111111111", region: "us-east-1", accessKeyID: "")
        let form = try #require(Form(Array(form.utf8)))
        #expect(shown(AccessTable.identity(form, roleARN: "known", caller)) == rights)
    }
}
