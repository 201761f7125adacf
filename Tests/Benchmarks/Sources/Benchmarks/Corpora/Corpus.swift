/// Payloads to measure with.
struct Corpus {
    let name: String
    let payloads: [[UInt8]]
}

/// The corpora that are made here, always the same.
enum MadeCorpus: String, CaseIterable {
    case cloudtrail
    case vpcFlow = "vpc-flow"
    case mixed, lambda, application

    /// What all texts of a corpus have together: more than any cache holds.
    static let usualTextBytes = 28_000_000

    /// The decoder's rate over zlib's that is to be reached.
    var mark: Double? {
        switch self {
        case .cloudtrail, .mixed: 1.00
        case .vpcFlow: 0.97
        case .lambda, .application: nil
        }
    }

    /// - Parameter startMilliseconds: When the first event was, since 1970.
    func make(textBytes: Int, startMilliseconds: Int) throws -> Corpus {
        Corpus(name: rawValue, payloads: try payloads(textBytes, startMilliseconds))
    }

    private func payloads(_ textBytes: Int, _ start: Int) throws -> [[UInt8]] {
        switch self {
        case .cloudtrail: try Self.payloads(of: CloudTrailSource.init, seed: 1, textBytes, start)
        case .vpcFlow: try Self.payloads(of: VPCFlowSource.init, seed: 2, textBytes, start)
        case .lambda: try Self.payloads(of: LambdaSource.init, seed: 3, textBytes, start)
        case .application: try Self.payloads(of: ApplicationSource.init, seed: 4, textBytes, start)
        case .mixed: try Self.mixture(textBytes, start)
        }
    }

    private static func payloads(
        of source: (inout SplitMix64) -> some LogSource, seed: UInt64, _ textBytes: Int, _ start: Int
    ) throws -> [[UInt8]] {
        var random = SplitMix64(seed: seed)
        var maker = CorpusMaker(source(&random), random: random, startMilliseconds: start)
        return try maker.payloads(textBytes: textBytes)
    }

    /// A quarter of each kind by text, their payloads in turn as long as each lasts.
    private static func mixture(_ textBytes: Int, _ start: Int) throws -> [[UInt8]] {
        let kinds: [MadeCorpus] = [.cloudtrail, .vpcFlow, .lambda, .application]
        let parts = try kinds.map { try $0.payloads(textBytes / kinds.count, start) }
        let longest = parts.map(\.count).max() ?? 0
        return (0..<longest).flatMap { index in parts.compactMap { index < $0.count ? $0[index] : nil } }
    }
}
