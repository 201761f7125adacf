/// `memory:` and `max-record:`, which depend on each other.
package struct MemorySettings: Hashable, Sendable {
    package static let totalDefault = 256 << 20
    /// Less could not hold a few polls' answers of 10 MiB each beside what waits for sinks.
    package static let totalAllowed = 64 << 20...1 << 40
    package static let recordDefault = 64 << 20
    /// AWS packs about 1 MiB of events into a record; places within a record are counted in 32 bits.
    package static let recordAllowed = 1 << 20...1 << 30
    /// One record may be inflating while others wait for their sinks.
    package static let recordsHeld = 4

    /// What the pipeline may hold at once, in bytes.
    package let totalBytes: Int
    /// What one record may inflate to, in bytes.
    package let recordBytesMax: Int

    init(total: Field?, record: Field?) {
        totalBytes = total?.size(in: Self.totalAllowed) ?? Self.totalDefault
        recordBytesMax = record?.size(in: Self.recordAllowed) ?? Self.recordDefault
        check(total: total, record: record)
    }

    private func check(total: Field?, record: Field?) {
        // What does not fit by itself has been told, and says nothing about the other.
        if let total, total.size(in: Self.totalAllowed) == nil { return }
        if let record, record.size(in: Self.recordAllowed) == nil { return }
        guard recordBytesMax > totalBytes / Self.recordsHeld else { return }
        let (memory, inflated) = (ByteSize.text(totalBytes), ByteSize.text(recordBytesMax))
        let (lowered, raised) = (totalBytes / Self.recordsHeld, recordBytesMax * Self.recordsHeld)
        let allowed = "max-record up to \(ByteSize.text(lowered)), or memory from \(ByteSize.text(raised))"
        if let record {
            let whose = total == nil ? ", the default" : ""
            record.problem("\(inflated) is more than a quarter of memory (\(memory)\(whose)); allowed: \(allowed)")
        } else {
            total?.problem(
                "\(memory) is less than four times max-record (\(inflated), the default); allowed: \(allowed)")
        }
    }
}

extension Field {
    fileprivate func size(in range: ClosedRange<Int>) -> Int? {
        let bounds = "\(ByteSize.text(range.lowerBound)) to \(ByteSize.text(range.upperBound))"
        return parsed(allowed: "\(bounds), written as bytes or with KiB, MiB, GiB") { text in
            ByteSize.parse(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
