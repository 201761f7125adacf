import Setup
import Testing

/// What AWS answers is read in each of the forms that IAM's grammar allows.
@Suite struct PolicyParsingTests {
    /// Two ways to write the same.
    struct Twins: CustomTestStringConvertible {
        let what: String
        let one: String
        let other: String

        var testDescription: String { what }
    }

    private static let twins = [
        Twins(
            what: "one statement without its list",
            one: #"{"Statement":{"Effect":"Allow","Action":"a:B","Resource":"*"}}"#,
            other: #"{"Statement":[{"Effect":"Allow","Action":["a:B"],"Resource":["*"]}]}"#),
        Twins(
            what: "lists in another order, with repeats",
            one: #"{"Statement":[{"Effect":"Deny","Action":["a:B","a:A"],"Resource":["y","x"]}]}"#,
            other: #"{"Statement":[{"Effect":"Deny","Action":["a:A","a:B","a:B"],"Resource":["x","y"]}]}"#),
        Twins(
            what: "principals of several kinds in another order",
            one: #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":["2","1"],"Service":"s"},"Action":"a:B"}]}"#,
            other: #"{"Statement":[{"Action":"a:B","Principal":{"Service":["s"],"AWS":["1","2"]},"Effect":"Allow"}]}"#),
        Twins(
            what: "conditions in another order",
            one: """
                {"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*","Condition":
                {"StringLike":{"k":["v","u"],"j":"w"},"Bool":{"b":true}}}]}
                """,
            other: """
                {"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*","Condition":
                {"Bool":{"b":["true"]},"StringLike":{"j":["w"],"k":["u","v"]}}}]}
                """),
        Twins(
            what: "a number for its text",
            one: #"{"Statement":[{"Effect":"Allow","Action":"a:B","Condition":{"NumericLessThan":{"n":12}}}]}"#,
            other: #"{"Statement":[{"Effect":"Allow","Action":"a:B","Condition":{"NumericLessThan":{"n":["12"]}}}]}"#),
        Twins(
            what: "id, version and blanks",
            one: "{\n \"Version\": \"2012-10-17\", \"Id\": \"x\", \"Statement\": [ ] }",
            other: #"{"Statement":[]}"#),
    ]

    @Test(arguments: twins) func sameMeaning(twins: Twins) throws {
        #expect(try PolicyDocument(parsing: twins.one) == PolicyDocument(parsing: twins.other))
    }

    /// What is alike and yet something else.
    @Test(arguments: [
        (
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Deny","Action":"a:B","Resource":"*"}]}"#
        ),
        (
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"*"}]}"#,
            #"{"Statement":[{"Effect":"Allow","NotAction":"a:B","Resource":"*"}]}"#
        ),
        (
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","Resource":"x"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","NotResource":"x"}]}"#
        ),
        (
            #"{"Statement":[{"Effect":"Allow","Principal":"*","Action":"a:B"}]}"#,
            #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"a:B"}]}"#
        ),
        (
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","Condition":{"StringLike":{"k":"v"}}}]}"#,
            #"{"Statement":[{"Effect":"Allow","Action":"a:B","Condition":{"StringEquals":{"k":"v"}}}]}"#
        ),
    ]) func differentMeaning(one: String, other: String) throws {
        #expect(try PolicyDocument(parsing: one) != PolicyDocument(parsing: other))
    }

    @Test func everythingIsTakenApart() throws {
        let document = try PolicyDocument(
            parsing: """
                {"Version":"2012-10-17","Statement":[
                {"Sid":"one","Effect":"Deny","Principal":{"AWS":"111111111111"},"NotAction":["a:B","c:*"],
                 "NotResource":"r","Condition":{"Bool":{"aws:SecureTransport":false}}}]}
                """)
        let statement = try #require(document.statements.first)
        #expect(document.statements.count == 1)
        #expect(statement.sid == "one")
        #expect(!statement.allows)
        #expect(statement.principal?["AWS"] == ["111111111111"])
        #expect(statement.principal?["Service"] == [])
        #expect(statement.actions == .allBut(["a:B", "c:*"]))
        #expect(statement.resources == .allBut(["r"]))
        #expect(statement.conditions == [PolicyDocument.Condition("Bool", "aws:SecureTransport", ["false"])])
    }

    /// Nothing that was read is lost when it is written again.
    @Test(arguments: twins) func writtenAndReadAgain(twins: Twins) throws {
        let document = try PolicyDocument(parsing: twins.one)
        #expect(try PolicyDocument(parsing: document.json.compact) == document)
        #expect(try PolicyDocument(parsing: document.json.pretty) == document)
    }

    @Test func notFormsAreWrittenAgain() throws {
        let text = """
            {"Version":"2012-10-17","Statement":[{"Sid":"s","Effect":"Deny","Principal":"*","NotAction":"a:B",\
            "NotResource":["r","t"],"Condition":{"Bool":{"k":["true"]}}}]}
            """
        #expect(try PolicyDocument(parsing: text).json.compact == text)
    }

    /// A principal that is named by what it is not would be judged wrongly.
    @Test func notPrincipalIsRefused() {
        let text = #"{"Statement":[{"Effect":"Deny","NotPrincipal":{"AWS":"1"},"Action":"*","Resource":"*"}]}"#
        let fault = #expect(throws: PolicyFault.self) { try PolicyDocument(parsing: text) }
        #expect(fault?.description.contains("NotPrincipal") == true)
    }

    @Test(arguments: [
        "", "null", "[]", "{}", "{", "text", #"{"Statement":"x"}"#,
        #"{"Statement":[{"Effect":"Perhaps","Action":"a:B"}]}"#,
        #"{"Statement":[{"Effect":"allow","Action":"a:B"}]}"#,
        #"{"Statement":[{"Action":"a:B"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Principal":"111111111111","Action":"a:B"}]}"#,
        #"{"Statement":[{"Effect":"Allow","Action":7}]}"#,
        #"{"Statement":[{"Effect":"Allow","Action":"a:B","Condition":{"StringLike":"x"}}]}"#,
        #"%7B%22Statement%22%3A%5B%5D%7D"#,
    ]) func garbageIsRefused(text: String) {
        let fault = #expect(throws: PolicyFault.self) { try PolicyDocument(parsing: text) }
        #expect(fault?.description.hasPrefix("is no policy that can be read here: ") == true)
    }
}
