extension OrganizationsClient {
    /// `o-` and 10 to 32 more characters; `nil` when the account is in no organization. Any member account may ask.
    ///
    /// https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
    package func organizationID() async throws -> String? {
        do {
            let reply = try await service.call(
                "DescribeOrganization", DescribeOrganizationRequest(), replyingWith: DescribeOrganizationReply.self)
            return reply.organization.id
        } catch let error as AWSError where error.code == "AWSOrganizationsNotInUseException" {
            return nil
        }
    }
}

private struct DescribeOrganizationRequest: Encodable {}

private struct DescribeOrganizationReply: Decodable {
    struct Organization: Decodable { let id: String }

    let organization: Organization
}
