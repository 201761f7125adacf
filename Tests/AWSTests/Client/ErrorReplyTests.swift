import HTTPClient
import Signing
import Testing

@testable import AWS

@Suite struct ErrorReplies {
    private func reply(_ status: Int, _ body: String, _ headers: [String: String] = [:]) -> ErrorReply {
        let fields = headers.map { HTTPHeader(name: $0.key, value: $0.value) }
        return ErrorReply(HTTPResponse(status: status, headers: HTTPHeaders(fields), body: Array(body.utf8)))
    }

    @Test(arguments: [
        (#"{"__type":"ExpiredIteratorException","message":"m"}"#, "ExpiredIteratorException", "m"),
        (
            #"{"__type":"com.amazonaws.kinesis.v20131202#ExpiredIteratorException","Message":"m"}"#,
            "ExpiredIteratorException", "m"
        ),
        (#"{"__type":"a#B:http://internal.amazon.com/c#D","message":"m","Message":"n"}"#, "B", "m"),
        (#"  {"code":"FromCode"}"#, "FromCode", ""), (#"{"__type":"First","code":"Second"}"#, "First", ""),
        (#"{"__type":7,"code":"Second","message":{"a":1},"Message":null}"#, "Second", ""),
        (#"{"__type":""}"#, "418", ""), (#"{"message":"only"}"#, "418", "only"), ("{}", "418", ""), ("{", "418", ""),
        ("[]", "418", ""), ("", "418", ""), ("\u{0}\u{1}", "418", ""), ("Service Unavailable", "418", ""),
        ("<html><head><title>503</title><body><br><p>busy</body></html>", "418", ""),
        ("<!DOCTYPE html><html></html>", "418", ""),
        (
            "<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>a &lt; b</Message></Error></ErrorResponse>",
            "ExpiredToken", "a < b"
        ),
        ("<?xml version=\"1.0\"?>\n<Error><Code>C</Code><Message>m</Message></Error>", "C", "m"),
        ("<Response><Errors><Error><Code>C</Code><Message>m</Message></Error></Errors></Response>", "C", "m"),
        ("<ErrorResponse><Error/></ErrorResponse>", "418", ""),
        ("<UnknownOperationException/>\n", "UnknownOperationException", ""),
        ("<AccessDeniedException>\n  <Message>m</Message>\n</AccessDeniedException>\n", "AccessDeniedException", "m"),
    ])
    func areReadWhateverTheirForm(body: String, code: String, message: String) {
        let reply = reply(418, body)
        #expect(reply.code == code)
        #expect(reply.message == message)
    }

    /// As AWS's front writes them, with indefinite lengths, and as others do.
    @Test(arguments: [
        (
            [0xBF, 0x66] + "__type" + [0x78, 0x19] + "UnknownOperationException" + [0xFF], "UnknownOperationException",
            ""
        ),
        ([0xA2, 0x67] + "message" + [0x61] + "m" + [0x66] + "__type" + [0x63] + "a#B", "B", "m"),
        ([0xA2, 0x67] + "Message" + [0x61] + "m" + [0x64] + "code" + [0x61] + "C", "C", "m"),
        ([0xA1, 0x66] + "__type" + [0x07], "418", ""), ([0xA0], "418", ""), ([0xBF], "418", ""), ([0x80], "418", ""),
        ([0xA1, 0x66] + "__type" + [0x63] + "AB", "418", ""),
    ])
    func mayBeInCBOR(body: [UInt8], code: String, message: String) {
        let reply = ErrorReply(HTTPResponse(status: 418, headers: HTTPHeaders([]), body: body))
        #expect(reply.code == code)
        #expect(reply.message == message)
    }

    @Test func namesInHeadersComeFirst() {
        let body = #"{"__type":"Body","message":"m"}"#
        #expect(reply(400, body, ["x-amzn-ErrorType": "Header:http://x"]).code == "Header")
        #expect(
            reply(400, body, ["X-Amzn-ErrorType": "Header", "x-amzn-query-error": "Query.Code;Sender"]).code
                == "Query.Code")
        #expect(reply(400, body, ["x-amzn-query-error": ""]).code == "Body")
    }

    @Test func theRequestIDIsInAHeaderOrTheBody() {
        let xml = "<ErrorResponse><Error><Code>C</Code></Error><RequestId>body</RequestId></ErrorResponse>"
        #expect(reply(403, xml).requestID == "body")
        #expect(reply(403, xml, ["x-amzn-requestid": "header"]).requestID == "header")
        #expect(reply(403, "{}").requestID == nil)
    }

    @Test func ofAnEnormousBodyNothingIsRead() {
        let body = #"{"__type":"Code","message":""# + String(repeating: "x", count: 300_000) + #""}"#
        #expect(reply(500, body).code == "500")
    }
}

@Suite struct XMLReplies {
    private func parse(_ text: String) throws -> XMLNode { try XMLNode.parse(Array(text.utf8)) }

    @Test func areTrees() throws {
        let node = try parse(
            "<?xml version='1.0'?><!-- c --><x:R xmlns=\"http://a/>\" a='/'>\n <A> one <!-- c --> two </A><B/><B>2</B>"
                + "<C><![CDATA[<&>]]>&amp;&#65;&#x42;&quot;&apos;&gt;</C></x:R>\n")
        #expect(node.name == "x:R")
        #expect(node["A"]?.text == "one  two")
        #expect(node["B"]?.text == "")
        #expect(node.children.map(\.name) == ["A", "B", "B", "C"])
        #expect(node["C"]?.text == "<&>&AB\"'>")
        #expect(node["D"] == nil)
    }

    @Test(arguments: [
        "", "text", "<a>", "<a", "<a></b>", "<a></a><b></b>", "<a></a>x", "<>", "</a>", "<a>&nbsp;</a>",
        "<a>&#xD800;</a>",
        "<a>&amp</a>", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "<a><![CDATA[x</a>", "<a><!-- x</a>",
        "<a><b></a></b>",
    ])
    func thatAreBrokenAreRefused(text: String) {
        #expect(throws: XMLNode.Broken.self) { try parse(text) }
    }

    @Test func doNotNestForEver() {
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(throws: XMLNode.Broken.self) { try parse(deep) }
    }
}

@Suite struct DatesOfReplies {
    @Test(arguments: [
        ("Fri, 20 Nov 2026 12:00:00 GMT", StillWorld.noon.milliseconds), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Sat, 31 Dec 2016 23:59:60 GMT", 1_483_228_800_000),
    ])
    func areRead(text: String, milliseconds: Int64) {
        #expect(HTTPDate.parse(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "Friday, 20-Nov-26 12:00:00 GMT", "Fri Nov 20 12:00:00 2026", "Fri, 20 Nov 2026 12:00:00 CET",
        "Fri, 31 Nov 2026 12:00:00 GMT", "Fri, 20 Nov 2026 12:00 GMT", "20 Nov 2026 12:00:00 GMT",
    ])
    func orNot(text: String) {
        #expect(HTTPDate.parse(text) == nil)
    }
}

private func + (left: [UInt8], right: String) -> [UInt8] { left + Array(right.utf8) }
