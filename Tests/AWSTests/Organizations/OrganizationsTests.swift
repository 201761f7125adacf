import AWS
import Testing

@Suite struct Organizations {
    @Test func areKnownByTheirIDs() async throws {
        let bench = try Bench(
            .organizations, .ok(#"{"Organization":{"Id":"o-1234567890","FeatureSet":"ALL"}}"#))
        #expect(try await OrganizationsClient(bench.service).organizationID() == "o-1234567890")
        #expect(
            await bench.sender.header("X-Amz-Target", ofRequest: 0)
                == "AWSOrganizationsV20161128.DescribeOrganization")
        #expect(await bench.sender.body(ofRequest: 0) == "{}")
    }

    @Test func areNotEveryAccounts() async throws {
        let bench = try Bench(
            .organizations, .refuse("AWSOrganizationsNotInUseException"), .refuse("AccessDeniedException"))
        let organizations = OrganizationsClient(bench.service)
        #expect(try await organizations.organizationID() == nil)
        let error = await #expect(throws: AWSError.self) { try await organizations.organizationID() }
        #expect(error?.isUnauthorized == true)
    }
}
