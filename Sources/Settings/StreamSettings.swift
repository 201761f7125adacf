package import Core

/// `stream:` which Kinesis stream is read, and how.
package struct StreamSettings: Hashable, Sendable {
    package let stream: StreamReference
    /// From `region` or the ARN. `nil`: the environment and the profile say (`AWS_REGION`).
    package let region: String?
    package let start: StartPosition
    package let reader: StreamReader
    package let recordsProtocol: RecordsProtocol
    /// What is taken of each shard while reading is behind.
    package let shardRate: ReadAllowance
}

package enum StreamReference: Hashable, Sendable {
    case name(String)
    case arn(StreamARN)

    package var name: String {
        switch self {
        case .name(let name): name
        case .arn(let arn): arn.name
        }
    }
}

/// Where to begin in the shards of a stream that was never seen before.
package enum StartPosition: Hashable, Sendable {
    case trimHorizon
    case latest
    case at(Instant)

    static let allowed = "trim-horizon, latest or a time such as \(InstantText.example)"

    init?(_ text: String) {
        switch text {
        case "trim-horizon": self = .trimHorizon
        case "latest": self = .latest
        default:
            guard let instant = InstantText.parse(text) else { return nil }
            self = .at(instant)
        }
    }

    package var shardPosition: ShardPosition {
        switch self {
        case .trimHorizon: .trimHorizon
        case .latest: .latest
        case .at(let instant): .atTime(instant)
        }
    }
}

package enum StreamReader: Hashable, Sendable {
    /// GetRecords, five times a second and shard at most, shared with every other reader.
    case polling
}

/// How records travel.
package enum RecordsProtocol: String, CaseIterable, Hashable, Sendable {
    /// A quarter fewer bytes than JSON and nothing to decode. An endpoint that refuses it is asked in JSON.
    case cbor
    case json
}

extension StreamSettings {
    private static let keys = ["name", "arn", "region", "start", "reader", "protocol", "shard-rate"]

    init?(_ field: Field) {
        guard let section = Section(field, keys: Self.keys) else { return nil }
        let stream = StreamReference(section)
        region = Self.region(section, stream)
        start = section["start"]?.parsed(allowed: StartPosition.allowed, StartPosition.init) ?? .trimHorizon
        reader = section["reader"].flatMap(StreamReader.init) ?? .polling
        recordsProtocol = section["protocol"]?.choice(RecordsProtocol.self) ?? .cbor
        shardRate = section["shard-rate"]?.parsed(allowed: ReadAllowance.allowed, ReadAllowance.init) ?? .wholeShard
        guard let stream else { return nil }
        self.stream = stream
    }

    private static func region(_ section: Section, _ stream: StreamReference?) -> String? {
        let written = section["region"]?.parsed(allowed: AWSNames.regionAllowed) { AWSNames.isRegion($0) ? $0 : nil }
        guard case .arn(let arn) = stream else { return written }
        if let written, written != arn.region {
            section["region"]?.problem("'\(written)' is not the Region of arn; allowed: \(arn.region), or leave it out")
        }
        return arn.region
    }
}

extension ReadAllowance {
    private static let bytesAllowed = 10 << 10...1 << 30

    fileprivate static let allowed =
        "bytes a second from \(ByteSize.text(bytesAllowed.lowerBound)) to \(ByteSize.text(bytesAllowed.upperBound)), "
        + "or unlimited"

    /// `2MiB`, or `unlimited`.
    fileprivate init?(_ text: String) {
        if text == "unlimited" {
            self = .unlimited
        } else if let bytes = ByteSize.parse(text), Self.bytesAllowed.contains(bytes) {
            self = .bytesPerSecond(bytes)
        } else {
            return nil
        }
    }
}

extension StreamReference {
    fileprivate init?(_ section: Section) {
        switch (section["name"], section["arn"]) {
        case (let name?, nil):
            guard
                let text = name.parsed(allowed: AWSNames.streamAllowed, { AWSNames.isStreamName($0) ? $0 : nil })
            else { return nil }
            self = .name(text)
        case (nil, let arn?):
            guard let parsed = arn.parsed(allowed: StreamARN.example, StreamARN.init) else { return nil }
            self = .arn(parsed)
        case (_?, let arn?):
            arn.problem("name stands here as well; allowed: name or arn, not both")
            return nil
        case (nil, nil):
            section.field.problem("needs name or arn; allowed: name: NAME, or arn: \(StreamARN.example)")
            return nil
        }
    }
}

extension StreamReader {
    fileprivate init?(_ field: Field) {
        if Self.isFanOut(field.value) {
            field.problem("fan-out comes in a later version of Tailrace; allowed for now: polling")
            return nil
        }
        guard field.parsed(allowed: "polling", { $0 == "polling" ? $0 : nil }) != nil else { return nil }
        self = .polling
    }

    /// `fan-out`, or `{fan-out: {consumer: NAME}}`.
    private static func isFanOut(_ value: SettingsNode.Value) -> Bool {
        switch value {
        case .text(let text): text == "fan-out"
        case .mapping(let entries): entries.contains { $0.key == "fan-out" }
        case .list, .nothing: false
        }
    }
}
