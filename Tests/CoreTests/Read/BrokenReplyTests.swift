import Core
import Testing

private func page(_ text: String) throws(BrokenReply) -> RecordPage {
    try GetRecordsReply.page(from: Array(text.utf8))
}

private let child = #"{"ShardId":"s2","ParentShards":["s1"]}"#
private let whole =
    #"{"Records":[{"SequenceNumber":"12","Data":"aGkK","PartitionKey":"k\u00e9","ApproximateArrivalTimestamp":1.5e0}],"#
    + #""NextShardIterator":"n","MillisBehindLatest":7,"Unknown":[true,false,null,{"a":{}}]}"#

@Suite struct BrokenReplies {
    @Test(arguments: [
        "", " ", "null", "[]", "{", "<html>", #"{"Records":[],}"#, #"{"Records":[] "NextShardIterator":"n"}"#,
        #"{Records:[]}"#, #"{"Records":[],"NextShardIterator":"n"} x"#, #"{"Records":[],"NextShardIterator":"n"}{}"#,
        #"{"Records":[,],"NextShardIterator":"n"}"#, #"{"Records":{},"NextShardIterator":"n"}"#,
        #"{"Records":null,"NextShardIterator":"n"}"#, #"{"Records":[1],"NextShardIterator":"n"}"#,
        #"{"Records":[],"NextShardIterator":1}"#, #"{"Records":[],"NextShardIterator":""}"#,
        #"{"Records":[],"NextShardIterator":"\ud800"}"#, #"{"Records":[],"NextShardIterator":"n","x":tru}"#,
        #"{"Records":[],"NextShardIterator":"n","x":"a\#u{01}"}"#,
        #"{"Records":[],"NextShardIterator":"n","x":"\x"}"#,
        #"{"Records":[],"NextShardIterator":"n","x":01}"#, #"{"Records":[],"NextShardIterator":"n","x":-}"#,
        #"{"Records":[],"NextShardIterator":"n","MillisBehindLatest":-1}"#,
        #"{"Records":[],"NextShardIterator":"n","MillisBehindLatest":"7"}"#,
    ])
    func nonsenseIsRefused(text: String) {
        #expect(throws: BrokenReply.self) { try page(text) }
    }

    @Test(arguments: [
        #"{"NextShardIterator":"n"}"#, "{}",
        #"{"Records":[],"NextShardIterator":"n","ChildShards":[\#(child)]}"#,
        #"{"Records":[],"ChildShards":[{"ShardId":"s2"}]}"#,
        #"{"Records":[],"ChildShards":[{"ShardId":"s2","ParentShards":[]}]}"#,
        #"{"Records":[],"ChildShards":[\#(child),{"ShardId":"s3","ParentShards":[]}]}"#,
        #"{"Records":[],"ChildShards":[{"ParentShards":["s1"]}]}"#,
        #"{"Records":[],"ChildShards":[{"ShardId":"s 2","ParentShards":["s1"]}]}"#,
        #"{"Records":[{"Data":""}],"NextShardIterator":"n"}"#,
        #"{"Records":[{"SequenceNumber":"1"}],"NextShardIterator":"n"}"#,
        #"{"Records":[{"SequenceNumber":"1","Data":null}],"NextShardIterator":"n"}"#,
        #"{"Records":[{"SequenceNumber":"01","Data":""}],"NextShardIterator":"n"}"#,
        #"{"Records":[{"SequenceNumber":1,"Data":""}],"NextShardIterator":"n"}"#,
    ])
    func aReplyThatSaysTooLittleOrTooMuchIsRefused(text: String) {
        #expect(throws: BrokenReply.self) { try page(text) }
    }

    @Test func everyCutReplyIsRefused() throws {
        let bytes = Array(whole.utf8)
        #expect(try GetRecordsReply.page(from: bytes).records.count == 1)
        for count in 0..<bytes.count {
            #expect(throws: BrokenReply.self) { try GetRecordsReply.page(from: Array(bytes[..<count])) }
        }
    }

    /// Any one byte replaced by any other: a page or an error, never a crash, never a payload outside the buffer.
    @Test func noSingleByteCanDoHarm() {
        let bytes = Array(whole.utf8)
        for index in bytes.indices {
            for value in UInt8.min...UInt8.max {
                var changed = bytes
                changed[index] = value
                guard let page = try? GetRecordsReply.page(from: changed) else { continue }
                #expect(page.records.allSatisfy { page.bytes.indices.contains($0.payload) || $0.payload.isEmpty })
            }
        }
    }

    @Test func nestingIsLimited() throws {
        func nested(_ depth: Int) -> String {
            #"{"Records":[],"NextShardIterator":"n","x":"#
                + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
        }
        _ = try page(nested(128))
        #expect(throws: BrokenReply.self) { try page(nested(129)) }
        #expect(throws: BrokenReply.self) { try page(nested(1_000_000)) }
    }

    @Test func anErrorSaysWhereAndNothingOfTheContent() {
        let error = #expect(throws: BrokenReply.self) { try page(#"{"Records":[secret]}"#) }
        #expect(error?.byte == 12)
        #expect(error?.description == "byte 12 of the reply: expected '{'")
    }
}
