import Locking
import Testing

@testable import AWS
@testable import Signing

@Suite struct DefaultCredentialSearch {
    static let config = "/home/u/.aws/config"
    static let credentials = "/home/u/.aws/credentials"
    static let both = [
        config: "[default]\naws_access_key_id = CONFIG\naws_secret_access_key = c\n[profile other]\nregion = r\n",
        credentials: "[default]\naws_access_key_id = FILE\naws_secret_access_key = f#1\naws_session_token = t\n",
    ]

    private func search(_ variables: [String: String], _ files: [String: String] = both) async throws -> Credentials {
        try await DefaultCredentials(configuration(variables, files: files), surroundings: StillWorld().surroundings)
            .credentials()
    }

    @Test func takesTheEnvironmentFirst() async throws {
        let found = try await search([
            "AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "e", "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "other",
        ])
        #expect(found == Credentials(accessKeyID: "ENV", secretAccessKey: "e"))
    }

    @Test func mergesTheFilesKeyByKey() async throws {
        #expect(try await search([:]) == Credentials(accessKeyID: "FILE", secretAccessKey: "f#1", sessionToken: "t"))
        let config = [Self.config: Self.both[Self.config] ?? ""]
        #expect(try await search([:], config) == Credentials(accessKeyID: "CONFIG", secretAccessKey: "c"))
    }

    @Test func looksWhereItIsTold() async throws {
        let found = try await search(
            ["AWS_SHARED_CREDENTIALS_FILE": "~/keys", "AWS_CONFIG_FILE": "/none", "AWS_PROFILE": "p"],
            ["/home/u/keys": "[p]\naws_access_key_id = A\naws_secret_access_key = B"])
        #expect(found == Credentials(accessKeyID: "A", secretAccessKey: "B"))
    }

    @Test(arguments: [
        (["AWS_ACCESS_KEY_ID": "A"], "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not"),
        (["AWS_SECRET_ACCESS_KEY": "A"], "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not"),
        (
            ["AWS_PROFILE": "other"],
            "no credentials: neither AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY nor keys of profile \"other\" in "
                + "/home/u/.aws/config, /home/u/.aws/credentials"
        ),
        (
            ["AWS_WEB_IDENTITY_TOKEN_FILE": "/t"],
            "AWS_WEB_IDENTITY_TOKEN_FILE: this source of credentials is not supported yet"
        ),
        (
            ["AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B", "AWS_CREDENTIAL_EXPIRATION": "soon"],
            "AWS_CREDENTIAL_EXPIRATION is \"soon\": expected a time like 2026-11-20T12:00:00Z"
        ),
        (
            [
                "AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "B",
                "AWS_CREDENTIAL_EXPIRATION": "2026-11-20T12:00:00Z",
            ],
            "the credentials of the environment ended at 20261120T120000Z"
        ),
    ])
    func endsWithTheFirstSourceThatIsConfigured(variables: [String: String], description: String) async throws {
        let error = await #expect(throws: AWSSettingsError.self) { try await search(variables) }
        #expect(error?.description == description)
    }

    @Test func aProfileThatIsNamedMustBeThere() {
        #expect(throws: AWSSettingsError.self) { try configuration(["AWS_PROFILE": "gone"], files: Self.both) }
    }

    @Test(arguments: [
        "web_identity_token_file", "credential_process", "sso_session", "sso_start_url", "sso_account_id",
        "login_session",
    ])
    func refusesWhatItDoesNotKnowYet(key: String) async throws {
        let text = "[default]\naws_access_key_id = A\naws_secret_access_key = B\n\(key) = x\n"
        let error = await #expect(throws: AWSSettingsError.self) { try await search([:], [Self.config: text]) }
        #expect(
            error?.description.hasPrefix(
                "profile \"default\", key \"\(key)\" in /home/u/.aws/config, line 4: this source")
                == true)
    }

    @Test(arguments: ["aws_access_key_id", "aws_secret_access_key"])
    func halfAPairIsAnError(key: String) async {
        await #expect(throws: AWSSettingsError.self) {
            try await search([:], [Self.credentials: "[default]\n\(key) = A"])
        }
    }

    @Test func anUnreadableFileIsAnError() {
        struct Forbidden: Error {}
        #expect(throws: AWSSettingsError.self) {
            try AWSConfiguration.load(
                environment: ProcessEnvironment(["HOME": "/h"]), readFile: { _ in throw Forbidden() })
        }
    }

    /// Another program renews the keys in the file; when AWS refuses the old ones, the new ones are found.
    @Test func readsTheFilesAgainWhenAWSRefused() async throws {
        let text = Locked("[default]\naws_access_key_id = OLD\naws_secret_access_key = o")
        let configuration = try AWSConfiguration.load(
            environment: ProcessEnvironment(["HOME": "/home/u"]),
            readFile: { $0 == Self.credentials ? text.withLock { $0 } : nil })
        let provider = DefaultCredentials(configuration)
        let old = try await provider.credentials()
        #expect(try await provider.credentials(insteadOf: old) == old)
        text.withLock { $0 = "[default]\naws_access_key_id = NEW\naws_secret_access_key = n" }
        #expect(try await provider.credentials() == old)
        let new = try await provider.credentials(insteadOf: old)
        #expect(new.accessKeyID == "NEW")
        #expect(try await provider.credentials() == new)
        // A second caller that was refused with the old ones gets the new ones, not another search.
        text.withLock { $0 = "" }
        #expect(try await provider.credentials(insteadOf: old) == new)
    }
}

@Suite struct ISO8601Times {
    @Test(arguments: [
        ("2026-11-20T12:00:00Z", StillWorld.noon.milliseconds),
        ("2026-11-20T12:00:00.987Z", StillWorld.noon.milliseconds),
        ("2026-11-20T12:00:00+00:00", StillWorld.noon.milliseconds),
        ("2026-11-20T13:30:00+01:30", StillWorld.noon.milliseconds),
        ("2026-11-20T04:00:00-0800", StillWorld.noon.milliseconds),
    ])
    func areRead(text: String, milliseconds: Int64) {
        #expect(UTCTime(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T12:00:00", "2026-13-20T12:00:00Z", "20261120T120000Z", "x2026-11-20T12:00:00Z",
    ])
    func orRefused(text: String) {
        #expect(UTCTime(iso8601: text) == nil)
    }
}
