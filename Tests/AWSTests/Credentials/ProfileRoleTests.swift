import HTTPClient
import Locking
import Testing

@testable import AWS
@testable import Signing

private let config = "/home/u/.aws/config"

private func keys(_ key: String) -> String { "aws_access_key_id = \(key)\naws_secret_access_key = s\n" }

@Suite struct RolesOfProfiles {
    private func roles(_ text: String, _ profile: String = "p") throws -> ProfileRoles {
        let configuration = try AWSConfiguration.load(
            environment: ProcessEnvironment(["HOME": "/home/u"]), profile: profile,
            readFile: { $0 == config ? text : nil })
        return try ProfileRoles.resolve(configuration.files, now: StillWorld.noon)
    }

    private func named(_ arn: String) -> AssumedRole { AssumedRole(arn: arn, sessionName: "tailrace-1795176000") }

    @Test func areNoneWhereThereAreKeys() throws {
        let text = "[profile p]\n\(keys("A"))source_profile = x\nmfa_serial = m\n"
        #expect(try roles(text) == ProfileRoles(source: .profile("p"), roles: []))
    }

    @Test func comeWithTheirDetails() throws {
        let text =
            "[profile p]\nrole_arn = r\nsource_profile = q\nexternal_id = e\nrole_session_name = n\n"
            + "duration_seconds = 900\n[profile q]\n\(keys("A"))"
        let wanted = AssumedRole(arn: "r", sessionName: "n", externalID: "e", duration: .seconds(900))
        #expect(try roles(text) == ProfileRoles(source: .profile("q"), roles: [wanted]))
    }

    @Test func areAssumedFromTheSourceUp() throws {
        let text =
            "[profile p]\nrole_arn = r1\nsource_profile = q\n[profile q]\nrole_arn = r2\nsource_profile = r\n"
            + "[profile r]\nrole_arn = r3\ncredential_source = Environment\n"
        #expect(try roles(text) == ProfileRoles(source: .environment, roles: ["r3", "r2", "r1"].map(named)))
    }

    @Test func mayHaveTheirKeysBesideThem() throws {
        let text = "[profile p]\nrole_arn = r\nsource_profile = p\n\(keys("A"))"
        #expect(try roles(text) == ProfileRoles(source: .profile("p"), roles: [named("r")]))
    }

    /// The profile in use is the role it names; a source with keys is its keys.
    @Test func giveWayToTheKeysOfASource() throws {
        let text =
            "[profile p]\nrole_arn = r1\nsource_profile = q\n\(keys("A"))"
            + "[profile q]\nrole_arn = r2\nsource_profile = nowhere\n\(keys("B"))"
        #expect(try roles(text) == ProfileRoles(source: .profile("q"), roles: [named("r1")]))
    }

    @Test func mayBeFiveDeepAndNoDeeper() throws {
        func chain(_ count: Int) -> String {
            (1...count).map { index in
                "[profile \(index == 1 ? "p" : "p\(index)")]\nrole_arn = r\(index)\nsource_profile = p\(index + 1)\n"
            }.joined() + "[profile p\(count + 1)]\n\(keys("A"))"
        }
        #expect(try roles(chain(5)).roles.map(\.arn) == ["r5", "r4", "r3", "r2", "r1"])
        let error = #expect(throws: AWSSettingsError.self) { try roles(chain(6)) }
        #expect(
            error?.description
                == #"profiles "p", "p2", "p3", "p4", "p5", "p6": more than 5 roles one after the other"#)
    }

    @Test(arguments: [
        (
            "role_arn = r\nsource_profile = q\n[profile q]\nrole_arn = s\nsource_profile = p\n",
            #"profiles "p", "q", "p": each has its source in the next"#
        ),
        ("role_arn = r\nsource_profile = p\n", #"profiles "p", "p": each has its source in the next"#),
        (
            "role_arn = r\n",
            #"profile "p", key "role_arn" in /home/u/.aws/config, line 2: source_profile or credential_source must say "#
                + "who assumes it"
        ),
        (
            "role_arn = r\nsource_profile = q\ncredential_source = Environment\n",
            #"profile "p", key "credential_source" in /home/u/.aws/config, line 4: the profile has source_profile as "#
                + "well; one must go"
        ),
        (
            "role_arn = r\nsource_profile = gone\n",
            #"profile "p", key "source_profile" in /home/u/.aws/config, line 3: there is no profile "gone""#
        ),
        (
            "role_arn = r\ncredential_source = Ec2InstanceMetadata\n",
            #"profile "p", key "credential_source" in /home/u/.aws/config, line 3: "Ec2InstanceMetadata" is not "#
                + "supported yet; use Environment, or source_profile"
        ),
        (
            "role_arn = r\nsource_profile = q\nmfa_serial = arn:m\n[profile q]\n",
            #"profile "p", key "mfa_serial" in /home/u/.aws/config, line 4: a role that wants a code of arn:m is not "#
                + "supported"
        ),
        (
            "role_arn = r\nsource_profile = q\nduration_seconds = 60\n[profile q]\n",
            #"profile "p", key "duration_seconds" in /home/u/.aws/config, line 4: "60" is not a number of seconds from "#
                + "900 to 43200"
        ),
        (
            "role_arn = r\nsource_profile = q\n[profile q]\nsso_session = s\n",
            #"profile "q", key "sso_session" in /home/u/.aws/config, line 5: this source of credentials is not "#
                + "supported yet; use aws_access_key_id and aws_secret_access_key, role_arn, or the environment"
        ),
    ])
    func thatCannotBeAssumedSayWhy(text: String, description: String) {
        let error = #expect(throws: AWSSettingsError.self) { try roles("[profile p]\n" + text) }
        #expect(error?.description == description)
    }
}

@Suite struct CredentialsThroughRoles {
    private static let text =
        "[default]\n\(keys("DEFAULT"))[profile base]\n\(keys("BASE"))[profile middle]\nrole_arn = arn:aws:iam::1:role/m\n"
        + "source_profile = base\nexternal_id = e\n[profile top]\nrole_arn = arn:aws:iam::2:role/t\n"
        + "source_profile = middle\nregion = eu-north-1\nrole_session_name = n\n"
        + "[profile env]\nrole_arn = arn:aws-cn:iam::3:role/e\ncredential_source = Environment\n"

    private func search(
        _ sender: ScriptedSender?, profile: String? = nil, _ variables: [String: String] = [:]
    ) throws -> DefaultCredentials {
        let configuration = try AWSConfiguration.load(
            environment: ProcessEnvironment(["HOME": "/home/u"].merging(variables) { $1 }), profile: profile,
            readFile: { $0 == config ? Self.text : nil })
        return DefaultCredentials(configuration, sender: sender, surroundings: StillWorld().surroundings)
    }

    @Test func areAskedForWithThoseOfTheRoleBefore() async throws {
        let sender = ScriptedSender([
            session("MIDDLE", until: "2026-11-20T13:00:00Z"), session("TOP", until: "2026-11-20T13:00:00Z"),
        ])
        let provider = try search(sender, ["AWS_PROFILE": "top"])
        for _ in 0..<2 { #expect(try await provider.credentials().accessKeyID == "TOP") }
        let requests = await sender.requests
        #expect(requests.map(\.url) == Array(repeating: "https://sts.eu-north-1.amazonaws.com/", count: 2))
        #expect(requests.map { $0.headers["X-Amz-Security-Token"] } == [nil, "t==MIDDLE"])
        #expect(requests[0].headers["Authorization"]?.contains("Credential=BASE/") == true)
        #expect(
            await sender.bodies == [
                "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fm"
                    + "&RoleSessionName=tailrace-1795176000&ExternalId=e",
                "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A2%3Arole%2Ft&RoleSessionName=n",
            ])
    }

    @Test func areAskedForWhereTheyAreToldTo() async throws {
        let sender = ScriptedSender([session("A", until: "2026-11-20T13:00:00Z")])
        let provider = try search(
            sender, ["AWS_PROFILE": "middle", "AWS_ENDPOINT_URL_STS": "http://127.0.0.1:1", "AWS_REGION": "us-east-2"])
        _ = try await provider.credentials()
        #expect(await sender.requests[0].url == "http://127.0.0.1:1/")
        #expect(await sender.requests[0].headers["Authorization"]?.contains("/us-east-2/sts/") == true)
    }

    @Test func mayBeginWithTheEnvironment() async throws {
        let sender = ScriptedSender([session("ROLE", until: "2026-11-20T13:00:00Z")])
        let provider = try search(
            sender, profile: "env", ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e"])
        #expect(try await provider.credentials().accessKeyID == "ROLE")
        let request = await sender.requests[0]
        #expect(request.headers["Authorization"]?.contains("Credential=ENV/") == true)
        // No Region is named, and the role is in China.
        #expect(request.url == "https://sts.cn-north-1.amazonaws.com.cn/")
    }

    @Test func areReplacedWhenAWSRefusesThem() async throws {
        let sender = ScriptedSender([
            session("A", until: "2026-11-20T13:00:00Z"), session("B", until: "2026-11-20T13:00:00Z"),
        ])
        let provider = try search(sender, profile: "middle")
        let old = try await provider.credentials()
        #expect(try await provider.credentials(insteadOf: old).accessKeyID == "B")
    }

    /// The keys were renewed in the file while the role's credentials held.
    @Test func areAskedForWithTheKeysOfToday() async throws {
        let text = Locked(Self.text)
        let sender = ScriptedSender([
            session("A", until: "2026-11-20T13:00:00Z"), session("B", until: "2026-11-20T13:00:00Z"),
        ])
        let configuration = try AWSConfiguration.load(
            environment: ProcessEnvironment(["HOME": "/home/u"]), profile: "middle",
            readFile: { $0 == config ? text.withLock { $0 } : nil })
        let provider = DefaultCredentials(configuration, sender: sender, surroundings: StillWorld().surroundings)
        let old = try await provider.credentials()
        text.withLock { $0.replace("= BASE", with: "= NEWER") }
        _ = try await provider.credentials(insteadOf: old)
        #expect(await sender.requests[1].headers["Authorization"]?.contains("Credential=NEWER/") == true)
    }

    @Test func cannotBeHadWithoutAWayToAsk() async throws {
        let provider = try search(nil, profile: "middle")
        let error = await #expect(throws: AWSSettingsError.self) { try await provider.credentials() }
        #expect(error?.description == #"profile "middle" has a role, and nothing here can ask AWS for it"#)
    }

    @Test func orWithoutKeys() async throws {
        let provider = try search(ScriptedSender([]), profile: "env")
        let error = await #expect(throws: AWSError.self) { try await provider.credentials() }
        #expect(
            error?.message
                == "credential_source is Environment, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set")
    }
}

@Suite struct ChosenProfiles {
    private static let text =
        "[default]\nregion = us-east-1\n\(keys("DEFAULT"))[profile p]\nregion = eu-north-1\n\(keys("P"))[profile bare]\noutput = json\n"

    private func load(_ profile: String?, _ variables: [String: String]) throws -> AWSConfiguration {
        try AWSConfiguration.load(
            environment: ProcessEnvironment(["HOME": "/home/u"].merging(variables) { $1 }), profile: profile,
            readFile: { $0 == config ? Self.text : nil })
    }

    @Test(arguments: [
        (nil, [:], "DEFAULT"), (nil, ["AWS_PROFILE": "p"], "P"), ("default", ["AWS_PROFILE": "p"], "DEFAULT"),
        (nil, ["AWS_PROFILE": "p", "AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e"], "ENV"),
        ("p", ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e"], "P"),
        ("p", ["AWS_ACCESS_KEY_ID": "HALF"], "P"), ("p", ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"], "P"),
    ])
    func comeBeforeTheEnvironment(profile: String?, variables: [String: String], key: String) async throws {
        let found = try await DefaultCredentials(load(profile, variables)).credentials()
        #expect(found.accessKeyID == key)
    }

    @Test func nameTheRegionUnlessTheEnvironmentDoes() throws {
        #expect(try load("p", [:]).region() == "eu-north-1")
        #expect(try load("p", ["AWS_REGION": "us-east-2"]).region() == "us-east-2")
    }

    @Test func mustBeThere() {
        let error = #expect(throws: AWSSettingsError.self) { try load("gone", ["AWS_PROFILE": "p"]) }
        #expect(
            error?.description
                == #"profile "gone" is in neither of /home/u/.aws/config, /home/u/.aws/credentials"#)
    }

    @Test func mustHaveKeys() async throws {
        let provider = DefaultCredentials(
            try load("bare", ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e"]))
        let error = await #expect(throws: AWSSettingsError.self) { try await provider.credentials() }
        #expect(
            error?.description
                == #"no credentials: profile "bare" has no keys in /home/u/.aws/config, /home/u/.aws/credentials"#)
    }
}

@Suite struct Partitions {
    @Test(arguments: [
        ("arn:aws:iam::1:role/r", Partition.aws), ("arn:aws-us-gov:iam::1:role/r", .govCloud),
        ("arn:aws-iso-b:x", .isoB), ("arn:new:x", nil), ("x:aws:y", nil), ("arn:aws", nil), ("", nil),
    ])
    func areNamedByARNs(arn: String, partition: Partition?) {
        #expect(Partition(arn: arn) == partition)
    }
}
