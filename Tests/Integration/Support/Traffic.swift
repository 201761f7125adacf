import CZlib

/// Log events of some log streams, each a function of its log stream and its number, as payloads of a stream.
///
/// Record `i` belongs to log stream `i % logStreams`. Spread over shards in turn, every log stream stays on one shard
/// when the shards divide the log streams.
struct Traffic: Sendable {
    static let owner = "111111111111"
    static let logGroup = "/app"

    let logStreams: Int
    let records: Int
    let eventsPerRecord: Int
    /// Of the first events. Milliseconds since 1970.
    let start: Int64
    private let padding: String

    /// - Parameter padding: Makes each message longer. As it stands in JSON.
    init(
        logStreams: Int, records: Int, eventsPerRecord: Int,
        padding: String = #" says \"quoted \\ backslash\" tab\tü🚚"#
    ) {
        precondition(records % logStreams == 0, "every log stream has as many records")
        self.logStreams = logStreams
        self.records = records
        self.eventsPerRecord = eventsPerRecord
        self.padding = padding
        // Within what PutLogEvents takes.
        start = Clock.now - 3_600_000
    }

    var events: Int { records * eventsPerRecord }
    var eventsPerLogStream: Int { events / logStreams }

    func name(_ logStream: Int) -> String { "stream-\(logStream)" }

    /// Below a files sink's directory, for the path `{owner}/{log-group}/{log-stream}.ndjson`.
    func path(_ logStream: Int) -> String { "\(Self.owner)\(Self.logGroup)/\(name(logStream)).ndjson" }

    // MARK: Payloads

    /// The subscription message of a record, as gzip.
    func payload(_ record: Int) -> [UInt8] { Gzip.compressed(document(record)) }

    func document(_ record: Int) -> [UInt8] {
        let logStream = record % logStreams
        let first = record / logStreams * eventsPerRecord
        let events = (first..<first + eventsPerRecord).map { "{\(members($0, of: logStream))}" }
        let text =
            #"{"messageType":"DATA_MESSAGE","owner":"\#(Self.owner)","logGroup":"\#(Self.logGroup)","#
            + #""logStream":"\#(name(logStream))","subscriptionFilters":["all"],"#
            + #""logEvents":[\#(events.joined(separator: ","))]}"#
        return Array(text.utf8)
    }

    /// AWS's check whether a destination can be reached, which delivers nothing.
    var controlMessage: [UInt8] {
        Gzip.compressed(
            Array(
                (#"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logStream":"","#
                    + #""subscriptionFilters":[],"logEvents":[{"id":"","timestamp":\#(start),"message":"#
                    + #""CWL CONTROL MESSAGE: Checking health of destination Kinesis stream."}]}"#).utf8))
    }

    // MARK: What must come of them

    /// A file of one log stream.
    func lines(_ logStream: Int) -> String {
        (0..<eventsPerLogStream).map { line($0, of: logStream) + "\n" }.joined()
    }

    func lines(ofRecord record: Int) -> [String] {
        let first = record / logStreams * eventsPerRecord
        return (first..<first + eventsPerRecord).map { line($0, of: record % logStreams) }
    }

    /// All files of a files sink by their paths.
    var files: [String: [UInt8]] {
        Dictionary(uniqueKeysWithValues: (0..<logStreams).map { (path($0), Array(lines($0).utf8)) })
    }

    /// How long they are together.
    var fileBytes: Int {
        // Lines differ by an event's number, which each holds twice.
        let digits = (0..<eventsPerLogStream).reduce(0) { $0 + String($1).utf8.count }
        let others = (0..<logStreams).reduce(0) { $0 + line(0, of: $1).utf8.count + 1 - 2 }
        return others * eventsPerLogStream + 2 * digits * logStreams
    }

    private func line(_ number: Int, of logStream: Int) -> String {
        #"{"owner":"\#(Self.owner)","logGroup":"\#(Self.logGroup)","logStream":"\#(name(logStream))","#
            + members(number, of: logStream) + "}"
    }

    /// The number of an event within its log stream, which its message begins with.
    static func number(_ message: some Sequence<UInt8>) -> Int {
        message.prefix { $0 != UInt8(ascii: " ") }.reduce(0) { $0 * 10 + Int($1) - 0x30 }
    }

    private func members(_ number: Int, of logStream: Int) -> String {
        #""id":"\#(logStream)-\#(number)","timestamp":\#(start + Int64(number)),"#
            + #""message":"\#(number) of \#(logStream)\#(padding)""#
    }
}

enum Gzip {
    static func compressed(_ bytes: [UInt8], level: Int32 = 6) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_deflateInit2(&stream, level, 15 + 16) == Z_OK, "zlib has memory")
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(bytes.count)))
        return bytes.withUnsafeBufferPointer { input in
            // zlib does not write to its input.
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            return [UInt8](unsafeUninitializedCapacity: room) { output, count in
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END, "the bound was large enough")
                count = Int(stream.total_out)
            }
        }
    }
}
