/// The one question that setting up a sender asks of AWS Organizations: which organization an account belongs to.
///
/// https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html
struct OrganizationsService: EmulatedService {
    static let targetPrefix = "AWSOrganizationsV20161128"
    static let signingName = "organizations"

    static let operation = "DescribeOrganization"

    /// The organization (`o-…`) of each account that belongs to one.
    let members: [String: String]

    func answer(operation name: String, body: [UInt8], caller: Caller) async throws(ServiceFault) -> [UInt8] {
        guard name == Self.operation else {
            throw ServiceFault("UnknownOperationException", "The emulator has no operation \(name) of Organizations.")
        }
        guard let organization = members[caller.account] else {
            throw ServiceFault(
                "AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")
        }
        // Nobody says which account manages the others: it is the one whose number is least, so that all are told the same.
        let manager = members.filter { $0.value == organization }.keys.min() ?? caller.account
        return ServiceJSON.encode(
            OrganizationReply(organization: OrganizationReply.Organization(organization, managedBy: manager)))
    }
}

private struct OrganizationReply: Encodable {
    struct Organization: Encodable {
        let id: String
        let arn: String
        let featureSet = "ALL"
        let masterAccountArn: String
        let masterAccountId: String
        let masterAccountEmail: String

        init(_ id: String, managedBy account: String) {
            self.id = id
            arn = "arn:aws:organizations::\(account):organization/\(id)"
            masterAccountArn = "arn:aws:organizations::\(account):account/\(id)/\(account)"
            masterAccountId = account
            masterAccountEmail = "root@\(account).example"
        }
    }

    let organization: Organization
}
