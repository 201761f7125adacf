import Testing

@testable import Setup

/// A destination's policy is read back as who may send.
@Suite struct SenderAccessTests {
    private static let destination = "arn:aws:logs:us-east-1:999999999999:destination:d"

    @Test func listsAreSortedAndWithoutRepeats() {
        let access = SenderAccess(
            accounts: ["2", "1", "2"], organizations: ["o-b", "o-a"], paths: ["o-b/r", "o-a/r"])
        #expect(access.accounts == ["1", "2"])
        #expect(access.organizations == ["o-a", "o-b"])
        #expect(access.paths == ["o-a/r", "o-b/r"])
        #expect(access.allOrganizations == ["o-a", "o-b"])
    }

    @Test(arguments: [
        (SenderAccess(), true, false),
        (SenderAccess(accounts: ["1"]), false, false),
        (SenderAccess(organizations: ["o-a"]), false, true),
        (SenderAccess(paths: ["o-a/r"]), false, true),
        (SenderAccess(wholeAccounts: true), true, false),
    ]) func kinds(access: SenderAccess, isEmpty: Bool, isByOrganization: Bool) {
        #expect(access.isEmpty == isEmpty)
        #expect(access.isByOrganization == isByOrganization)
    }

    @Test func pathsNameTheirOrganization() {
        #expect(SenderAccess(paths: ["o-1234567890/r-ab12/*"]).allOrganizations == ["o-1234567890"])
    }

    /// What set-up writes it reads.
    @Test(arguments: [
        SenderAccess(accounts: ["111111111111"]),
        SenderAccess(accounts: ["111111111111", "222222222222"], wholeAccounts: true),
        SenderAccess(organizations: ["o-1234567890"]),
        SenderAccess(paths: ["o-1234567890/r-ab12/*"], wholeAccounts: true),
        SenderAccess(
            accounts: ["111111111111"], organizations: ["o-1234567890"],
            paths: ["o-0987654321/r-ab12/ou-ab12-11111111/*"]),
    ]) func readBack(access: SenderAccess) {
        let document = PolicyDocuments.destinationAccess(access, destination: Self.destination)
        #expect(SenderAccess(document, destination: Self.destination) == access)
    }

    struct Case: CustomTestStringConvertible {
        let what: String
        let statements: String
        let access: SenderAccess?

        init(_ what: String, _ access: SenderAccess?, _ statements: String) {
            self.what = what
            self.access = access
            self.statements = statements
        }

        var testDescription: String { what }
    }

    private static func allow(
        _ principal: String, action: String = #""logs:PutSubscriptionFilter""#, resource: String = destination,
        condition: String = ""
    ) -> String {
        #"{"Effect":"Allow","Principal":\#(principal),"Action":\#(action),"Resource":"\#(resource)"\#(condition)}"#
    }

    private static let one = SenderAccess(accounts: ["111111111111"])
    private static let id = #"{"AWS":"111111111111"}"#
    private static let byOrganization = #","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#

    private static let cases = [
        Case("one id as text", one, allow(id)),
        Case(
            "two statements", SenderAccess(accounts: ["111111111111", "222222222222"]),
            allow(id) + "," + allow(#"{"AWS":["222222222222"]}"#)),
        Case(
            "every action of logs", SenderAccess(accounts: ["111111111111"], wholeAccounts: true),
            allow(id, action: #""logs:*""#)),
        Case("any resource", one, allow(id, resource: "*")),
        Case(
            "more actions than are needed", one,
            allow(id, action: #"["logs:PutSubscriptionFilter","logs:PutLogEvents"]"#)),
        Case("another action admits nobody", SenderAccess(), allow(id, action: #""logs:PutLogEvents""#)),
        Case("another destination admits nobody", SenderAccess(), allow(id, resource: destination + "2")),
        Case(
            "an organization", SenderAccess(organizations: ["o-1234567890"]), allow(#""*""#, condition: byOrganization)),
        Case(
            "an organization by StringLike", SenderAccess(organizations: ["o-1234567890"]),
            allow(#""*""#, condition: #","Condition":{"StringLike":{"aws:PrincipalOrgID":"o-1234567890"}}"#)),
        Case(
            "all but an organization", nil,
            allow(#""*""#, condition: #","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#)),
        Case(
            "another condition", nil,
            allow(#""*""#, condition: #","Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}}"#)),
        Case("everybody", nil, allow(#""*""#)),
        Case("ids on a condition", nil, allow(id, condition: byOrganization)),
        Case("a deny", nil, allow(id) + "," + allow(id).replacing("Allow", with: "Deny")),
        Case(
            "all but an action", nil,
            #"{"Effect":"Allow","Principal":\#(id),"NotAction":"logs:PutLogEvents","Resource":"*"}"#),
    ]

    @Test(arguments: cases) func foreign(_ one: Case) throws {
        let document = try PolicyDocument(parsing: #"{"Statement":[\#(one.statements)]}"#)
        #expect(SenderAccess(document, destination: Self.destination) == one.access)
    }
}
