/// The same numbers for the same seed, on every machine. https://prng.di.unimi.it/splitmix64.c
struct Chance {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// In `0..<bound`, which is at least one. Not quite even, which is of no matter here.
    mutating func below(_ bound: Int) -> Int { Int(truncatingIfNeeded: next() >> 33) % bound }

    mutating func within(_ range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    mutating func percent(_ share: Int) -> Bool { below(100) < share }

    /// In `0..<1`.
    mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// One of some, of which there is one at least.
    mutating func one<Element>(of some: [Element]) -> Element { some[below(some.count)] }
}
