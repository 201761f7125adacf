import Testing

@testable import Emulator

@Suite struct Organizations {
    private let service = OrganizationsService(members: [
        "222222222222": "o-1234567890", "111111111111": "o-1234567890", "333333333333": "o-0987654321",
    ])

    private func answer(_ account: String, _ operation: String = "DescribeOrganization") async throws(ServiceFault)
        -> JSONValue?
    {
        let caller = Caller(account: account, region: "us-east-1", accessKeyID: "")
        let reply = try await service.answer(operation: operation, body: Array("{}".utf8), caller: caller)
        return (try? JSONDocument(reply))?.root["Organization"]
    }

    @Test(arguments: ["111111111111", "222222222222"])
    func everyMemberIsToldTheSame(account: String) async throws {
        let organization = try #require(try await answer(account))
        #expect(organization["Id"]?.string == "o-1234567890")
        #expect(organization["Arn"]?.string == "arn:aws:organizations::111111111111:organization/o-1234567890")
        #expect(organization["MasterAccountId"]?.string == "111111111111")
    }

    @Test func whoBelongsToNoneIsToldSo() async throws {
        await #expect(
            throws: ServiceFault(
                "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
        ) { try await answer("444444444444") }
        await #expect(throws: ServiceFault.self) { try await answer("111111111111", "CreateOrganization") }
    }
}
