import AWS
import Testing

/// As IAM answers: `content` is what stands in the operation's result.
private func reply(_ operation: String, _ content: String) -> ScriptedSender.Step {
    .ok(
        "<\(operation)Response xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><\(operation)Result>\(content)"
            + "</\(operation)Result><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></\(operation)Response>"
    )
}

private func done(_ operation: String) -> ScriptedSender.Step {
    .ok("<\(operation)Response><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></\(operation)Response>")
}

private func refusal(_ code: String, _ status: Int) -> ScriptedSender.Step {
    .reply(
        status,
        "<ErrorResponse><Error><Type>Sender</Type><Code>\(code)</Code><Message>no</Message></Error></ErrorResponse>",
        [:])
}

private let gone = refusal("NoSuchEntity", 404)
private let roleElement =
    "<Role><Path>/</Path><RoleName>r</RoleName><Arn>arn:aws:iam::999999999999:role/r</Arn>"
    + "<AssumeRolePolicyDocument>%7B%22a%22%3A%22b+c%20%C3%A9%22%0A%7D</AssumeRolePolicyDocument>"
    + "<Tags><member><Key>made-by</Key><Value>tail&amp;race</Value></member><member><Key>empty</Key><Value/></member>"
    + "</Tags></Role>"
private let role = IAMRole(
    name: "r", arn: "arn:aws:iam::999999999999:role/r", trust: "{\"a\":\"b+c é\"\n}",
    tags: ["made-by": "tail&race", "empty": ""])

@Suite struct Roles {
    @Test func areReadWithTheirDocumentDecoded() async throws {
        let bench = try Bench(.iam, reply("GetRole", roleElement))
        #expect(try await IAMClient(bench.service).role(named: "r") == role)
        #expect(await bench.sender.body(ofRequest: 0) == "Action=GetRole&Version=2010-05-08&RoleName=r")
        #expect(await bench.sender.header("Authorization", ofRequest: 0)?.contains("/iam/aws4_request") == true)
    }

    @Test func mayHaveNoTags() async throws {
        let bare =
            "<Role><RoleName>r</RoleName><Arn>a</Arn><AssumeRolePolicyDocument>%7B%7D</AssumeRolePolicyDocument></Role>"
        let bench = try Bench(.iam, reply("GetRole", bare))
        #expect(try await IAMClient(bench.service).role(named: "r") == IAMRole(name: "r", arn: "a", trust: "{}"))
    }

    @Test func thatAreNotThereAreNone() async throws {
        let bench = try Bench(.iam, gone)
        #expect(try await IAMClient(bench.service).role(named: "r") == nil)
    }

    @Test(arguments: [refusal("AccessDenied", 403), .reply(404, "<html></html>", [:])])
    func thatNobodyMaySeeAreAnError(step: ScriptedSender.Step) async throws {
        let bench = try Bench(.iam, step)
        let error = await #expect(throws: AWSError.self) { try await IAMClient(bench.service).role(named: "r") }
        #expect(error?.isNotFound == false)
        #expect(error?.operation == "iam:GetRole")
    }

    @Test(arguments: [
        "<Role/>", "", "<Role><RoleName>r</RoleName><Arn>a</Arn></Role>",
        "<Role><RoleName>r</RoleName><Arn>a</Arn><AssumeRolePolicyDocument>%FF</AssumeRolePolicyDocument></Role>",
    ])
    func thatLackWhatTheyOweAreUnreadable(content: String) async throws {
        let step = reply("GetRole", content)
        let bench = try Bench(.iam, step, step, step)
        let error = await #expect(throws: AWSError.self) { try await IAMClient(bench.service).role(named: "r") }
        #expect(error?.kind == .unreadable)
    }

    @Test func areMadeWithTags() async throws {
        let bench = try Bench(.iam, reply("CreateRole", roleElement))
        let made = try await IAMClient(bench.service).createRole(
            "r", trust: #"{"a":"/"}"#, description: "lets Logs write", tags: ["made-by": "t", "empty": ""])
        #expect(made == role)
        #expect(
            await bench.sender.body(ofRequest: 0)
                == "Action=CreateRole&Version=2010-05-08&RoleName=r"
                + "&AssumeRolePolicyDocument=%7B%22a%22%3A%22%2F%22%7D&Description=lets%20Logs%20write"
                + "&Tags.member.1.Key=empty&Tags.member.1.Value=&Tags.member.2.Key=made-by&Tags.member.2.Value=t")
    }

    @Test func thatAreThereAlreadyAreToldByName() async throws {
        let bench = try Bench(.iam, refusal("EntityAlreadyExists", 409))
        let error = await #expect(throws: AWSError.self) {
            try await IAMClient(bench.service).createRole("r", trust: "{}", description: "", tags: [:])
        }
        #expect(error?.code == "EntityAlreadyExists")
    }

    @Test func areChanged() async throws {
        let bench = try Bench(.iam, done("UpdateAssumeRolePolicy"), done("TagRole"))
        let iam = IAMClient(bench.service)
        try await iam.setTrust(of: "r", to: "{}")
        try await iam.tagRole("r", tags: ["k": "v"])
        #expect(
            await bench.sender.body(ofRequest: 0)
                == "Action=UpdateAssumeRolePolicy&Version=2010-05-08&RoleName=r&PolicyDocument=%7B%7D")
        #expect(
            await bench.sender.body(ofRequest: 1)
                == "Action=TagRole&Version=2010-05-08&RoleName=r&Tags.member.1.Key=k&Tags.member.1.Value=v")
    }

    @Test(arguments: ["<html><body/></html>", "{}", "<TagRoleResponse/>"])
    func areNotChangedByAnAnswerOfSomethingElse(body: String) async throws {
        let bench = try Bench(.iam, .ok(body), .ok(body), .ok(body))
        let error = await #expect(throws: AWSError.self) {
            try await IAMClient(bench.service).setTrust(of: "r", to: "{}")
        }
        #expect(error?.kind == .unreadable)
    }

    @Test func areDeletedAndSayWhetherTheyWereThere() async throws {
        let bench = try Bench(.iam, done("DeleteRole"), gone, refusal("DeleteConflict", 409))
        let iam = IAMClient(bench.service)
        #expect(try await iam.deleteRole("r"))
        #expect(try await !iam.deleteRole("r"))
        let error = await #expect(throws: AWSError.self) { try await iam.deleteRole("r") }
        #expect(error?.code == "DeleteConflict")
        #expect(await bench.sender.body(ofRequest: 0) == "Action=DeleteRole&Version=2010-05-08&RoleName=r")
    }
}

@Suite struct PoliciesOfRoles {
    @Test func areRead() async throws {
        let content = "<RoleName>r</RoleName><PolicyName>p</PolicyName><PolicyDocument>%7b%7D</PolicyDocument>"
        let bench = try Bench(.iam, reply("GetRolePolicy", content), gone)
        let iam = IAMClient(bench.service)
        #expect(try await iam.rolePolicy(named: "p", of: "r") == "{}")
        #expect(try await iam.rolePolicy(named: "p", of: "r") == nil)
        #expect(
            await bench.sender.body(ofRequest: 0)
                == "Action=GetRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p")
    }

    @Test func arePutAndDeleted() async throws {
        let bench = try Bench(.iam, done("PutRolePolicy"), done("DeleteRolePolicy"), gone)
        let iam = IAMClient(bench.service)
        try await iam.putRolePolicy("{}", named: "p", on: "r")
        #expect(try await iam.deleteRolePolicy(named: "p", of: "r"))
        #expect(try await !iam.deleteRolePolicy(named: "p", of: "r"))
        #expect(
            await bench.sender.body(ofRequest: 0)
                == "Action=PutRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p&PolicyDocument=%7B%7D")
        #expect(
            await bench.sender.body(ofRequest: 1)
                == "Action=DeleteRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p")
    }

    @Test func areListedToTheLastPage() async throws {
        let bench = try Bench(
            .iam,
            reply(
                "ListRolePolicies",
                "<PolicyNames><member>a</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>m/1</Marker>"),
            reply("ListRolePolicies", "<PolicyNames/><IsTruncated>true</IsTruncated><Marker>m/2</Marker>"),
            reply(
                "ListRolePolicies",
                "<PolicyNames><member>b</member></PolicyNames><IsTruncated>false</IsTruncated><Marker>m/3</Marker>"))
        #expect(try await IAMClient(bench.service).rolePolicyNames(of: "r") == ["a", "b"])
        let common = "Action=ListRolePolicies&Version=2010-05-08&RoleName=r"
        #expect(await bench.sender.body(ofRequest: 0) == common)
        #expect(await bench.sender.body(ofRequest: 2) == common + "&Marker=m%2F2")
    }

    @Test func whoseListNeverEndsAreAnError() async throws {
        let page = reply("ListRolePolicies", "<IsTruncated>true</IsTruncated><Marker>m</Marker>")
        let sender = ScriptedSender(Array(repeating: page, count: 1001))
        let error = await #expect(throws: AWSError.self) {
            try await IAMClient(service(.iam, against: sender)).rolePolicyNames(of: "r")
        }
        #expect(error?.kind == .unreadable)
        #expect(await sender.requests.count == 1000)
    }

    @Test func mayBeAttachedFromElsewhere() async throws {
        let list =
            "<AttachedPolicies><member><PolicyName>ReadOnly</PolicyName><PolicyArn>arn:aws:iam::aws:policy/ReadOnly"
            + "</PolicyArn></member></AttachedPolicies>"
        let bench = try Bench(
            .iam, reply("ListAttachedRolePolicies", list),
            reply("GetPolicy", "<Policy><DefaultVersionId>v7</DefaultVersionId></Policy>"),
            reply(
                "GetPolicyVersion",
                "<PolicyVersion><VersionId>v7</VersionId><Document>%7B%22v%22:7%7D</Document></PolicyVersion>"))
        let iam = IAMClient(bench.service)
        let attached = try await iam.attachedPolicies(of: "r")
        #expect(attached == [AttachedPolicy(name: "ReadOnly", arn: "arn:aws:iam::aws:policy/ReadOnly")])
        #expect(try await iam.managedPolicy(attached[0].arn) == #"{"v":7}"#)
        #expect(
            await bench.sender.body(ofRequest: 2)
                == "Action=GetPolicyVersion&Version=2010-05-08&PolicyArn=arn%3Aaws%3Aiam%3A%3Aaws%3Apolicy%2FReadOnly"
                + "&VersionId=v7")
    }
}
