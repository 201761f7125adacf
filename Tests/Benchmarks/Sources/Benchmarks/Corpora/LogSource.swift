/// Where the events of one payload come from.
struct LogOrigin {
    let group: String
    let stream: String
    let filter: String
}

/// What writes a log. The messages are of a kind that AWS or an application writes; their values are random.
protocol LogSource {
    /// The next payload's. What `message` then writes is from there.
    mutating func origin(at time: LogTime, random: inout SplitMix64) -> LogOrigin
    /// The next event's.
    mutating func message(at time: LogTime, random: inout SplitMix64) -> String
    /// From one event to the next.
    mutating func pauseMilliseconds(random: inout SplitMix64) -> Int
    /// How messages beyond ASCII come in the payload's JSON.
    var escapesUnicode: Bool { get }
}

extension LogSource {
    var escapesUnicode: Bool { false }
}

/// JSON as an AWS service writes it: no white space, values that need no escape.
enum CompactJSON {
    /// Values are JSON.
    static func object(_ members: KeyValuePairs<String, String>) -> String {
        "{" + members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",") + "}"
    }

    static func string(_ text: String) -> String { "\"\(text)\"" }
}
