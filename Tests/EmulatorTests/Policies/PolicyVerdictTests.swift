import Testing

@testable import Emulator

@Suite struct PolicyVerdicts {
    static let stream = "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"

    private static func policy(_ statements: String...) -> String {
        #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    }

    private static func allow(_ action: String, _ resource: String) -> String {
        #"{"Effect":"Allow","Action":\#(action),"Resource":\#(resource)}"#
    }

    private static let denial = #"{"Effect":"Deny","Action":"kinesis:Put*","Resource":"*"}"#

    @Test(
        arguments: [
            (policy(allow(#""kinesis:PutRecord""#, #""\#(stream)""#)), .allowed),
            (policy(allow(#""*""#, #""*""#)), .allowed),
            (policy(allow(#"["kinesis:Get*","KINESIS:putrecord"]"#, #"["arn:aws:s3:::b","\#(stream)"]"#)), .allowed),
            (policy(allow(#""kinesis:PutRecord?""#, #""*""#)), .notAllowed),
            (policy(allow(#""kinesis:Put?ecord""#, #""*""#)), .allowed),
            (policy(allow(#""kinesis:GetRecords""#, #""*""#)), .notAllowed),
            (policy(allow(#""kinesis:PutRecord""#, #""\#(stream)2""#)), .notAllowed),
            (policy(allow(#""kinesis:PutRecord""#, #""arn:aws:kinesis:*:999999999999:stream/*""#)), .allowed),
            // A star does not reach over a colon that divides an ARN.
            (policy(allow(#""kinesis:PutRecord""#, #""arn:aws:*:*:*:stream/RecipientStream""#)), .allowed),
            (policy(allow(#""kinesis:PutRecord""#, #""arn:aws:kinesis:*stream/RecipientStream:::""#)), .notAllowed),
            (policy(allow(#""kinesis:PutRecord""#, #""*""#), denial), .denied),
            (policy(denial), .denied),
            (policy(#"{"Effect":"Allow","NotAction":"kinesis:Get*","Resource":"*"}"#), .allowed),
            (policy(#"{"Effect":"Allow","NotAction":"kinesis:*","Resource":"*"}"#), .notAllowed),
            (policy(#"{"Effect":"Allow","Action":"kinesis:*","NotResource":"\#(stream)"}"#), .notAllowed),
            (policy(#"{"Effect":"Allow","Action":"kinesis:*","NotResource":"\#(stream)2"}"#), .allowed),
            // One statement need not be in a list.
            (#"{"Statement":\#(allow(#""*""#, #""*""#))}"#, .allowed),
        ] as [(String, PolicyVerdict)])
    func byActionAndResource(source: String, verdict: PolicyVerdict) throws {
        let question = PolicyQuestion(
            action: "kinesis:PutRecord", resource: [Self.stream], asker: nil, context: PolicyContext())
        #expect(try PolicyParser(kind: .identity).parse(source).verdict(on: question) == verdict)
    }

    /// A resource that goes by several names is meant by each of them.
    @Test func byAnyNameOfTheResource() throws {
        let group = "arn:aws:logs:us-east-1:111111111111:log-group:g"
        for (named, verdict) in [(group, .allowed), (group + ":*", .allowed), (group + "2", .notAllowed)]
            as [(String, PolicyVerdict)]
        {
            let source = Self.policy(Self.allow(#""logs:PutSubscriptionFilter""#, #""\#(named)""#))
            let question = PolicyQuestion(
                NeededRight("logs:PutSubscriptionFilter", on: group, group + ":*"), known: PolicyContext())
            #expect(try PolicyParser(kind: .identity).parse(source).verdict(on: question) == verdict, "\(named)")
        }
    }

    private static let source = "arn:aws:logs:us-east-1:111111111111:log-group:g:*"

    @Test(
        arguments: [
            (#"{"StringLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:111111111111:*"}}"#, true),
            (#"{"StringLike":{"AWS:sourcearn":["x","arn:aws:logs:us-east-1:111111111111:*"]}}"#, true),
            (#"{"StringLike":{"aws:SourceArn":"arn:aws:logs:us-east-1:222222222222:*"}}"#, false),
            (#"{"StringLike":{"aws:SourceArn":"arn:aws:*"}}"#, true),
            (#"{"StringEquals":{"aws:SourceArn":"arn:aws:logs:us-east-1:111111111111:*"}}"#, false),
            (#"{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:111111111111:log-group:*"}}"#, true),
            (#"{"ArnEquals":{"aws:SourceArn":"arn:aws:logs:us-?ast-1:111111111111:*"}}"#, true),
            (#"{"ArnLike":{"aws:SourceArn":"arn:aws:*"}}"#, false),
            (#"{"ArnNotLike":{"aws:SourceArn":"arn:aws:logs:*:222222222222:*"}}"#, true),
            (#"{"StringEquals":{"aws:SourceAccount":["222222222222","111111111111"]}}"#, true),
            (#"{"StringNotEquals":{"aws:SourceAccount":"111111111111"}}"#, false),
            (#"{"StringEqualsIgnoreCase":{"aws:SourceOrgID":"O-1234567890"}}"#, true),
            // All operators and keys must hold.
            (#"{"StringEquals":{"aws:SourceAccount":"111111111111","aws:SourceOrgID":"o-0"}}"#, false),
            (#"{"StringEquals":{"aws:SourceAccount":"111111111111"},"StringLike":{"aws:SourceOrgID":"o-*"}}"#, true),
            // What the call does not have.
            (#"{"StringEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#, false),
            (#"{"StringEqualsIfExists":{"aws:PrincipalOrgID":"o-1234567890"}}"#, true),
            (#"{"StringNotEquals":{"aws:PrincipalOrgID":"o-1234567890"}}"#, true),
            (#"{"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-1/*"}}"#, false),
            (#"{"ForAllValues:StringLike":{"aws:PrincipalOrgPaths":"o-1/*"}}"#, true),
            (#"{"Null":{"aws:PrincipalOrgID":"true"}}"#, true),
            (#"{"Null":{"aws:SourceArn":true}}"#, false),
        ] as [(String, Bool)])
    func byCondition(condition: String, holds: Bool) throws {
        let trust = #"{"Statement":[{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"#
        let policy = try PolicyParser(kind: .trust).parse(
            trust + #""Action":"sts:AssumeRole","Condition":\#(condition)}]}"#)
        var context = PolicyContext()
        context["aws:SourceArn"] = Self.source
        context["aws:SourceAccount"] = "111111111111"
        context["aws:SourceOrgID"] = "o-1234567890"
        let question = PolicyQuestion(
            action: "sts:AssumeRole", resource: nil, asker: .service(names: ["logs.amazonaws.com"]), context: context)
        #expect(policy.verdict(on: question) == (holds ? .allowed : .notAllowed))
    }

    private static let session = RoleSession(role: "R", path: "/team/", roleID: "AROA", name: "s")

    @Test(
        arguments: [
            (#""*""#, true, true, true), (#"{"AWS":"*"}"#, true, true, true),
            (#"{"AWS":"111111111111"}"#, true, true, false),
            (#"{"AWS":["222222222222","arn:aws:iam::111111111111:root"]}"#, true, true, false),
            (#"{"AWS":"222222222222"}"#, false, false, false),
            (#"{"AWS":"arn:aws:iam::111111111111:user/emulator"}"#, true, false, false),
            (#"{"AWS":"arn:aws:iam::111111111111:role/team/R"}"#, false, true, false),
            (#"{"AWS":"arn:aws:iam::111111111111:role/R"}"#, false, false, false),
            (#"{"AWS":"arn:aws:sts::111111111111:assumed-role/R/s"}"#, false, true, false),
            (#"{"Service":["ec2.amazonaws.com","logs.us-east-1.amazonaws.com"]}"#, false, false, true),
            (#"{"Service":"firehose.amazonaws.com"}"#, false, false, false),
            (#"{"Federated":"cognito-identity.amazonaws.com"}"#, false, false, false),
        ] as [(String, Bool, Bool, Bool)])
    func byWhoAsks(principal: String, key: Bool, session: Bool, service: Bool) throws {
        let policy = try PolicyParser(kind: .trust).parse(
            #"{"Statement":{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole"}}"#)
        let caller = Caller(account: "111111111111", region: "us-east-1", accessKeyID: "")
        let assumed = Caller(
            account: "111111111111", region: "us-east-1", accessKeyID: "", principal: .session(Self.session))
        let askers: [(PolicyAsker, Bool)] = [
            (.caller(caller), key), (.caller(assumed), session),
            (.service(names: ["logs.amazonaws.com", "logs.us-east-1.amazonaws.com"]), service),
        ]
        for (asker, isAdmitted) in askers {
            let question = PolicyQuestion(
                action: "sts:AssumeRole", resource: nil, asker: asker, context: PolicyContext())
            #expect(policy.verdict(on: question) == (isAdmitted ? .allowed : .notAllowed))
        }
    }
}
