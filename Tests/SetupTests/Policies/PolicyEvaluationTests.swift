import Setup
import Testing

/// Policies answer as IAM does.
@Suite struct PolicyEvaluationTests {
    struct Case: CustomTestStringConvertible {
        let what: String
        let statements: [String]
        let verdict: PolicyVerdict

        init(_ what: String, _ verdict: PolicyVerdict, _ statements: String...) {
            self.what = what
            self.verdict = verdict
            self.statements = statements
        }

        var testDescription: String { what }

        var document: PolicyDocument {
            get throws { try PolicyDocument(parsing: #"{"Statement":[\#(statements.joined(separator: ","))]}"#) }
        }
    }

    // MARK: an identity's own policy

    private static let stream = "arn:aws:kinesis:us-east-1:999999999999:stream/S"
    private static let allow = #"{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"\#(stream)"}"#
    private static let deny = #"{"Effect":"Deny","Action":"kinesis:PutRecord","Resource":"\#(stream)"}"#

    private static let permissions = [
        Case("nothing", .silent),
        Case("the very words", .allowed, allow),
        Case("a deny", .denied, deny),
        Case("a deny after an allow", .denied, allow, deny),
        Case("a deny before an allow", .denied, deny, allow),
        Case(
            "a deny of something else", .allowed, allow,
            #"{"Effect":"Deny","Action":"kinesis:DeleteStream","Resource":"*"}"#),
        Case(
            "a wildcard in the action", .allowed, #"{"Effect":"Allow","Action":"kinesis:Put*","Resource":"\#(stream)"}"#
        ),
        Case("every action", .allowed, #"{"Effect":"Allow","Action":"*","Resource":"*"}"#),
        Case(
            "an action in another case", .allowed,
            #"{"Effect":"Allow","Action":"Kinesis:putrecord","Resource":"\#(stream)"}"#),
        Case(
            "an action like it", .silent, #"{"Effect":"Allow","Action":"kinesis:PutRecords","Resource":"\#(stream)"}"#),
        Case(
            "a wildcard in the resource", .allowed,
            #"{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"arn:aws:kinesis:*:*:stream/?"}"#),
        Case(
            "a resource in another case", .silent,
            #"{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"arn:aws:kinesis:us-east-1:999999999999:stream/s"}"#
        ),
        Case("another resource", .silent, #"{"Effect":"Allow","Action":"kinesis:PutRecord","Resource":"\#(stream)2"}"#),
        Case("no resource", .silent, #"{"Effect":"Allow","Action":"kinesis:PutRecord"}"#),
        Case("all but other actions", .allowed, #"{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}"#),
        Case("all but this action", .silent, #"{"Effect":"Allow","NotAction":["iam:*","KINESIS:*"],"Resource":"*"}"#),
        Case("all but other resources", .allowed, #"{"Effect":"Allow","Action":"*","NotResource":"\#(stream)2"}"#),
        Case("all but this resource", .silent, #"{"Effect":"Allow","Action":"*","NotResource":"arn:aws:kinesis:*"}"#),
        Case("a deny of all but others", .denied, allow, #"{"Effect":"Deny","NotAction":"s3:*","Resource":"*"}"#),
        Case("a deny of all but this", .allowed, allow, #"{"Effect":"Deny","NotAction":"kinesis:*","Resource":"*"}"#),
        Case("a resource's policy", .silent, #"{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}"#),
        Case(
            "a condition nobody knows", .depends(["aws:SourceIp"]),
            #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceIp":"x"}}}"#),
        Case(
            "a condition nobody knows beside an allow", .allowed, allow,
            #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceIp":"x"}}}"#),
        Case(
            "a deny on a condition nobody knows", .depends(["aws:SecureTransport"]), allow,
            #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}"#),
        Case(
            "a deny on a condition nobody knows, where nothing is allowed", .silent,
            #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}"#),
        Case(
            "what a deny depends on, and not what one more allow does", .depends(["aws:SecureTransport"]), allow,
            #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:SourceIp":"x"}}}"#,
            #"{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":false}}}"#),
    ]

    @Test(arguments: permissions) func permission(_ one: Case) throws {
        #expect(
            try one.document.verdict(on: PolicyQuestion("kinesis:PutRecord", on: Self.stream)) == one.verdict)
    }

    /// Allows and denies of several documents count together.
    @Test func severalDocuments() throws {
        let (allow, deny) = (try Case("", .allowed, Self.allow).document, try Case("", .denied, Self.deny).document)
        let question = PolicyQuestion("kinesis:PutRecord", on: Self.stream)
        #expect([allow, deny].verdict(on: question) == .denied)
        #expect([PolicyDocument([]), allow].verdict(on: question) == .allowed)
        #expect([PolicyDocument]().verdict(on: question) == .silent)
    }

    // MARK: a trust

    private static let trusts: [Case] = [
        Case("logs", .allowed, trust(#"{"Service":"logs.amazonaws.com"}"#)),
        Case(
            "logs of the Region, as the guide had it", .allowed, trust(#"{"Service":"logs.us-east-1.amazonaws.com"}"#)),
        Case("among others", .allowed, trust(#"{"Service":["ec2.amazonaws.com","logs.amazonaws.com"]}"#)),
        Case("another service", .silent, trust(#"{"Service":"lambda.amazonaws.com"}"#)),
        Case("a service that ends alike", .silent, trust(#"{"Service":"xlogs.amazonaws.com"}"#)),
        Case("two labels between", .silent, trust(#"{"Service":"logs.a.b.amazonaws.com"}"#)),
        Case("no label between", .silent, trust(#"{"Service":"logs..amazonaws.com"}"#)),
        Case("an account", .silent, trust(#"{"AWS":"111111111111"}"#)),
        Case("anybody", .allowed, trust(#""*""#)),
        Case("this source", .allowed, trust(like: #""aws:SourceArn":"arn:aws:logs:us-east-1:111111111111:*""#)),
        Case(
            "a source by ArnLike", .allowed,
            trust(when: #"{"ArnLike":{"aws:SourceArn":"arn:aws:logs:*:111111111111:*"}}"#)),
        Case("a source by ArnEquals", .allowed, trust(when: #"{"ArnEquals":{"aws:SourceArn":"arn:aws:logs:*:*:*"}}"#)),
        Case("another source", .silent, trust(like: #""aws:SourceArn":"arn:aws:logs:us-east-1:222222222222:*""#)),
        Case("another Region", .silent, trust(like: #""aws:SourceArn":"arn:aws:logs:us-west-2:111111111111:*""#)),
        Case(
            "one of several sources", .allowed,
            trust(like: #""aws:SourceArn":["arn:aws:logs:x:1:*","arn:aws:logs:us-east-1:111111111111:*"]"#)),
        Case(
            "a wildcard that StringEquals takes as it stands", .silent,
            trust(when: #"{"StringEquals":{"aws:SourceArn":"arn:aws:logs:us-east-1:111111111111:*"}}"#)),
        Case("an account by its key", .allowed, trust(when: #"{"StringEquals":{"aws:SourceAccount":"111111111111"}}"#)),
        Case("a key in another case", .allowed, trust(when: #"{"StringEquals":{"AWS:sourceaccount":"111111111111"}}"#)),
        Case(
            "a key that may be absent", .allowed,
            trust(when: #"{"StringEqualsIfExists":{"aws:SourceAccount":"111111111111"}}"#)),
        Case(
            "a key that may be absent, of another", .silent,
            trust(when: #"{"StringLikeIfExists":{"aws:SourceAccount":"2*"}}"#)),
        Case("any of a set", .allowed, trust(when: #"{"ForAnyValue:StringLike":{"aws:SourceAccount":"1*"}}"#)),
        Case(
            "whatever the case", .allowed,
            trust(
                when:
                    #"{"StringEqualsIgnoreCase":{"aws:SourceArn":"ARN:AWS:LOGS:US-EAST-1:111111111111:LOG-GROUP:ANY:*"}}"#
            )),
        Case(
            "two conditions of which one fails", .silent,
            trust(when: #"{"StringEquals":{"aws:SourceAccount":"111111111111"},"StringLike":{"aws:SourceArn":"x"}}"#)),
        Case(
            "one that fails beside one nobody knows", .silent,
            trust(
                when: #"{"StringEquals":{"aws:SourceAccount":"222222222222"},"StringLike":{"aws:SourceOrgID":"o-1"}}"#)),
        Case(
            "a key nobody knows", .depends(["aws:SourceOrgID"]),
            trust(when: #"{"StringEquals":{"aws:SourceOrgID":"o-1"}}"#)),
        Case(
            "an operator nobody knows", .depends(["aws:SourceAccount"]),
            trust(when: #"{"StringNotEquals":{"aws:SourceAccount":"222222222222"}}"#)),
        Case(
            "all of a set", .depends(["aws:SourceAccount"]),
            trust(when: #"{"ForAllValues:StringEquals":{"aws:SourceAccount":"111111111111"}}"#)),
        Case(
            "keys nobody knows, each once and sorted", .depends(["a:A", "b:B"]),
            trust(when: #"{"StringEquals":{"b:B":"x"}}"#), trust(when: #"{"StringLike":{"a:A":"x","b:B":"y"}}"#)),
    ]

    private static func trust(_ principal: String) -> String {
        #"{"Effect":"Allow","Principal":\#(principal),"Action":"sts:AssumeRole"}"#
    }

    private static func trust(when condition: String) -> String {
        #"{"Effect":"Allow","Principal":{"Service":"logs.amazonaws.com"},"Action":"sts:AssumeRole","Condition":\#(condition)}"#
    }

    private static func trust(like keys: String) -> String { trust(when: #"{"StringLike":{\#(keys)}}"#) }

    @Test(arguments: trusts) func trust(_ one: Case) throws {
        let question = PolicyQuestion(
            "sts:AssumeRole", by: .service("logs.amazonaws.com", region: "us-east-1"),
            [
                "aws:SourceArn": "arn:aws:logs:us-east-1:111111111111:log-group:any:*",
                "aws:SourceAccount": "111111111111",
            ])
        #expect(try one.document.verdict(on: question) == one.verdict)
    }

    // MARK: a resource's policy

    @Test(arguments: [
        (#"{"AWS":"111111111111"}"#, PolicyVerdict.allowed),
        (#"{"AWS":["222222222222","111111111111"]}"#, .allowed),
        (#"{"AWS":"arn:aws:iam::111111111111:root"}"#, .allowed),
        (#"{"AWS":"arn:aws-cn:iam::111111111111:root"}"#, .allowed),
        (#"{"AWS":"*"}"#, .allowed),
        (#""*""#, .allowed),
        (#"{"AWS":"222222222222"}"#, .silent),
        (#"{"AWS":"arn:aws:iam::222222222222:root"}"#, .silent),
        (#"{"AWS":"arn:aws:iam::111111111111:user/somebody"}"#, .silent),
        (#"{"Service":"111111111111"}"#, .silent),
    ]) func account(principal: String, verdict: PolicyVerdict) throws {
        let document = try PolicyDocument(
            parsing: #"{"Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":"a:B","Resource":"r"}]}"#)
        #expect(document.verdict(on: PolicyQuestion("a:B", on: "r", by: .account("111111111111"))) == verdict)
    }

    /// Without a principal a resource's policy speaks of nobody.
    @Test func resourcePolicyWithoutPrincipal() throws {
        let document = try PolicyDocument(parsing: #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#)
        #expect(document.verdict(on: PolicyQuestion("a:B", on: "r", by: .account("1"))) == .silent)
        #expect(
            document.verdict(
                on: PolicyQuestion("a:B", on: "r", by: .service("logs.amazonaws.com", region: "us-east-1"))) == .silent)
    }
}
