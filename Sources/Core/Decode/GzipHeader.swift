private import CScan

/// The beginning of a gzip member, up to its deflate data.
///
/// https://www.rfc-editor.org/rfc/rfc1952, section 2.3
enum GzipHeader {
    static let magic: [UInt8] = [0x1F, 0x8B]
    /// The header without its optional fields.
    static let bytesMin = 10
    /// CRC-32 and length behind the deflate data.
    static let trailerBytes = 8

    private static let deflate: UInt8 = 8

    private struct Flags: OptionSet {
        let rawValue: UInt8
        static let headerChecksum = Flags(rawValue: 0x02)
        static let extra = Flags(rawValue: 0x04)
        static let name = Flags(rawValue: 0x08)
        static let comment = Flags(rawValue: 0x10)
        static let reserved = Flags(rawValue: 0xE0)
    }

    static func isMagic(_ payload: UnsafeRawBufferPointer, at start: Int) -> Bool {
        start + 2 <= payload.count && payload[start] == magic[0] && payload[start + 1] == magic[1]
    }

    /// Checks the header that begins at `start`, where the magic stands. Returns where its deflate data begins.
    static func end(in payload: UnsafeRawBufferPointer, from start: Int) throws(Undecodable) -> Int {
        guard start + bytesMin <= payload.count else { throw .truncated(payload, in: "the gzip header") }
        let flags = Flags(rawValue: payload[start + 3])
        guard payload[start + 2] == deflate else {
            throw Undecodable(.badHeader, "byte \(start + 2): compression method \(payload[start + 2]) is not deflate")
        }
        guard flags.isDisjoint(with: .reserved) else {
            throw Undecodable(.badHeader, "byte \(start + 3): reserved flags are set")
        }
        var at = start + bytesMin
        if flags.contains(.extra) { at = try endOfExtra(in: payload, from: at) }
        if flags.contains(.name) { at = try endOfText(in: payload, from: at, "the gzip header's file name") }
        if flags.contains(.comment) { at = try endOfText(in: payload, from: at, "the gzip header's comment") }
        if flags.contains(.headerChecksum) { at = try endOfChecksum(in: payload, of: start, from: at) }
        return at
    }

    private static func endOfExtra(in payload: UnsafeRawBufferPointer, from at: Int) throws(Undecodable) -> Int {
        guard at + 2 <= payload.count else { throw .truncated(payload, in: "the gzip header's extra field") }
        let end = at + 2 + Int(payload.littleEndian16(at: at))
        guard end <= payload.count else { throw .truncated(payload, in: "the gzip header's extra field") }
        return end
    }

    private static func endOfText(
        in payload: UnsafeRawBufferPointer, from at: Int, _ field: String
    ) throws(Undecodable) -> Int {
        guard let zero = payload[at...].firstIndex(of: 0) else { throw .truncated(payload, in: field) }
        return zero + 1
    }

    private static func endOfChecksum(
        in payload: UnsafeRawBufferPointer, of start: Int, from at: Int
    ) throws(Undecodable) -> Int {
        guard at + 2 <= payload.count else { throw .truncated(payload, in: "the gzip header's checksum") }
        let header = UnsafeRawBufferPointer(rebasing: payload[start..<at])
        let sum = cscan_crc32(0, header.baseAddress, header.count)
        guard UInt16(truncatingIfNeeded: sum) == payload.littleEndian16(at: at) else {
            throw Undecodable(.badHeader, "byte \(at): the gzip header's checksum does not match")
        }
        return at + 2
    }
}

extension Undecodable {
    static func truncated(_ payload: UnsafeRawBufferPointer, in part: String) -> Undecodable {
        Undecodable(.truncated, "the payload ends after \(payload.count) bytes, in \(part)")
    }
}

extension UnsafeRawBufferPointer {
    func littleEndian16(at index: Int) -> UInt16 {
        UInt16(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt16.self))
    }

    func littleEndian32(at index: Int) -> UInt32 {
        UInt32(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt32.self))
    }
}
