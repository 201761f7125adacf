import FoundationEssentials

extension WallClock {
    /// This machine's clock. By Foundation: of C's `timespec` several imported modules claim to be the owner.
    package static let system = WallClock { Int64(Date.now.timeIntervalSince1970 * 1000) }
}
