import AWS
import Testing

@Suite struct Identities {
    private static let reply = """
        <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <GetCallerIdentityResult>
            <Arn>arn:aws:iam::999999999999:user/a&amp;b</Arn><UserId>AIDA</UserId><Account>999999999999</Account>
          </GetCallerIdentityResult>
          <ResponseMetadata><RequestId>id</RequestId></ResponseMetadata>
        </GetCallerIdentityResponse>
        """

    @Test func areAskedForInAForm() async throws {
        let bench = try Bench(.sts, .ok(Self.reply))
        let identity = try await STSClient(bench.service).callerIdentity()
        #expect(
            identity
                == CallerIdentity(account: "999999999999", arn: "arn:aws:iam::999999999999:user/a&b", userID: "AIDA"))
        #expect(await bench.sender.body(ofRequest: 0) == "Action=GetCallerIdentity&Version=2011-06-15")
        #expect(
            await bench.sender.header("Content-Type", ofRequest: 0)
                == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(await bench.sender.header("X-Amz-Target", ofRequest: 0) == nil)
    }

    @Test func thatAreRefusedSayWhy() async throws {
        let refusal =
            "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>no</Message></Error>"
            + "<RequestId>id-9</RequestId></ErrorResponse>"
        let bench = try Bench(.sts, .reply(403, refusal, [:]))
        let error = await #expect(throws: AWSError.self) { try await STSClient(bench.service).callerIdentity() }
        #expect(error?.code == "AccessDenied")
        #expect(error?.requestID == "id-9")
        #expect(error?.operation == "sts:GetCallerIdentity")
        #expect(error?.isUnauthorized == true)
    }

    @Test(arguments: [
        "<a/>", "{}", "<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>",
    ])
    func thatSayNothingAreUnreadable(reply: String) async throws {
        let bench = try Bench(.sts, .ok(reply), .ok(reply), .ok(reply))
        let error = await #expect(throws: AWSError.self) { try await STSClient(bench.service).callerIdentity() }
        #expect(error?.kind == .unreadable)
    }
}
