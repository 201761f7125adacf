private import CScan
private import Glibc

/// Names that were made `String`s lately: a shard's messages come from the same places again and again.
struct NameCache {
    private static let sets = 128
    private static let ways = 4
    /// What AWS allows a name to have. A longer one is not kept.
    private static let keptBytesMax = 512
    /// Swift keeps so short a string in place: there is nothing to save.
    private static let inPlaceBytesMax = 15

    private var names = [String](repeating: "", count: sets * ways)
    /// Which one of a set goes for the next name.
    private var way = 0

    /// The name that stands between quotes as `text`.
    mutating func string(_ text: UnsafeRawBufferPointer) -> String {
        guard text.count > Self.inPlaceBytesMax, text.count <= Self.keptBytesMax, let start = text.baseAddress,
            memchr(start, Int32(UInt8(ascii: "\\")), text.count) == nil
        else { return JSONUnescape.string(text) }
        let first = Int(cscan_crc32(0, start, text.count) % UInt32(Self.sets)) * Self.ways
        for index in first..<first + Self.ways where Self.equals(names[index], start, text.count) {
            return names[index]
        }
        let name = String(decoding: text, as: UTF8.self)
        names[first + way] = name
        way = (way + 1) % Self.ways
        return name
    }

    private static func equals(_ name: String, _ text: UnsafeRawPointer, _ count: Int) -> Bool {
        name.utf8.withContiguousStorageIfAvailable { kept in
            kept.count == count && kept.baseAddress.map { memcmp($0, text, count) } == 0
        } ?? false
    }
}
