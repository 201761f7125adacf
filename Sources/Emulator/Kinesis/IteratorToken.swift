import FoundationEssentials

/// What a shard iterator says, to us only.
///
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html
struct IteratorToken: Hashable, Sendable {
    /// Which stream, by the number it got when it was made.
    let stream: Int
    let shard: Int
    /// The record to go on with.
    let record: Int
    /// Milliseconds since 1970.
    let issued: Int64

    private static let version: UInt8 = 1

    /// Opaque text for a reader. `seal` belongs to one emulator, so that another's iterators are refused.
    func text(seal: UInt64) -> String {
        var bytes: [UInt8] = [Self.version]
        for field in [UInt64(stream), UInt64(shard), UInt64(record), UInt64(bitPattern: issued)] {
            Self.append(field, to: &bytes)
        }
        Self.append(Self.checksum(bytes, seal), to: &bytes)
        return Data(bytes).base64EncodedString()
    }

    /// `nil` unless `text` was made by `text(seal:)` with the same seal.
    init?(_ text: String, seal: UInt64) {
        guard text.utf8.count <= 64, let data = Data(base64Encoded: text) else { return nil }
        let bytes = [UInt8](data)
        guard bytes.count == 41, bytes[0] == Self.version else { return nil }
        let fields = stride(from: 1, to: 41, by: 8).map { start in
            bytes[start..<start + 8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        guard fields[4] == Self.checksum(Array(bytes.prefix(33)), seal) else { return nil }
        stream = Int(truncatingIfNeeded: fields[0])
        shard = Int(truncatingIfNeeded: fields[1])
        record = Int(truncatingIfNeeded: fields[2])
        issued = Int64(bitPattern: fields[3])
    }

    init(stream: Int, shard: Int, record: Int, issued: Int64) {
        self.stream = stream
        self.shard = shard
        self.record = record
        self.issued = issued
    }

    private static func append(_ field: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: field >> shift))
        }
    }

    /// FNV-1a: enough to tell a made-up iterator, no more.
    private static func checksum(_ bytes: [UInt8], _ seal: UInt64) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325 ^ seal) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
