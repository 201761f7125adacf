import Core
import Foundation
import Testing

@testable import tailrace

/// What `tailrace decode` printed and said.
private final class Streams {
    var output: [UInt8] = []
    var complaints: [String] = []
    var writes = 0
    /// The output's reader goes away when this many bytes came.
    var readerLeavesAfter = Int.max

    var text: String { String(decoding: output, as: UTF8.self) }

    func decoding(_ format: LineFormat = .ndjson, recordBytesMax: Int = 1 << 20) -> PayloadDecoding {
        PayloadDecoding(
            format: format, recordBytesMax: recordBytesMax,
            emit: { bytes throws(StandardStream.WriteFailure) in
                guard self.output.count < self.readerLeavesAfter else { throw .closed }
                self.output += bytes
                self.writes += 1
            }, complain: { self.complaints.append($0) })
    }
}

private func message(_ text: String, stream: String = "s", id: Int = 7) -> String {
    """
    {"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"/app","logStream":"\(stream)",\
    "subscriptionFilters":["f"],"logEvents":[{"id":"\(id)","timestamp":1763632800000,"message":"\(text)"}]}
    """
}

private func line(_ text: String, stream: String = "s", id: Int = 7) -> String {
    """
    {"owner":"111111111111","logGroup":"/app","logStream":"\(stream)","id":"\(id)","timestamp":1763632800000,\
    "message":"\(text)"}\n
    """
}

private let control = #"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logEvents":[]}"#

@Suite struct DecodePrintsEvents {
    private let streams = Streams()

    @Test func asNDJSON() throws {
        var decoding = streams.decoding()
        try decoding.decode(gzip(message(#"a \"b\"\n"#)), from: "x.gz")
        try decoding.flush()
        #expect(streams.text == line(#"a \"b\"\n"#))
        #expect(streams.complaints == [])
    }

    @Test func asText() throws {
        var decoding = streams.decoding(.text)
        try decoding.decode(Array((message(#"a \"b\"\n"#) + message("c")).utf8), from: "x.json")
        try decoding.flush()
        #expect(streams.text == "a \"b\"\nc\n")
    }

    @Test func controlMessagesPrintNothing() throws {
        var decoding = streams.decoding()
        try decoding.decode(gzip(control + message("a") + control), from: "x.gz")
        try decoding.flush()
        #expect(streams.text == line("a"))
        #expect(streams.complaints == [])
    }

    @Test func inFewWrites() throws {
        var decoding = streams.decoding()
        for _ in 0..<2000 { try decoding.decode(Array(message("a").utf8), from: "x.json") }
        try decoding.flush()
        #expect(streams.text == String(repeating: line("a"), count: 2000))
        #expect(streams.writes == (streams.output.count + 65_535) / 65_536)
    }
}

@Suite struct DecodeComplains {
    private let streams = Streams()

    @Test func aboutEachRecordAndDoesTheRest() throws {
        var cut = gzip(message("cut"))
        cut[cut.count - 5] ^= 0xFF
        let records = [gzip(message("a")), cut, gzip("[1]"), gzip(message("b"))].map { Data($0).base64EncodedString() }
        let reply = #"{"Records":[\#(records.map { #"{"Data":"\#($0)"}"# }.joined(separator: ","))]}"#

        var decoding = streams.decoding()
        try decoding.decode(Array(reply.utf8), from: "reply.json")
        try decoding.flush()
        #expect(streams.text == line("a") + line("b"))
        #expect(streams.complaints.count == 2)
        #expect(streams.complaints[0].hasPrefix("reply.json: record 2: bad-checksum: "))
        #expect(
            streams.complaints[1] == """
                reply.json: record 3: not-a-subscription-message: the document at byte 0 of the text: not an object
                """)
    }

    @Test func aboutATooLargeRecord() throws {
        var decoding = streams.decoding(recordBytesMax: 100)
        try decoding.decode(gzip(message("a")), from: "x.gz")
        try decoding.flush()
        #expect(streams.complaints == ["x.gz: record 1: too-large: the text is longer than 100 bytes"])
        #expect(streams.text == "")
    }

    @Test func aboutAFileAndDoesTheOthers() throws {
        let directory = try TemporaryDirectory()
        let good = try directory.file("good.gz", gzip(message("a")))
        var decoding = streams.decoding()
        let missing = "\(directory.path)/missing"
        #expect(try decoding.run([missing, good, directory.path, good]) == .failed)
        #expect(streams.text == line("a") + line("a"))
        #expect(
            streams.complaints == [
                "\(missing): No such file or directory", "\(directory.path): Is a directory",
            ])
    }

    @Test func notAboutGoodFiles() throws {
        let directory = try TemporaryDirectory()
        let good = try directory.file("good.gz", gzip(message("a")))
        var decoding = streams.decoding()
        #expect(try decoding.run([good]) == .done)
        #expect(streams.complaints == [])
    }
}

@Suite struct DecodeEndsEarly {
    private let streams = Streams()

    @Test func quietlyWhenItsReaderHasEnough() throws {
        let directory = try TemporaryDirectory()
        let good = try directory.file("good.gz", gzip(message("a")))
        streams.readerLeavesAfter = 1
        var decoding = streams.decoding()
        #expect(try decoding.run(Array(repeating: good, count: 2000)) == .done)
        #expect(streams.writes == 1)
        #expect(streams.complaints == [])
    }

    @Test func loudlyWhenTheDiskIsFull() throws {
        let directory = try TemporaryDirectory()
        let good = try directory.file("good.gz", gzip(message("a")))
        var decoding = PayloadDecoding(
            format: .ndjson, recordBytesMax: 1 << 20,
            emit: { _ throws(StandardStream.WriteFailure) in throw .system(SystemFault(28)) }, complain: { _ in })
        #expect(throws: CommandFailure(.failed, "cannot write to standard output: No space left on device")) {
            try decoding.run([good])
        }
    }
}
