/// Random numbers that a seed determines (splitmix64), drawn in ways that no release of Swift changes.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// In `0..<bound`.
    mutating func below(_ bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// In `0..<1`.
    mutating func fraction() -> Double { Double(next() >> 11) / Double(1 << 53) }

    /// True so many times of a hundred.
    mutating func chance(percent: Int) -> Bool { below(100) < percent }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// One of few, the first ones far more often: as users, addresses and requests are spread in real logs.
    mutating func favour<Element>(_ choices: [Element]) -> Element {
        let skewed = fraction() * fraction()
        return choices[Int(skewed * Double(choices.count))]
    }

    mutating func text(of alphabet: [UInt8], count: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for _ in 0..<count { bytes.append(alphabet[below(alphabet.count)]) }
        return String(decoding: bytes, as: UTF8.self)
    }

    mutating func hex(_ count: Int) -> String { text(of: Alphabet.hex, count: count) }

    /// A version 4 UUID.
    mutating func uuid() -> String {
        "\(hex(8))-\(hex(4))-4\(hex(3))-\(text(of: Array("89ab".utf8), count: 1))\(hex(3))-\(hex(12))"
    }
}

enum Alphabet {
    static let hex = Array("0123456789abcdef".utf8)
    static let digits = Array("0123456789".utf8)
    /// What AWS makes the identifiers of users, roles and access keys of.
    static let keys = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    static let base64 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
