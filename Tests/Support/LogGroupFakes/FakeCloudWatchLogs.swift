import Core
import Foundation

/// CloudWatch Logs as one account and Region sees it, by AWS's documented rules. It records what it was asked.
struct FakeCloudWatchLogs {
    struct Stored: Hashable {
        let timestamp: Int64
        let message: String
    }

    var now: Int64 = 1_763_632_800_000
    /// Days that each group keeps its events; `nil` for ever.
    private(set) var groups: [String: Int?] = [:]
    private(set) var streams: [LogTarget: [Stored]] = [:]
    /// What was stored in streams that are gone, the oldest first.
    private(set) var gone: [LogTarget: [Stored]] = [:]
    /// Rules of PutLogEvents that a request broke.
    private(set) var violations: [String] = []
    private(set) var calls: [String] = []

    /// Everything that was ever stored, in order.
    func everything(in target: LogTarget) -> [Stored] { gone[target, default: []] + streams[target, default: []] }

    mutating func delete(_ group: String) {
        groups[group] = nil
        for (target, events) in streams where target.group == group {
            gone[target, default: []] += events
            streams[target] = nil
        }
    }

    mutating func createGroup(_ group: String) -> CreateOutcome {
        calls.append("CreateLogGroup \(group)")
        guard groups[group] == nil else { return .existed }
        groups[group] = .some(nil)
        return .done
    }

    mutating func putRetention(_ days: Int, of group: String) -> CreateOutcome {
        calls.append("PutRetentionPolicy \(group) \(days)")
        guard groups[group] != nil else { return .missing("The specified log group does not exist.") }
        groups[group] = .some(days)
        return .done
    }

    mutating func createStream(_ target: LogTarget) -> CreateOutcome {
        calls.append("CreateLogStream \(target)")
        guard groups[target.group] != nil else { return .missing("The specified log group does not exist.") }
        guard streams[target] == nil else { return .existed }
        streams[target] = []
        return .done
    }
}

// MARK: PutLogEvents

extension FakeCloudWatchLogs {
    /// Messages that begin with it are refused, for a reason nobody knows.
    static let poison = "poison"

    mutating func put(_ body: [UInt8], to target: LogTarget) -> PutOutcome {
        calls.append("PutLogEvents \(target)")
        guard let events = parse(body, target) else {
            violations.append("not a request: \(String(decoding: body.prefix(200), as: UTF8.self))")
            return .refused("SerializationException")
        }
        if let broken = brokenRule(events) {
            violations.append(broken)
            return .refused(broken)
        }
        guard groups[target.group] != nil else { return .missing("The specified log group does not exist.") }
        guard streams[target] != nil else { return .missing("The specified log stream does not exist.") }
        if events.contains(where: { $0.message.hasPrefix(Self.poison) }) { return .refused("something is wrong") }
        let rejected = reject(events, in: target.group)
        let stored = (rejected.expiredEnd ?? rejected.tooOldEnd ?? 0)..<(rejected.tooNewStart ?? events.count)
        streams[target]? += events[stored]
        return .taken(rejected)
    }

    private func parse(_ body: [UInt8], _ target: LogTarget) -> [Stored]? {
        guard let request = try? JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
            request["logGroupName"] as? String == target.group, request["logStreamName"] as? String == target.stream,
            let events = request["logEvents"] as? [[String: Any]]
        else { return nil }
        return events.map { event in
            Stored(timestamp: (event["timestamp"] as? Int64) ?? -1, message: (event["message"] as? String) ?? "")
        }
    }

    private func brokenRule(_ events: [Stored]) -> String? {
        let bytes = events.reduce(0) { $0 + $1.message.utf8.count + 26 }
        if !(1...10_000).contains(events.count) { return "\(events.count) events" }
        if events.contains(where: { $0.message.isEmpty }) { return "an empty message" }
        if events.contains(where: { $0.timestamp < 0 }) { return "a negative timestamp" }
        if let large = events.first(where: { $0.message.utf8.count + 26 > 1_048_576 }) {
            return "Log event too large: \(large.message.utf8.count + 26) bytes exceeds limit of 1048576"
        }
        if bytes > 1_048_576 { return "Upload too large: \(bytes) bytes exceeds limit of 1048576" }
        if zip(events, events.dropFirst()).contains(where: { $0.timestamp > $1.timestamp }) {
            return "not chronological"
        }
        if events[events.count - 1].timestamp - events[0].timestamp > 86_400_000 { return "spans more than 24 hours" }
        return nil
    }

    private func reject(_ events: [Stored], in group: String) -> RejectedIndexes {
        let day: Int64 = 86_400_000
        let tooOld = events.prefix { $0.timestamp < now - 14 * day }.count
        let retention = groups[group].flatMap { $0 }.map { Int64($0) * day }
        let expired = retention.map { kept in events.prefix { $0.timestamp < now - kept }.count } ?? 0
        let notTooNew = events.prefix { $0.timestamp <= now + 2 * 3_600_000 }.count
        return RejectedIndexes(
            tooOldEnd: tooOld > 0 ? tooOld : nil, expiredEnd: expired > tooOld ? expired : nil,
            tooNewStart: notTooNew < events.count ? notTooNew : nil)
    }
}
