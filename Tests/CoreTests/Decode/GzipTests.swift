import Core
import Testing

private let text =
    #"{"messageType":"DATA_MESSAGE","owner":"111111111111","logGroup":"g","logStream":"s","logEvents":["#
    + #"{"id":"1","timestamp":1763632800000,"message":"hello, hello, hello"}]}"#

private func text(of record: DecodedRecord) -> String { String(decoding: record.text.bytes, as: UTF8.self) }

@Suite struct GzipIsRead {
    static let headers: [(String, Gzip)] = [
        ("plain", Gzip()),
        ("stored blocks", Gzip(level: 0)),
        ("best compression", Gzip(level: 9)),
        ("text flag", Gzip(flags: 0x01)),
        ("extra field", Gzip(flags: 0x04, fields: [3, 0, 1, 0, 2])),
        ("empty extra field", Gzip(flags: 0x04, fields: [0, 0])),
        ("file name", Gzip(flags: 0x08, fields: Array("name\0".utf8))),
        ("comment", Gzip(flags: 0x10, fields: Array("\0".utf8))),
        ("header checksum", Gzip().checkingHeader()),
        ("everything", Gzip(flags: 0x1D, fields: [1, 0, 9] + Array("a\0b\0".utf8)).checkingHeader()),
    ]

    @Test(arguments: headers)
    func whateverItsHeader(name: String, gzip: Gzip) throws {
        #expect(text(of: try decoded(gzip.member(text.utf8))) == text)
    }

    /// Level 1 to 9 on a short text gives fixed Huffman codes; a long and varied one needs a table of its own.
    @Test(arguments: [0, 1, 6, 9] as [Int32], [1, 10, 1000, 100_000])
    func whateverItsBlocks(level: Int32, lines: Int) throws {
        let message = (0..<lines).map { "\($0 &* 2_654_435_761)" }.joined(separator: " ")
        let long = text.replacing("hello", with: message)
        #expect(text(of: try decoded(Gzip(level: level).member(long.utf8))) == long)
    }

    @Test func membersMakeOneText() throws {
        for cut in [0, 1, 40, text.utf8.count] {
            let payload = gzip(text.utf8.prefix(cut)) + gzip(text.utf8.dropFirst(cut))
            #expect(text(of: try decoded(payload)) == text)
        }
    }

    @Test func membersMayHaveHeadersOfTheirOwn() throws {
        let pieces = zip(text.utf8, Self.headers.cycled(text.utf8.count))
        let payload = pieces.flatMap { byte, header in header.1.member([byte]) }
        #expect(text(of: try decoded(payload)) == text)
    }

    @Test(arguments: [1, 2, 511, 512, 100_000])
    func zerosAfterTheLastMemberArePadding(count: Int) throws {
        #expect(text(of: try decoded(gzip(text) + [UInt8](repeating: 0, count: count))) == text)
    }
}

@Suite struct BadGzipHasItsReason {
    private static let good = gzip(text)
    private static func changed(_ index: Int, to byte: UInt8) -> [UInt8] {
        var bytes = good
        bytes[index < 0 ? bytes.count + index : index] = byte
        return bytes
    }

    static let rows: [(String, [UInt8], Undecodable.Reason)] = [
        ("nothing", [], .truncated),
        ("half the magic", [0x1F], .truncated),
        ("the magic alone", [0x1F, 0x8B], .truncated),
        ("text", Array("hello".utf8), .notGzip),
        ("white space", Array(" \n".utf8), .notGzip),
        ("a zlib stream", [0x78, 0x9C, 0x03, 0x00], .notGzip),
        ("half the magic, then something else", [0x1F, 0x9D, 0x90], .notGzip),
        ("another compression method", changed(2, to: 7), .badHeader),
        ("a reserved flag", changed(3, to: 0x20), .badHeader),
        ("a wrong header checksum", Gzip(flags: 0x02, fields: [0, 0]).member(text.utf8), .badHeader),
        ("a wrong header checksum after a name", Gzip(flags: 0x0A, fields: [65, 0, 1, 2]).member([]), .badHeader),
        ("a file name without end", Array(Gzip(flags: 0x08, fields: [65, 66]).header), .truncated),
        ("an extra field without end", Array(Gzip(flags: 0x04, fields: [9, 0, 1]).header), .truncated),
        ("block type 3", Gzip().header + [0x07, 0, 0], .badDeflate),
        ("a stored block with wrong lengths", Gzip().header + [0x01, 1, 0, 0, 0, 0], .badDeflate),
        ("a distance too far back", Gzip().header + [0x03, 0x02, 0, 0], .badDeflate),
        ("a wrong CRC", changed(-8, to: ~good[good.count - 8]), .badChecksum),
        ("a wrong length", changed(-1, to: ~good[good.count - 1]), .badChecksum),
        ("something behind", good + [1], .trailingBytes),
        ("zeros and something behind", good + [0, 0, 1], .trailingBytes),
        ("zeros and a member behind", good + [0] + good, .trailingBytes),
        ("half a magic behind", good + [0x1F], .truncated),
        ("a broken member behind", good + good.dropLast(), .truncated),
        ("text behind", good + Array("{}".utf8), .trailingBytes),
    ]

    @Test(arguments: rows)
    func each(name: String, payload: [UInt8], reason: Undecodable.Reason) throws {
        #expect(try undecodable(payload).reason == reason)
    }

    @Test func cutOffAnywhereItIsTruncated() throws {
        let everything = GzipIsRead.headers.map { $0.1.member(text.utf8) }
        for payload in everything {
            for length in 0..<payload.count {
                #expect(try undecodable(payload.prefix(length)).reason == .truncated, "\(length) of \(payload.count)")
            }
        }
    }

    /// A flipped bit either changes nothing that counts (time, system, text flag) or is found.
    @Test func aFlippedBitNeverChangesTheText() throws {
        for payload in [gzip(text), Gzip(level: 0).member(text.utf8), GzipIsRead.headers[9].1.member(text.utf8)] {
            for bit in 0..<payload.count * 8 {
                var flipped = payload
                flipped[bit / 8] ^= 1 << (bit % 8)
                switch decode(flipped) {
                case .decoded(let record): #expect(text(of: record) == text, "bit \(bit)")
                case .undecodable: break
                case .needsMore: Issue.record("bit \(bit): needs more than there may be")
                }
            }
        }
    }

    @Test(arguments: UInt64(1)...200)
    func noiseIsNeverARecord(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let noise = (0..<Int.random(in: 0...600, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        _ = try undecodable(noise)
        _ = try undecodable(Gzip().header + noise)
        _ = try undecodable(gzip(noise))
    }
}

extension Array {
    /// The elements again and again, `count` in all.
    fileprivate func cycled(_ count: Int) -> [Element] { (0..<count).map { self[$0 % self.count] } }
}
