import Core
import Testing

@Suite struct RecordsAreDecoded {
    @Test func plainJSONIsARecord() throws {
        let record = try decoded(
            """
            {"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[
            {"id":"7","timestamp":5,"message":"a\\n"}]}
            """)
        #expect(record.messages.map(\.origin) == [Origin(owner: "1", logGroup: "g", logStream: "s")])
        let event = try #require(record.events.first)
        #expect(event.timestamp == Instant(milliseconds: 5))
        #expect(event.messageBytes == 2)
        #expect(Array(record.text[event.message]) == Array(#"a\n"#.utf8))
    }
}
