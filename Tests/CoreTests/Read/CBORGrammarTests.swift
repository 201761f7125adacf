import Testing

@testable import Core

/// Does `read` with a cursor over exactly these bytes, on the heap, so that a sanitizer sees every byte beside them.
private func withCursor<Value>(_ hex: String, _ read: (inout CBORCursor) throws -> Value) throws -> Value {
    var bytes = [UInt8](hex: hex)
    return try bytes.withUnsafeMutableBufferPointer { buffer in
        var cursor = CBORCursor(base: try #require(buffer.baseAddress), end: buffer.count)
        let value = try read(&cursor)
        try cursor.takeEnd()
        return value
    }
}

/// https://www.rfc-editor.org/rfc/rfc8949.html#name-examples-of-encoded-cbor-da
@Suite struct ExamplesOfTheStandard {
    @Test(arguments: [
        ("00", 0), ("01", 1), ("0a", 10), ("17", 23), ("1818", 24), ("1819", 25), ("1864", 100), ("1903e8", 1000),
        ("1a000f4240", 1_000_000), ("1b000000e8d4a51000", 1_000_000_000_000), ("1b7fffffffffffffff", Int64.max),
        ("20", -1), ("29", -10), ("3863", -100), ("3903e7", -1000), ("3b7fffffffffffffff", .min),
    ])
    func integers(hex: String, value: Int64) throws {
        #expect(try withCursor(hex) { try $0.takeInteger() } == value)
    }

    @Test(arguments: [
        "1bffffffffffffffff", "3bffffffffffffffff", "3b8000000000000000", "f97c00", "f97e00", "fb7e37e43c8800759c",
    ])
    func numbersBeyond64BitsAreNoIntegers(hex: String) throws {
        #expect(try withCursor(hex) { try $0.takeInteger() } == nil)
    }

    @Test(arguments: [
        ("f90000", 0.0), ("f98000", -0.0), ("f93c00", 1.0), ("fb3ff199999999999a", 1.1), ("f93e00", 1.5),
        ("f97bff", 65504.0), ("fa47c35000", 100_000.0), ("fa7f7fffff", 3.4028234663852886e+38),
        ("fb7e37e43c8800759c", 1.0e+300), ("f90001", 5.960464477539063e-8), ("f90400", 0.00006103515625),
        ("f9c400", -4.0), ("fbc010666666666666", -4.1), ("f97c00", .infinity), ("f9fc00", -.infinity),
        ("fa7f800000", .infinity), ("faff800000", -.infinity), ("fb7ff0000000000000", .infinity),
    ])
    func floats(hex: String, value: Double) throws {
        let number = try withCursor(hex) { cursor in cursor.number(try cursor.takeTaggedHead().head) }
        guard case .float(let float) = number else {
            Issue.record("\(hex) is no float")
            return
        }
        #expect(float == value && float.sign == value.sign)
    }

    @Test(arguments: ["f97e00", "fa7fc00000", "fb7ff8000000000000"])
    func noNumber(hex: String) throws {
        let number = try withCursor(hex) { cursor in cursor.number(try cursor.takeTaggedHead().head) }
        guard case .float(let float) = number else {
            Issue.record("\(hex) is no float")
            return
        }
        #expect(float.isNaN)
    }

    @Test(arguments: [
        ("60", ""), ("6161", "a"), ("6449455446", "IETF"), ("62225c", "\"\\"), ("62c3bc", "ü"), ("63e6b0b4", "水"),
        ("64f0908591", "𐅑"), ("7f657374726561646d696e67ff", "streaming"), ("7fff", ""), ("7f60ff", ""),
    ])
    func texts(hex: String, text: String) throws {
        #expect(try withCursor(hex) { try $0.takeText() } == text)
    }

    @Test(arguments: [
        ("40", ""), ("4401020304", "01020304"), ("5f42010243030405ff", "0102030405"), ("5fff", ""), ("5f40ff", ""),
        ("5f4101404203044105ff", "01030405"), ("58020102", "0102"), ("5b00000000000000020102", "0102"),
    ])
    func byteStrings(hex: String, bytes: String) throws {
        let taken = try withCursor(hex) { cursor in
            try cursor.takePayload().map { cursor.base[$0] }
        }
        #expect(taken == [UInt8](hex: bytes))
    }

    @Test(arguments: [
        "c249010000000000000000", "c349010000000000000000", "f4", "f5", "f6", "f7", "f0", "f8ff",
        "c074323031332d30332d32315432303a30343a30305a", "c11a514b67b0", "c1fb41d452d9ec200000", "d74401020304",
        "d818456449455446", "d82076687474703a2f2f7777772e6578616d706c652e636f6d", "80", "83010203", "8301820203820405",
        "98190102030405060708090a0b0c0d0e0f101112131415161718181819", "a0", "a26161016162820203", "826161a161626163",
        "a56161614161626142616361436164614461656145", "9fff", "9f018202039f0405ffff", "9f01820203820405ff",
        "83018202039f0405ff", "83019f0203ff820405", "9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff",
        "bf61610161629f0203ffff", "826161bf61626163ff", "bf6346756ef563416d7421ff",
    ])
    func everythingElseIsSkipped(hex: String) throws {
        try withCursor(hex) { try $0.skipValue(depth: 0) }
    }

    /// Names are texts in every reply of AWS's: a map that has others is not one.
    @Test(arguments: ["a201020304", "a1f5f4", "a1806161", "bf01ff"])
    func namesAreTexts(hex: String) {
        #expect(throws: BrokenReply.self) { try withCursor(hex) { try $0.skipValue(depth: 0) } }
    }
}

/// https://www.rfc-editor.org/rfc/rfc8949.html#name-examples-of-cbor-data-item-
@Suite struct WhatIsNotCBOR {
    @Test(arguments: [
        "18", "19", "1a", "1b", "1901", "1a0102", "1b01020304050607", "38", "58", "78", "98", "9a01ff00", "b8", "d8",
        "f8",
        "f900", "fa0000", "fb000000",
    ])
    func aHeadThatEndsEarly(hex: String) { refuse(hex) }

    @Test(arguments: [
        "41", "61", "5affffffff00", "5bffffffffffffffff010203", "7affffffff00", "7b7fffffffffffffff010203",
    ])
    func aStringThatEndsEarly(hex: String) { refuse(hex) }

    @Test(arguments: [
        "81", "818181818181818181", "8200", "a1", "a20102", "a100", "a2000000", "c0", "5f4100", "7f6100", "9f",
        "9f0102",
        "bf", "bf01020102", "819f", "9f8000", "9f9f9f9f9fffffffff", "9f819f819f9fffffff", "9bffffffffffffffff00",
        "bbffffffffffffffff00", "9b7fffffffffffffff",
    ])
    func aContainerThatEndsEarly(hex: String) { refuse(hex) }

    @Test(arguments: [
        "1c", "1d", "1e", "3c", "3d", "3e", "5c", "5d", "5e", "7c", "7d", "7e", "9c", "9d", "9e", "bc", "bd", "be",
        "dc",
        "dd", "de", "fc", "fd", "fe", "f800", "f801", "f818", "f81f", "1f", "3f", "df",
    ])
    func aReservedValue(hex: String) { refuse(hex + "000000") }

    @Test(arguments: [
        "5f00ff", "5f21ff", "5f6100ff", "5f80ff", "5fa0ff", "5fc000ff", "5fe0ff", "7f4100ff", "5f5f4100ffff",
        "7f7f6100ffff",
    ])
    func aChunkOfAnotherKind(hex: String) { refuse(hex) }

    @Test(arguments: [
        "ff", "81ff", "8200ff", "a1ff", "a1ff00", "a16161ff", "a2616100ff", "9f81ff", "9f829f819f9fffffffff",
        "bf6161ff",
        "bf616100616100ff00ff",
    ])
    func aBreakWhereNoneMayBe(hex: String) { refuse(hex) }

    @Test func tagsWithoutEndAreNotDeep() {
        refuse(String(repeating: "c1", count: 1_000_000))
    }

    private func refuse(_ hex: String) {
        #expect(throws: BrokenReply.self, "\(hex.prefix(80))") { try withCursor(hex) { try $0.skipValue(depth: 0) } }
    }
}
