import Testing

@testable import Emulator

extension [UInt8] {
    fileprivate init(hex: String) {
        let digits = hex.compactMap(\.hexDigitValue)
        self = stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}

/// https://www.rfc-editor.org/rfc/rfc8949.html#name-examples-of-encoded-cbor-da
@Suite struct CBORExamples {
    /// As Swift would describe the value.
    @Test(arguments: [
        ("00", "integer(0)"), ("17", "integer(23)"), ("1818", "integer(24)"), ("1903e8", "integer(1000)"),
        ("1b000000e8d4a51000", "integer(1000000000000)"), ("20", "integer(-1)"), ("3903e7", "integer(-1000)"),
        ("fb3ff199999999999a", "float(1.1)"), ("fa47c35000", "float(100000.0)"), ("f4", "boolean(false)"),
        ("f5", "boolean(true)"), ("f6", "null"), ("f7", "null"), ("4401020304", "bytes([1, 2, 3, 4])"),
        ("5f42010243030405ff", "bytes([1, 2, 3, 4, 5])"), ("62c3bc", #"text("ü")"#), ("60", #"text("")"#),
        ("7f657374726561646d696e67ff", #"text("streaming")"#), ("80", "array([])"), ("9fff", "array([])"),
        ("820102", "array([integer(1), integer(2)])"),
        ("9f01820203ff", "array([integer(1), array([integer(2), integer(3)])])"),
        ("a16161f6", #"map(["a": null])"#), ("bf6161016162f5ff", #"map(["a": integer(1), "b": boolean(true)])"#),
        ("c11a514b67b0", "tagged(1, integer(1363896240))"),
    ])
    func areRead(hex: String, value: String) throws {
        #expect(try CBORValue([UInt8](hex: hex)).words == value)
    }

    @Test(arguments: [
        "", "18", "1b00", "41", "5affffffff00", "5bffffffffffffffff01", "61ff", "81", "9bffffffffffffffff", "9f01",
        "a1",
        "a16161", "a10101", "bf6161ff", "5f6161ff", "5f5f4100ffff", "ff", "1c", "1f", "df", "c1", "f818", "f90000",
        "0000",
        "1bffffffffffffffff", "3bffffffffffffffff",
    ])
    func areRefused(hex: String) {
        #expect(throws: CBORFault.self) { try CBORValue([UInt8](hex: hex)) }
    }

    @Test func doNotNestForEver() {
        for byte: UInt8 in [0x81, 0x9F, 0xC1] {
            #expect(throws: CBORFault.self) { try CBORValue([UInt8](repeating: byte, count: 1_000_000)) }
        }
    }

    @Test(
        arguments: [
            (0, "00"), (23, "17"), (24, "1818"), (255, "18ff"), (256, "190100"), (1000, "1903e8"), (65535, "19ffff"),
            (65536, "1a00010000"), (1_000_000_000_000, "1b000000e8d4a51000"), (-1, "20"), (-1000, "3903e7"),
            (.min, "3b7fffffffffffffff"), (.max, "1b7fffffffffffffff"),
        ] as [(Int64, String)])
    func integersAreWritten(value: Int64, hex: String) {
        var writer = CBORWriter()
        writer.integer(value)
        #expect(writer.bytes == [UInt8](hex: hex))
    }

    @Test func everythingElseIsWritten() {
        var writer = CBORWriter()
        writer.map { map in
            map.text("ü")
            map.array { array in
                array.blob([1, 2, 3, 4])
                array.float(1.1)
                array.boolean(true)
                array.boolean(false)
                array.null()
                array.moment(1_787_036_486_712)
            }
        }
        #expect(
            writer.bytes == [UInt8](hex: "bf 62c3bc 9f 4401020304 fb3ff199999999999a f5f4f6 c11b000001a013accc38 ff ff")
        )
    }
}

extension CBORValue {
    /// The value in words, maps in their order.
    var words: String {
        switch self {
        case .integer(let value): "integer(\(value))"
        case .float(let value): "float(\(value))"
        case .bytes(let bytes): "bytes(\(bytes))"
        case .text(let text): "text(\"\(text)\")"
        case .array(let items): "array([\(items.map(\.words).joined(separator: ", "))])"
        case .map(let members):
            "map([\(members.map { "\"\($0.name)\": \($0.value.words)" }.joined(separator: ", "))])"
        case .tagged(let tag, let value): "tagged(\(tag), \(value.words))"
        case .boolean(let value): "boolean(\(value))"
        case .null: "null"
        }
    }
}
