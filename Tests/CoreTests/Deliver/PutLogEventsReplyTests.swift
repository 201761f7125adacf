import Testing

@testable import Core

@Suite struct APutLogEventsReply {
    @Test(
        arguments: [
            ("{}", .none), (#"{"rejectedLogEventsInfo":null}"#, .none), (#"{"rejectedLogEventsInfo":{}}"#, .none),
            (#"{"nextSequenceToken":"4956","rejectedEntityInfo":{"errorType":["x",{}]}}"#, .none),
            (#"{"rejectedLogEventsInfo":{"tooNewLogEventStartIndex":0}}"#, RejectedIndexes(tooNewStart: 0)),
            (
                #" {"a":1, "rejectedLogEventsInfo" : { "expiredLogEventEndIndex" : 4 , "tooOldLogEventEndIndex":2, "b":[] } }"#,
                RejectedIndexes(tooOldEnd: 2, expiredEnd: 4)
            ),
            (
                #"{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":null,"tooNew\u004cogEventStartIndex":9999}}"#,
                RejectedIndexes(tooNewStart: 9999)
            ),
        ] as [(String, RejectedIndexes)])
    func tellsWhatWasRejected(reply: String, rejected: RejectedIndexes) throws {
        #expect(try PutLogEventsReply.rejected(in: Array(reply.utf8)) == rejected)
    }

    /// What it does not say clearly is no answer: taken for `{}`, rejected events would count as stored.
    @Test(arguments: [
        "", "[]", "null", "{", "{}{}", "<html></html>", #"{"rejectedLogEventsInfo":[]}"#,
        #"{"rejectedLogEventsInfo":1}"#,
        #"{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":"2"}}"#,
        #"{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":1e30}}"#,
        #"{"rejectedLogEventsInfo":{"tooOldLogEventEndIndex":2}"#,
    ])
    func isReadStrictly(reply: String) {
        #expect(throws: BrokenReply.self) { try PutLogEventsReply.rejected(in: Array(reply.utf8)) }
    }
}
