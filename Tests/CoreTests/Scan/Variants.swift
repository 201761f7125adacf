public import CScan
public import Testing

extension cscan_variant {
    /// Those of a kernel's variants that this machine can run.
    static func present(_ has: (cscan_variant) -> Bool) -> [cscan_variant] {
        (0..<CSCAN_VARIANTS.rawValue).map { cscan_variant(rawValue: $0) }.filter(has)
    }
}

extension cscan_variant: @retroactive CustomTestStringConvertible {
    public var testDescription: String {
        switch self {
        case CSCAN_PORTABLE: "portable"
        case CSCAN_NEON: "NEON"
        case CSCAN_SSE: "SSE"
        case CSCAN_AVX2: "AVX2"
        case CSCAN_AVX512: "AVX-512"
        case let other: "variant \(other.rawValue)"
        }
    }
}

/// Random bytes that the seed determines.
func randomBytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = SplitMix(seed: seed)
    var bytes = [UInt8](repeating: 0, count: (count + 7) / 8 * 8)
    bytes.withUnsafeMutableBytes { words in
        for at in stride(from: 0, to: words.count, by: 8) {
            words.storeBytes(of: random.next(), toByteOffset: at, as: UInt64.self)
        }
    }
    return Array(bytes.prefix(count))
}

/// Places of 0 to 63 bytes behind a border of 64.
let alignments = 0..<64
/// Several blocks of each kernel, and every rest.
let lengths = 0...300

/// Memory that begins at a border of 64 bytes.
final class AlignedBytes {
    let base: UnsafeMutablePointer<UInt8>

    init(count: Int) {
        base = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64).bindMemory(
            to: UInt8.self, capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { base.deallocate() }

    func put(_ bytes: some Collection<UInt8>, at start: Int) -> UnsafeMutablePointer<UInt8> {
        _ = UnsafeMutableBufferPointer(start: base + start, count: bytes.count).update(fromContentsOf: bytes)
        return base + start
    }
}
