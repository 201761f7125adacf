import Core
import HTTPClient
import Testing

@testable import AWS

/// A configuration of these variables and files alone.
func configuration(_ variables: [String: String], files: [String: String] = [:]) throws -> AWSConfiguration {
    let usual = ["HOME": "/home/u"].merging(variables) { $1 }
    return try AWSConfiguration.load(environment: ProcessEnvironment(usual), readFile: { files[$0] })
}

@Suite struct AWSHosts {
    @Test(arguments: [
        (
            AWSService.kinesis, "us-east-1", "kinesis.us-east-1.amazonaws.com", "kinesis-fips.us-east-1.amazonaws.com",
            "kinesis.us-east-1.api.aws", "kinesis-fips.us-east-1.api.aws"
        ),
        (
            .logs, "eu-west-1", "logs.eu-west-1.amazonaws.com", "logs-fips.eu-west-1.amazonaws.com",
            "logs.eu-west-1.api.aws", "logs-fips.eu-west-1.api.aws"
        ),
        (
            .sts, "xx-future-9", "sts.xx-future-9.amazonaws.com", "sts-fips.xx-future-9.amazonaws.com",
            "sts.xx-future-9.api.aws", "sts-fips.xx-future-9.api.aws"
        ),
        (
            .logs, "cn-north-1", "logs.cn-north-1.amazonaws.com.cn", "logs-fips.cn-north-1.amazonaws.com.cn",
            "logs.cn-north-1.api.amazonwebservices.com.cn", "logs-fips.cn-north-1.api.amazonwebservices.com.cn"
        ),
        (
            .kms, "eu-central-1", "kms.eu-central-1.amazonaws.com", "kms-fips.eu-central-1.amazonaws.com",
            "kms.eu-central-1.api.aws", "kms-fips.eu-central-1.api.aws"
        ),
        (
            .kinesis, "us-gov-west-1", "kinesis.us-gov-west-1.amazonaws.com", "kinesis.us-gov-west-1.amazonaws.com",
            "kinesis.us-gov-west-1.api.aws", "kinesis-fips.us-gov-west-1.api.aws"
        ),
        (
            .sts, "eusc-de-east-1", "sts.eusc-de-east-1.amazonaws.eu", "sts-fips.eusc-de-east-1.amazonaws.eu",
            "sts.eusc-de-east-1.api.amazonwebservices.eu", "sts-fips.eusc-de-east-1.api.amazonwebservices.eu"
        ),
        (
            .sts, "us-iso-east-1", "sts.us-iso-east-1.c2s.ic.gov", "sts-fips.us-iso-east-1.c2s.ic.gov",
            "sts.us-iso-east-1.api.aws.ic.gov", "sts-fips.us-iso-east-1.api.aws.ic.gov"
        ),
        (
            .sts, "us-isob-east-1", "sts.us-isob-east-1.sc2s.sgov.gov", "sts-fips.us-isob-east-1.sc2s.sgov.gov",
            "sts.us-isob-east-1.api.aws.scloud", "sts-fips.us-isob-east-1.api.aws.scloud"
        ),
        (
            .sts, "eu-isoe-west-1", "sts.eu-isoe-west-1.cloud.adc-e.uk", "sts-fips.eu-isoe-west-1.cloud.adc-e.uk",
            "sts.eu-isoe-west-1.api.cloud-aws.adc-e.uk", "sts-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"
        ),
        (
            .sts, "us-isof-south-1", "sts.us-isof-south-1.csp.hci.ic.gov", "sts-fips.us-isof-south-1.csp.hci.ic.gov",
            "sts.us-isof-south-1.api.aws.hci.ic.gov", "sts-fips.us-isof-south-1.api.aws.hci.ic.gov"
        ),
    ])
    func followThePartition(
        service: AWSService, region: String, plain: String, fips: String, dual: String, both: String
    ) throws {
        for (wantsFIPS, wantsDual, host) in [
            ("", "", plain), ("true", "false", fips), ("false", "TRUE", dual), ("true", "true", both),
        ] {
            let variables = ["AWS_USE_FIPS_ENDPOINT": wantsFIPS, "AWS_USE_DUALSTACK_ENDPOINT": wantsDual]
            let endpoint = try configuration(variables).endpoint(of: service, region: region)
            #expect(endpoint.host == host)
            #expect(endpoint.origin == "https://\(host)")
            #expect(endpoint.path == "/")
            #expect(endpoint.region == region)
        }
    }

    @Test(arguments: [
        ("eu-west-1", "us-east-1", "iam.amazonaws.com", "iam-fips.amazonaws.com", "iam.global.api.aws"),
        (
            "cn-northwest-1", "cn-north-1", "iam.cn-north-1.amazonaws.com.cn", "iam-fips.amazonaws.com.cn",
            "iam.global.api.amazonwebservices.com.cn"
        ),
        (
            "us-gov-east-1", "us-gov-west-1", "iam.us-gov.amazonaws.com", "iam.us-gov.amazonaws.com",
            "iam.us-gov.api.aws"
        ),
        (
            "eusc-de-east-1", "eusc-de-east-1", "iam.eusc-de-east-1.amazonaws.eu", "iam-fips.amazonaws.eu",
            "iam.global.api.amazonwebservices.eu"
        ),
        (
            "us-iso-west-1", "us-iso-east-1", "iam.us-iso-east-1.c2s.ic.gov", "iam-fips.us-iso-east-1.c2s.ic.gov",
            "iam.api.aws.ic.gov"
        ),
        (
            "us-isob-east-1", "us-isob-east-1", "iam.us-isob-east-1.sc2s.sgov.gov",
            "iam-fips.us-isob-east-1.sc2s.sgov.gov", "iam.api.aws.scloud"
        ),
        (
            "eu-isoe-west-1", "eu-isoe-west-1", "iam.eu-isoe-west-1.cloud.adc-e.uk", "iam-fips.cloud.adc-e.uk",
            "iam.api.cloud-aws.adc-e.uk"
        ),
        (
            "us-isof-east-1", "us-isof-south-1", "iam.us-isof-south-1.csp.hci.ic.gov", "iam-fips.csp.hci.ic.gov",
            "iam.api.aws.hci.ic.gov"
        ),
    ])
    func ofIAMAreOnePerPartition(region: String, signedFor: String, plain: String, fips: String, dual: String) throws {
        for (variable, host) in [
            ("", plain), ("AWS_USE_FIPS_ENDPOINT", fips), ("AWS_USE_DUALSTACK_ENDPOINT", dual),
        ] {
            let endpoint = try configuration([variable: "true"]).endpoint(of: .iam, region: region)
            #expect(endpoint.host == host)
            #expect(endpoint.region == signedFor)
        }
    }

    @Test(arguments: [
        ("eu-west-1", "us-east-1", "organizations.us-east-1.amazonaws.com", "organizations-fips.us-east-1.api.aws"),
        (
            "cn-north-1", "cn-northwest-1", "organizations.cn-northwest-1.amazonaws.com.cn",
            "organizations-fips.cn-northwest-1.api.amazonwebservices.com.cn"
        ),
        (
            "us-gov-east-1", "us-gov-west-1", "organizations.us-gov-west-1.amazonaws.com",
            "organizations.us-gov-west-1.api.aws"
        ),
    ])
    func ofOrganizationsToo(region: String, signedFor: String, plain: String, both: String) throws {
        let variables = ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"]
        let hosts = [
            try configuration([:]).endpoint(of: .organizations, region: region),
            try configuration(variables).endpoint(of: .organizations, region: region),
        ]
        #expect(hosts.map(\.host) == [plain, both])
        #expect(hosts.map(\.region) == [signedFor, signedFor])
    }

    @Test func ofIAMMayTakeBothFormsAtOnce() throws {
        let variables = ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_USE_DUALSTACK_ENDPOINT": "true"]
        let hosts = try ["us-east-1", "cn-north-1", "us-gov-west-1", "us-iso-east-1"].map { region in
            try configuration(variables).endpoint(of: .iam, region: region).host
        }
        #expect(
            hosts == [
                "iam-fips.global.api.aws", "iam-fips.api.amazonwebservices.com.cn", "iam.us-gov.api.aws",
                "iam-fips.api.aws.ic.gov",
            ])
    }

    @Test(arguments: AWSService.allCases)
    func giveWayToAConfiguredAddress(service: AWSService) throws {
        for variable in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_\(service.endpointKey)"] {
            let endpoint = try configuration([variable: "http://127.0.0.1:4567"]).endpoint(
                of: service, region: "eu-west-1")
            #expect(endpoint.origin == "http://127.0.0.1:4567")
            #expect(endpoint.region == "eu-west-1")
        }
    }
}

@Suite struct ConfiguredEndpoints {
    static let config = """
        [default]
        services = mine
        endpoint_url = http://profile
        [services mine]
        kinesis =
          endpoint_url = http://section
        [profile plain]
        endpoint_url = http://plain
        [profile ignoring]
        endpoint_url = http://plain
        ignore_configured_endpoint_urls = true
        [profile lost]
        services = nowhere
        [profile dual]
        use_dualstack_endpoint = true
        """

    private func origin(_ service: AWSService, setting: String? = nil, _ variables: [String: String]) throws -> String {
        try configuration(variables, files: ["/home/u/.aws/config": Self.config])
            .endpoint(of: service, region: "us-east-1", setting: setting).origin
    }

    @Test func comeFromTheNearestSource() throws {
        let all = ["AWS_ENDPOINT_URL_KINESIS": "http://one", "AWS_ENDPOINT_URL": "http://all"]
        #expect(try origin(.kinesis, setting: "http://setting", all) == "http://setting")
        #expect(try origin(.kinesis, all) == "http://one")
        #expect(try origin(.logs, all) == "http://all")
        #expect(try origin(.logs, ["AWS_ENDPOINT_URL_CLOUDWATCH_LOGS": "http://logs"]) == "http://logs")
        #expect(try origin(.kinesis, ["AWS_ENDPOINT_URL": "http://all"]) == "http://all")
        #expect(try origin(.kinesis, [:]) == "http://section")
        #expect(try origin(.sts, [:]) == "http://profile")
        #expect(try origin(.sts, ["AWS_PROFILE": "plain", "AWS_ENDPOINT_URL": ""]) == "http://plain")
    }

    @Test func canBeIgnored() throws {
        let variables = ["AWS_ENDPOINT_URL": "http://all", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]
        #expect(try origin(.kinesis, variables) == "https://kinesis.us-east-1.amazonaws.com")
        #expect(try origin(.kinesis, ["AWS_PROFILE": "ignoring"]) == "https://kinesis.us-east-1.amazonaws.com")
        #expect(try origin(.kinesis, setting: "http://setting", variables) == "http://setting")
    }

    @Test(arguments: [
        ["AWS_ENDPOINT_URL": "http://all", "AWS_USE_FIPS_ENDPOINT": "true"],
        ["AWS_ENDPOINT_URL": "http://all", "AWS_USE_DUALSTACK_ENDPOINT": "true"], ["AWS_USE_FIPS_ENDPOINT": "yes"],
        ["AWS_ENDPOINT_URL": "ftp://all"], ["AWS_PROFILE": "lost"],
        ["AWS_PROFILE": "dual", "AWS_ENDPOINT_URL_KINESIS": "http://one"],
    ])
    func thatCannotBeAreRefused(variables: [String: String]) {
        #expect(throws: AWSSettingsError.self) { try origin(.kinesis, variables) }
    }

    @Test(arguments: [
        ("http://127.0.0.1:4567", "http://127.0.0.1:4567", "127.0.0.1:4567", "/"),
        ("HTTPS://Host.Example:443/", "https://host.example", "host.example", "/"),
        ("http://host:80", "http://host", "host", "/"), ("https://host:80", "https://host:80", "host:80", "/"),
        ("http://[::1]:4567/a/b", "http://[::1]:4567", "[::1]:4567", "/a/b"),
        ("http://[::1]", "http://[::1]", "[::1]", "/"),
    ])
    func areTakenApart(url: String, origin: String, host: String, path: String) throws {
        let endpoint = try #require(ServiceEndpoint(url: url, region: "r"))
        #expect(endpoint.origin == origin)
        #expect(endpoint.host == host)
        #expect(endpoint.path == path)
    }

    @Test(arguments: [
        "", "host", "host:80", "http://", "http:///path", "http://user:password@host", "http://host?a=b",
        "http://host#a",
        "http://host:", "http://host:0", "http://host:65536", "http://host:http", "http://:80", "http://ho st",
        "http://höst",
    ])
    func mustBeAddresses(url: String) {
        #expect(ServiceEndpoint(url: url, region: "r") == nil)
    }
}

@Suite struct Regions {
    static let config = "[default]\nregion = eu-north-1\n[profile bare]\n"

    private func region(_ setting: String?, _ variables: [String: String]) throws -> String {
        try configuration(variables, files: ["/home/u/.aws/config": Self.config]).region(setting: setting)
    }

    @Test func comeFromTheNearestSource() throws {
        let both = ["AWS_REGION": "us-east-1", "AWS_DEFAULT_REGION": "us-east-2"]
        #expect(try region("eu-west-1", both) == "eu-west-1")
        #expect(try region(nil, both) == "us-east-1")
        #expect(try region(nil, ["AWS_REGION": "", "AWS_DEFAULT_REGION": "us-east-2"]) == "us-east-2")
        #expect(try region(nil, [:]) == "eu-north-1")
    }

    @Test func mustBeSomewhere() {
        #expect(throws: AWSSettingsError.self) { try region(nil, ["AWS_PROFILE": "bare"]) }
    }

    @Test(arguments: ["us east", "evil.example/", "US-EAST-1", "-a", "a-", ""])
    func mustBeNames(region name: String) {
        #expect(throws: AWSSettingsError.self) { try region(name, [:]) }
    }
}

@Suite struct OtherSettings {
    @Test func attemptsComeFromVariableOrProfile() throws {
        let files = ["/home/u/.aws/config": "[default]\nmax_attempts = 7\n"]
        #expect(try configuration([:]).retryRules().attemptsMax == 3)
        #expect(try configuration([:], files: files).retryRules().attemptsMax == 7)
        #expect(try configuration(["AWS_MAX_ATTEMPTS": "5"], files: files).retryRules().attemptsMax == 5)
    }

    @Test(arguments: ["0", "-1", "three", "1.5"])
    func attemptsMustBeACount(text: String) throws {
        let configuration = try configuration(["AWS_MAX_ATTEMPTS": text])
        #expect(throws: AWSSettingsError.self) { try configuration.retryRules() }
    }

    @Test func theTransportIsToldOfCertificatesProxiesAndUs() throws {
        let settings = try configuration([
            "AWS_CA_BUNDLE": "~/ca.pem", "HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "localhost",
            "AWS_SDK_UA_APP_ID": "billing",
        ]).transportSettings(version: "1.2.3")
        #expect(settings.caBundle == "/home/u/ca.pem")
        #expect(settings.proxies.https == "http://proxy:3128")
        #expect(settings.proxies.except == "localhost")
        #expect(settings.userAgent == "tailrace/1.2.3 os/linux lang/swift app/billing")
        #expect(try configuration([:]).transportSettings(version: "1").caBundle == nil)
    }

    @Test func theProfileMayNameTheCertificates() throws {
        let files = ["/home/u/.aws/config": "[default]\nca_bundle = /etc/ca.pem\n"]
        #expect(try configuration([:], files: files).transportSettings(version: "1").caBundle == "/etc/ca.pem")
    }
}
