import CZlib
import Core
import Testing

/// zlib inflates, or, with the package trait `Libdeflate`, another library before it. Nothing here knows which.
@Suite struct WhateverInflates {
    private static let zlib = "zlib " + String(cString: zlibVersion())

    @Test func itHasAName() {
        let name = RecordDecoder.inflaterName
        #expect(name == Self.zlib || name.hasPrefix("libdeflate 1.") && name.hasSuffix(", " + Self.zlib))
    }

    /// Of some of them another library makes a text, which then is not the one that the trailer tells of.
    static let faults: [(String, [UInt8], String)] = [
        ("block type 3", DeflateBits().block(type: 3).bytes, "invalid block type"),
        (
            "wrong lengths of a stored block", DeflateBits().block(type: 0).bits(0, 5).bits(1, 16).bits(0, 16).bytes,
            "invalid stored block lengths"
        ),
        ("too far back", spaces.length(257).distance(2).end.bytes, "invalid distance too far back"),
        ("a reserved length", spaces.length(286).distance(0).end.bytes, "invalid literal/length code"),
        ("a reserved distance", spaces.length(257).distance(30).end.bytes, "invalid distance code"),
        ("287 lengths", DeflateBits().block(type: 2).bits(30, 5).bytes, "too many length or distance symbols"),
        ("31 distances", DeflateBits().block(type: 2).bits(30 << 5, 10).bytes, "too many length or distance symbols"),
        ("half a code for lengths", DeflateBits().block(type: 2).bits(1 << 23, 26).bytes, "invalid code lengths set"),
    ]

    private static let spaces = DeflateBits().block(type: 1).literal(0x20).literal(0x20)

    @Test(arguments: faults)
    func zlibSaysWhatIsWrongAndWhere(name: String, data: [UInt8], message: String) throws {
        let header = Gzip().header
        let trailer = [UInt8](repeating: 0xFF, count: 8)
        let fault = try #require(ZlibFault(data + trailer))
        #expect(fault.message == message)
        #expect(
            try undecodable(header + data + trailer)
                == Undecodable(.badDeflate, "byte \(header.count + fault.place): \(message)"))
    }

    /// What a block promises counts for nothing: the data ends within the limit.
    @Test func aStoredBlockThatIsCutOffIsTruncated() throws {
        let data = DeflateBits().block(type: 0).bits(0, 5).bits(0xFFFF, 16).bits(0, 16).bytes
        let payload = Gzip().header + data + [UInt8](repeating: 0x20, count: 20)
        #expect(
            try undecodable(payload, maxRecord: 4096)
                == Undecodable(.truncated, "the payload ends after 35 bytes, in the deflate data"))
    }

    @Test func placesAreInThePayloadWhateverCameBefore() throws {
        let good = gzip(String(repeating: "hello ", count: 10_000))
        let cut = good.count * 2 - 9
        #expect(
            try undecodable((good + good).prefix(cut))
                == Undecodable(.truncated, "the payload ends after \(cut) bytes, in the deflate data"))
        let sum = good.count - 8
        let wrong = Array(good[..<sum]) + [0, 0, 0, 0] + good.suffix(4)
        #expect(
            try undecodable(good + wrong)
                == Undecodable(.badChecksum, "byte \(good.count + sum): the CRC-32 does not match the text"))
    }

    /// The last trailer tells nothing of the members before, so the room grows again and again, in any member.
    @Test(arguments: [1, 2, 3, 10, 1000])
    func roomGrowsInAnyMember(members: Int) throws {
        let message = String(repeating: "all work and no play ", count: 50_000)
        let text =
            #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":["#
            + #"{"timestamp":1,"message":"\#(message)"}]}"#
        let bytes = Array(text.utf8)
        let piece = bytes.count / members
        let decoder = RecordDecoder(pool: TextPool())
        let payload =
            (0..<members).flatMap { gzip(bytes[($0 * piece)...].prefix(piece)) } + gzip(bytes[(members * piece)...])
        for _ in 0..<2 {
            let record = try decoded(payload, by: decoder)
            #expect(Array(record.text.bytes) == bytes)
        }
    }
}

/// What zlib itself says of raw deflate data, and how much it read until then.
private struct ZlibFault {
    let message: String
    let place: Int

    /// `nil` if it finds nothing wrong.
    init?(_ data: [UInt8]) {
        var data = data
        var stream = z_stream()
        precondition(czlib_inflateInit2(&stream, -15) == Z_OK)
        defer { inflateEnd(&stream) }
        var text = [UInt8](repeating: 0, count: 4096)
        let code = data.withUnsafeMutableBufferPointer { input in
            text.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return inflate(&stream, Z_FINISH)
            }
        }
        guard code == Z_DATA_ERROR, let message = stream.msg else { return nil }
        self.message = String(cString: message)
        place = data.count - Int(stream.avail_in)
    }
}

/// Deflate data by hand, one last block of fixed codes or of bits as they come.
///
/// Bits fill bytes from the lowest up; of a code the highest bit comes first. https://www.rfc-editor.org/rfc/rfc1951
private struct DeflateBits {
    private var all: [Bool] = []

    var bytes: [UInt8] {
        stride(from: 0, to: all.count, by: 8).map { start in
            all[start...].prefix(8).enumerated().reduce(0) { $0 | ($1.element ? 1 << $1.offset : 0) }
        }
    }

    func bits(_ value: Int, _ count: Int) -> DeflateBits {
        var copy = self
        copy.all += (0..<count).map { value >> $0 & 1 == 1 }
        return copy
    }

    func block(type: Int) -> DeflateBits { bits(1, 1).bits(type, 2) }

    private func code(_ value: Int, _ count: Int) -> DeflateBits {
        (0..<count).reversed().reduce(self) { $0.bits(value >> $1, 1) }
    }

    func literal(_ byte: UInt8) -> DeflateBits { code(0x30 + Int(byte), 8) }
    /// A length's symbol, from 257 up, without extra bits.
    func length(_ symbol: Int) -> DeflateBits { symbol < 280 ? code(symbol - 256, 7) : code(0xC0 + symbol - 280, 8) }
    func distance(_ symbol: Int) -> DeflateBits { code(symbol, 5) }
    var end: DeflateBits { code(0, 7) }
}
