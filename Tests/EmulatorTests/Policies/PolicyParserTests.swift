import Testing

@testable import Emulator

@Suite struct PolicyParsing {
    private func refusal(_ kind: PolicyParser.Kind, _ source: String) -> String? {
        do throws(ServiceFault) {
            _ = try PolicyParser(kind: kind).parse(source)
            return nil
        } catch {
            return error.code == "MalformedPolicyDocument" && error.status == 400 ? error.message : "\(error)"
        }
    }

    private static let syntax = "Syntax errors in policy."
    private static let vendor = "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."

    @Test(
        arguments: [
            (#"{"Effect":"Allow","Action":"a:b","Resource":"*"}"#, nil),
            (#"{"Sid":"x","Effect":"Deny","NotAction":["a:b"],"NotResource":["arn:aws:s3:::b/*"]}"#, nil),
            (#"{"Effect":"allow","Action":"a:b","Resource":"*"}"#, syntax),
            (#"{"Action":"a:b","Resource":"*"}"#, syntax),
            (#"{"Effect":"Allow","Resource":"*"}"#, "Policy statement must contain actions."),
            (#"{"Effect":"Allow","Action":"a:b"}"#, "Policy statement must contain resources."),
            (#"{"Effect":"Allow","Action":"a:b","NotAction":"a:c","Resource":"*"}"#, syntax),
            (#"{"Effect":"Allow","Action":[],"Resource":"*"}"#, syntax),
            (#"{"Effect":"Allow","Action":1,"Resource":"*"}"#, syntax),
            (#"{"Effect":"Allow","Action":"PutRecord","Resource":"*"}"#, vendor),
            (
                #"{"Effect":"Allow","Action":"a:b","Resource":"stream/s"}"#,
                #"Resource stream/s must be in ARN format or "*"."#
            ),
            (
                #"{"Effect":"Allow","Action":"a:b","Resource":"*","Principal":"*"}"#,
                "Policy document should not specify a principal."
            ),
            (#"{"Effect":"Allow","Action":"a:b","Resource":"*","Extra":1}"#, syntax),
            (#"{"Effect":"Allow","Effect":"Deny","Action":"a:b","Resource":"*"}"#, syntax),
            (#"{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":"x"}"#, syntax),
            (#"{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"StringEquals":{"x":"y"}}}"#, vendor),
            (
                #"{"Effect":"Allow","Action":"a:b","Resource":"*","Condition":{"NumericEquals":{"a:x":"1"}}}"#,
                "The emulator does not know the condition operator NumericEquals."
            ),
            (
                #"{"Effect":"Allow","Action":"a:b","Resource":"arn:aws:s3:::${aws:userid}"}"#,
                "The emulator does not know policy variables: arn:aws:s3:::${aws:userid}"
            ),
        ] as [(String, String?)])
    func statementsOfIdentities(statement: String, text: String?) {
        #expect(refusal(.identity, #"{"Version":"2012-10-17","Statement":[\#(statement)]}"#) == text)
    }

    @Test(
        arguments: [
            (#""Principal":{"Service":"logs.amazonaws.com"},"Action":"sts:AssumeRole""#, nil),
            (#""Principal":{"AWS":["111111111111","*"]},"Action":["sts:AssumeRole","sts:TagSession"]"#, nil),
            (#""Action":"sts:AssumeRole""#, "Missing required field Principal"),
            (#""Principal":"*","Action":"sts:AssumeRole","Resource":"*""#, "Has prohibited field Resource"),
            (
                #""Principal":"*","Action":"kinesis:PutRecord""#,
                "AssumeRole policy may only specify STS AssumeRole actions."
            ),
            (
                #""Principal":{"AWS":"me"},"Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "AWS":"me""#
            ),
            (
                #""Principal":{"Service":"logs"},"Action":"sts:AssumeRole""#,
                #"Invalid principal in policy: "Service":"logs""#
            ),
            (#""Principal":{"Elf":"x"},"Action":"sts:AssumeRole""#, syntax),
            (#""Principal":"111111111111","Action":"sts:AssumeRole""#, syntax),
        ] as [(String, String?)])
    func statementsOfTrusts(members: String, text: String?) {
        #expect(refusal(.trust, #"{"Statement":[{"Effect":"Allow",\#(members)}]}"#) == text)
    }

    @Test(arguments: [
        ("", "Syntax errors in policy."), ("[]", syntax), ("{}", syntax), (#"{"Statement":[]}"#, syntax),
        (
            #"{"Version":"2020-01-01","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}"#,
            "The policy must contain a valid version string"
        ),
        (#"{"Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"},"Extra":1}"#, syntax),
    ])
    func documents(source: String, text: String) {
        #expect(refusal(.identity, source) == text)
    }

    @Test func brokenJSONOfATrustHasItsOwnText() {
        #expect(refusal(.trust, "{") == "This policy contains invalid Json")
    }

    @Test func whiteSpaceHasNoSize() throws {
        let source = "{ \"Statement\" :\n{\"Effect\":\"Allow\",\t\"Action\":\"a:b\",\"Resource\":\"*\"} }"
        #expect(try PolicyParser(kind: .identity).parse(source).size == source.filter { !$0.isWhitespace }.count)
    }
}
