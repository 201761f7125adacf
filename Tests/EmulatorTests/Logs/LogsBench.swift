import CZlib
import Testing

@testable import Emulator

/// A CloudWatch Logs whose clock stands still, with a stream that remembers what it was given.
struct LogsBench {
    /// A moment in September 2026.
    static let now: Int64 = 1_789_333_493_187
    static let sender = "111111111111"
    static let recipient = "999999999999"
    static let region = "us-east-1"
    static let stream = "arn:aws:kinesis:us-east-1:999999999999:stream/RecipientStream"
    static let destination = "arn:aws:logs:us-east-1:999999999999:destination:testDestination"
    static let role = "arn:aws:iam::999999999999:role/CWLtoKinesisRole"

    let streams = FakeStreams(known: [Self.stream])
    let service: LogsService

    init(settings: LogsSettings = LogsSettings(), roles: (any ServiceRoles)? = nil) {
        service = LogsService(
            streams: streams, clock: WallClock { Self.now }, settings: settings, roles: roles,
            random: { 0x0123_4567_89ab_cdef })
    }

    /// The reply's text.
    @discardableResult
    func call(
        _ operation: String, _ body: String, as account: String = sender, in region: String = region
    ) async throws(ServiceFault) -> String {
        let caller = Caller(account: account, region: region, accessKeyID: "AKIDEXAMPLE")
        return String(
            decoding: try await service.answer(operation: operation, body: Array(body.utf8), caller: caller),
            as: UTF8.self)
    }

    /// `code: message` of the refusal, `nil` when the call succeeds.
    func refusal(
        _ operation: String, _ body: String, as account: String = sender, in region: String = region
    ) async -> String? {
        do throws(ServiceFault) {
            try await call(operation, body, as: account, in: region)
            return nil
        } catch {
            return "\(error.code): \(error.message)"
        }
    }

    func makeStream(_ group: String = "g", _ stream: String = "s") async throws {
        _ = await refusal("CreateLogGroup", #"{"logGroupName":"\#(group)"}"#)  // it may be there already
        try await call("CreateLogStream", #"{"logGroupName":"\#(group)","logStreamName":"\#(stream)"}"#)
    }

    /// Puts events that are now, each with its own message.
    @discardableResult
    func put(_ messages: [String], group: String = "g", stream: String = "s") async throws -> String {
        try await call("PutLogEvents", Self.put(messages.map { (Self.now, $0) }, group: group, stream: stream))
    }

    static func put(_ events: [(Int64, String)], group: String = "g", stream: String = "s") -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("logGroupName", group)
            writer.member("logStreamName", stream)
            writer.member(
                "logEvents",
                array: { writer in
                    for (timestamp, message) in events {
                        writer.object { writer in
                            writer.member("timestamp", timestamp)
                            writer.member("message", message)
                        }
                    }
                })
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// Makes the destination of the guide's example and lets the sender in.
    func openDestination() async throws {
        try await call(
            "PutDestination",
            #"{"destinationName":"testDestination","targetArn":"\#(Self.stream)","roleArn":"\#(Self.role)"}"#,
            as: Self.recipient)
        try await putPolicy(Self.policy(principal: #"{"AWS":["\#(Self.sender)"]}"#))
    }

    func putPolicy(_ policy: String, force: Bool = false) async throws(ServiceFault) {
        try await call("PutDestinationPolicy", Self.policyCall(policy, force: force), as: Self.recipient)
    }

    static func policyCall(_ policy: String, force: Bool = false) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("destinationName", "testDestination")
            writer.member("accessPolicy", policy)
            writer.member("forceUpdate", force)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    static func policy(
        principal: String, effect: String = "Allow", action: String = #""logs:PutSubscriptionFilter""#,
        condition: String? = nil
    ) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"\#(effect)","Principal":\#(principal),"Action":\#(action),"#
            + #""Resource":"\#(destination)"\#(condition.map { #","Condition":\#($0)"# } ?? "")}]}"#
    }

    func subscribe(
        _ name: String = "f", pattern: String = "", group: String = "g", to target: String = destination,
        extra: String = ""
    ) async throws(ServiceFault) {
        try await call("PutSubscriptionFilter", Self.subscription(name, pattern, group, target, extra))
    }

    static func subscription(
        _ name: String = "f", _ pattern: String = "", _ group: String = "g", _ target: String = destination,
        _ extra: String = ""
    ) -> String {
        #"{"logGroupName":"\#(group)","filterName":"\#(name)","filterPattern":"\#(pattern)","#
            + #""destinationArn":"\#(target)"\#(extra)}"#
    }
}

/// Remembers every record, and refuses those for streams it does not know.
actor FakeStreams: StreamWriter {
    struct Record: Sendable {
        let data: [UInt8]
        let key: String
        let stream: String

        var text: String { gunzip(data) }
    }

    private(set) var records: [Record] = []
    private var known: Set<String>
    private var failing: Set<String> = []
    private var keys: [String: String] = [:]

    init(known: Set<String>) { self.known = known }

    func add(_ stream: String) { known.insert(stream) }
    func remove(_ stream: String) { known.remove(stream) }
    /// From now on the stream says it is ACTIVE but takes nothing.
    func fail(_ stream: String) { failing.insert(stream) }

    func encrypt(_ stream: String, with key: String) { keys[stream] = key }

    var data: [Record] { records.filter { $0.key != ControlRecord.partitionKey } }

    func keyARN(ofStream arn: String) async -> String? { keys[arn] }

    func canTakeRecords(streamARN arn: String) async -> Bool { known.contains(arn) }

    func write(_ data: [UInt8], partitionKey: String, streamARN arn: String) async throws(ServiceFault) {
        guard known.contains(arn), !failing.contains(arn) else {
            throw ServiceFault("ResourceNotFoundException", "Stream \(arn) not found.")
        }
        records.append(Record(data: data, key: partitionKey, stream: arn))
    }
}

/// The text of one gzip member; `not gzip` when zlib does not like it.
func gunzip(_ data: [UInt8]) -> String {
    var (stream, data) = (z_stream(), data)
    guard czlib_inflateInit2(&stream, 15 + 16) == Z_OK else { return "no memory" }
    defer { inflateEnd(&stream) }
    var text = [UInt8](repeating: 0, count: 16 << 20)
    let status = data.withUnsafeMutableBufferPointer { input in
        text.withUnsafeMutableBufferPointer { output in
            (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
            (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
            return inflate(&stream, Z_FINISH)
        }
    }
    guard status == Z_STREAM_END, stream.avail_in == 0 else { return "not gzip" }
    return String(decoding: text[..<Int(stream.total_out)], as: UTF8.self)
}
