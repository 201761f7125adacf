import Core
import Testing

private func message(_ events: String) -> String {
    #"{"messageType":"DATA_MESSAGE","owner":"1","logGroup":"g","logStream":"s","logEvents":[\#(events)]}"#
}

private func message(ofBytes count: Int) -> String {
    let empty = message(#"{"timestamp":1,"message":""}"#)
    let filler = String(repeating: "x", count: count - empty.utf8.count)
    return message(#"{"timestamp":1,"message":"\#(filler)"}"#)
}

@Suite struct TheTextHasALimit {
    @Test(arguments: [200, 4096, 10_000, 1 << 20])
    func exactlyAtIt(count: Int) throws {
        let text = message(ofBytes: count)
        let bytes = Array(text.utf8)
        for payload in [bytes, gzip(bytes), gzip(bytes.prefix(99)) + gzip(bytes.dropFirst(99))] {
            guard case .decoded = decode(payload, maxRecord: count) else {
                Issue.record("a text of just the limit is refused")
                continue
            }
            #expect(try undecodable(payload, maxRecord: count - 1).reason == .tooLarge)
        }
    }

    @Test func moreThanTheAllowanceNeedsMore() throws {
        let text = message(ofBytes: 100_000)
        let bytes = Array(text.utf8)
        for payload in [bytes, gzip(bytes), gzip(bytes.prefix(99)) + gzip(bytes.dropFirst(99))] {
            let decoder = RecordDecoder(pool: TextPool())
            for allowance in [0, 1, 98, 99, 100, 4096, 99_999] {
                guard case .needsMore = decode(payload, by: decoder, allowance: allowance) else {
                    Issue.record("decoded within \(allowance) bytes")
                    continue
                }
            }
            guard case .decoded = decode(payload, by: decoder, allowance: 100_000) else {
                Issue.record("not decoded")
                continue
            }
        }
    }

    /// 10 MiB of gzip that stand for 10 GiB: what is inflated is the limit and no more.
    @Test func aBombIsRefusedAtTheLimit() throws {
        let member = Gzip(level: 9).member([UInt8](repeating: UInt8(ascii: " "), count: 4 << 20))
        var bomb: [UInt8] = []
        while bomb.count < 10 << 20 { bomb += member }
        let pool = TextPool()
        let decoder = RecordDecoder(pool: pool)
        guard case .undecodable(let undecodable) = decode(bomb, by: decoder, maxRecord: 8 << 20) else {
            Issue.record("not refused")
            return
        }
        #expect(undecodable.reason == .tooLarge)
        guard case .needsMore = decode(bomb, by: decoder, allowance: 1 << 20, maxRecord: 8 << 20) else {
            Issue.record("not asked for more")
            return
        }
        #expect(pool.retainedBytes <= 16 << 20)
    }

    /// A trailer may lie about the text's length, in either direction; it is found out at the text's end.
    @Test(arguments: [0, 1, 100, 1 << 16, 1 << 24, 0x7FFF_FFFF, 0xFFFF_FFFF])
    func aLyingTrailerIsABadChecksum(told: Int) throws {
        let payload = gzip(message(ofBytes: 50_000)).dropLast(4) + littleEndian(told, bytes: 4)
        #expect(try undecodable(payload).reason == .badChecksum)
    }
}

@Suite struct ThePayloadTellsHowLongItsTextIs {
    private func expected(_ payload: [UInt8], maxRecord: Int = 64 << 20) -> Int {
        payload.withUnsafeBytes { RecordDecoder.expectedTextBytes(of: $0, maxRecord: maxRecord) }
    }

    @Test func fromItsTrailer() {
        #expect(expected(gzip(message(ofBytes: 1_000_000))) == 1_000_000)
        #expect(expected(gzip(message(ofBytes: 1_000_000)), maxRecord: 70_000) == 70_000)
        #expect(expected(gzip(message(ofBytes: 200))) == 4096)
    }

    @Test func plainTextIsAsLongAsItIs() {
        #expect(expected(Array(message(ofBytes: 50_000).utf8)) == 50_000)
        #expect(expected([]) == 4096)
    }

    @Test func anImplausibleTrailerIsNotBelieved() {
        let payload = gzip(message(ofBytes: 50_000))
        for told in [0, 1, 0xFFFF_FFFF] {
            let lying = payload.dropLast(4) + littleEndian(told, bytes: 4)
            #expect(expected(Array(lying)) == max(4096, 8 * payload.count))
        }
    }

    /// What is expected is enough: nobody has to come twice for an honest record.
    @Test(arguments: [200, 4095, 4096, 4097, 10_000, 1 << 20])
    func andThatIsEnough(count: Int) throws {
        let payload = gzip(message(ofBytes: count))
        guard case .decoded(let record) = decode(payload, allowance: expected(payload)) else {
            Issue.record("not decoded")
            return
        }
        #expect(record.memoryBytes >= count)
        #expect(record.memoryBytes <= max(4096, count) * 5 / 4 + 2048)
    }
}

@Suite struct BuffersGoRound {
    @Test func aGivenBackBufferIsTakenAgain() throws {
        let pool = TextPool()
        let decoder = RecordDecoder(pool: pool)
        let payload = gzip(message(ofBytes: 100_000))
        let first = try decoded(payload, by: decoder).text.bytes.baseAddress
        let kept = pool.retainedBytes
        #expect(kept > 100_000)
        let record = try decoded(payload, by: decoder)
        #expect(record.text.bytes.baseAddress == first)
        #expect(pool.retainedBytes == kept)
    }

    /// The index of a record goes round with its text; an index alone keeps both from being used again.
    @Test func aHeldIndexIsNotTaken() throws {
        let decoder = RecordDecoder(pool: TextPool())
        let events = try decoded(gzip(message(#"{"timestamp":1,"message":"first"}"#)), by: decoder).events
        let text = try decoded(gzip(message(#"{"timestamp":2,"message":"second"}"#)), by: decoder).text
        let third = try decoded(gzip(message(#"{"timestamp":3,"message":"third"}"#)), by: decoder)
        #expect(events.map(\.timestamp.milliseconds) == [1])
        #expect(String(decoding: text.bytes, as: UTF8.self).contains("second"))
        #expect(third.events.map(\.timestamp.milliseconds) == [3])
    }

    @Test func whatDecodersKeepIsGivenBackWithThem() throws {
        let pool = TextPool()
        for _ in 0..<3 {
            let decoder = RecordDecoder(pool: pool)
            let records = try (1...40).map { try decoded(gzip(message(ofBytes: $0 * 1000)), by: decoder) }
            #expect(records.count == 40)
        }
        let idle = pool.retainedBytes
        #expect(idle > 0)
        #expect(idle <= 16 << 20)
    }

    @Test func aBufferInUseIsNotTaken() throws {
        let decoder = RecordDecoder(pool: TextPool())
        let texts = (0..<20).map { message(#"{"timestamp":1,"message":"\#($0)"}"#) }
        let records = try texts.map { try decoded(gzip($0), by: decoder) }
        #expect(records.map { String(decoding: $0.text.bytes, as: UTF8.self) } == texts)
    }

    @Test func whatIsKeptHasALimit() throws {
        let pool = TextPool(retainedBytesMax: 1 << 20)
        let decoder = RecordDecoder(pool: pool)
        for count in [5000, 100_000, 200_000] {
            let payload = gzip(message(ofBytes: count))
            var records = try (0..<40).map { _ in try decoded(payload, by: decoder) }
            records.removeAll()
            #expect(pool.retainedBytes <= 1 << 20)
        }
        let large = try decoded(gzip(message(ofBytes: 1_000_000)), by: decoder)
        #expect(large.events.count == 1)
    }

    /// Records are read and dropped by another thread while the decoder makes new ones of what is free again.
    @Test func recordsMayEndElsewhere() async throws {
        let (records, handOver) = AsyncStream.makeStream(of: DecodedRecord.self)
        let counts = 0..<3000
        async let sums = records.reduce(into: [Int64]()) { sums, record in
            let text = String(decoding: record.text.bytes, as: UTF8.self)
            #expect(text.contains(#""timestamp":\#(record.events[0].timestamp.milliseconds),"#))
            sums.append(record.events.reduce(0) { $0 + $1.timestamp.milliseconds })
        }
        let decoder = RecordDecoder(pool: TextPool())
        for count in counts {
            let event = #"{"timestamp":\#(count),"message":"number \#(count)"}"#
            handOver.yield(try decoded(gzip(message(event)), by: decoder))
            if count.isMultiple(of: 100) { await Task.yield() }
        }
        handOver.finish()
        #expect(await sums == counts.map(Int64.init))
    }
}

@Suite struct TheIndexIsCounted {
    @Test(arguments: [1, 10, 1000, 10_000, 100_000])
    func withWhatItKeepsFree(count: Int) throws {
        let text = message(repeatElement(#"{"message":"","timestamp":0}"#, count: count).joined(separator: ","))
        let decoder = RecordDecoder(pool: TextPool())
        for _ in 0..<2 {
            let record = try decoded(gzip(text), by: decoder)
            #expect(record.events.count == count)
            let index = count * MemoryLayout<LogEvent>.stride + MemoryLayout<SubscriptionMessage>.stride
            let counted = record.memoryBytes - record.text.memoryBytes
            #expect((index...index * 5 / 4 + 256).contains(counted))
            #expect(record.memoryBytes < max(8192, text.utf8.count * 4))
        }
    }

    @Test func longNamesAreCounted() throws {
        let name = String(repeating: "n", count: 500)
        let short = try decoded(message(""))
        let long = try decoded(message("").replacing(#""g""#, with: #""\#(name)""#))
        #expect(long.memoryBytes - short.memoryBytes >= 500)
    }
}
